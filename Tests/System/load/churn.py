"""100,000 connections opened and closed in every manner, and nothing of them left."""

import socket
import struct
from collections.abc import Callable

from harness import wire
from harness.topic import Context
from load import normal_client
from load.bad_clients import open_socket
from load.normal_client import NormalClient
from load.observed import ObservedDaemon

CONNECTIONS = 100_000
# Of passwords: cheap ones, since this load is about connections.
ITERATIONS = 10_000
# How many are open at one time.
BATCH = 250
# RFC 8446 §4.1.2, its beginning: a record of a handshake, and in it the first bytes of a hello.
TLS_HELLO = bytes.fromhex("16030100c8010000c40303") + bytes(32)

Manner = Callable[[list[socket.socket]], str]


def run(context: Context) -> None:
    """Opens and closes them beside a normal client."""
    daemon = ObservedDaemon(context.directory / "daemon", PASSWORD_ITERATIONS=ITERATIONS)
    before = daemon.warm_up()
    client = NormalClient(daemon)
    bearer = wire.me(daemon.owner.token)
    wrong: list[str] = []
    manners: list[Manner] = [
        closed_at_once, reset_at_once, half_a_head, half_a_body, reset_before_the_response(bearer),
        closed_after_the_response(bearer), half_closed(bearer), tls_hello]
    for number in range(CONNECTIONS // BATCH):
        manner = manners[number % len(manners)]
        opened = [open_socket(daemon.port, index) for index in range(BATCH)]
        for each in opened:
            each.settimeout(30)
        try:
            if problem := manner(opened):
                wrong.append(problem)
        except OSError as error:
            wrong.append(f"{manner.__name__}: {error!r}")
        for each in opened:
            each.close()
    results = client.finish()
    context.check(f"each request on {CONNECTIONS:,} connections gets its response", not wrong,
                  wrong[:5])
    normal_client.report(context, results)
    daemon.check_return(context, before)
    daemon.stop()


def closed_at_once(_: list[socket.socket]) -> str:
    """FIN, and not a byte."""
    return ""


def reset_at_once(opened: list[socket.socket]) -> str:
    """RST, and not a byte."""
    for each in opened:
        each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return ""


def half_a_head(opened: list[socket.socket]) -> str:
    """A head that breaks off."""
    for each in opened:
        each.sendall(b"GET /auth/me HTTP/1.1\r\nHost: local")
    return ""


def half_a_body(opened: list[socket.socket]) -> str:
    """A body that breaks off."""
    for each in opened:
        each.sendall(wire.login(wire.OWNER)[:-10])
    return ""


def reset_before_the_response(bearer: bytes) -> Manner:
    """A client that is gone before the response."""
    def manner(opened: list[socket.socket]) -> str:
        for each in opened:
            each.sendall(bearer)
        return reset_at_once(opened)

    return manner


def closed_after_the_response(bearer: bytes) -> Manner:
    """FIN after the response."""
    def manner(opened: list[socket.socket]) -> str:
        for each in opened:
            each.sendall(bearer)
        return problem_of(opened, b"HTTP/1.1 200 ")

    return manner


def half_closed(bearer: bytes) -> Manner:
    """A client that has ended its side before the response."""
    def manner(opened: list[socket.socket]) -> str:
        for each in opened:
            each.sendall(bearer)
            each.shutdown(socket.SHUT_WR)
        return problem_of(opened, b"HTTP/1.1 200 ")

    return manner


def tls_hello(opened: list[socket.socket]) -> str:
    """A client that expects https on this port."""
    for each in opened:
        each.sendall(TLS_HELLO)
    return problem_of(opened, b"HTTP/1.1 400 ")


def problem_of(opened: list[socket.socket], wanted: bytes) -> str:
    """The first response that is not as wanted."""
    responses = [each.recv(65_536) for each in opened]
    return next((f"{each[:200]!r}" for each in responses if not each.startswith(wanted)), "")
