"""100,000 connections opened and closed in every manner, and nothing of them left."""

import socket
import struct
from collections import Counter
from collections.abc import Callable

import client
from multitude import open_socket
from trial import Trial
from visitor import Visitor, tell
from watched import Watched

CONNECTIONS = 100_000
# Of passwords: few, since it is not them that the daemon is burdened with here.
ITERATIONS = 10_000
# How many are open at one time.
BATCH = 250
# RFC 8446 §4.1.2, its beginning: a record of a handshake, and in it the first bytes of a hello.
TLS_HELLO = bytes.fromhex("16030100c8010000c40303") + bytes(32)


def run(trial: Trial) -> None:
    """Opens and closes them beside a normal client."""
    daemon = Watched(trial.directory / "churn", PASSWORD_ITERATIONS=ITERATIONS)
    trial.say(f"churn: {CONNECTIONS:,} connections")
    before = daemon.warm_up()
    visitor = Visitor(daemon)
    bearer = client.me(daemon.owner.token)
    wrong: list[str] = []
    made: Counter[str] = Counter()
    manners: list[Callable[[list[socket.socket]], str]] = [
        closed_at_once, reset_at_once, half_a_request, half_a_body, reset_before_the_answer(bearer),
        after_an_answer(bearer), after_its_own_end(bearer), tls_hello]
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
        made[manner.__name__] += BATCH
    visits = visitor.finish()
    trial.check(f"churn: of {made.total():,} connections each that asked got its answer", not wrong,
                wrong[:5])
    tell(trial, "churn", visits)
    daemon.check_return(trial, "churn", before)
    daemon.stop()


def closed_at_once(_: list[socket.socket]) -> str:
    """FIN, and not a byte."""
    return ""


def reset_at_once(opened: list[socket.socket]) -> str:
    """RST, and not a byte."""
    for each in opened:
        each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return ""


def half_a_request(opened: list[socket.socket]) -> str:
    """A head that breaks off."""
    for each in opened:
        each.sendall(b"GET /auth/me HTTP/1.1\r\nHost: local")
    return ""


def half_a_body(opened: list[socket.socket]) -> str:
    """A body that breaks off."""
    for each in opened:
        each.sendall(client.login(client.OWNER)[:-10])
    return ""


def reset_before_the_answer(bearer: bytes) -> Callable[[list[socket.socket]], str]:
    """A request whose client is gone when it is answered."""
    def manner(opened: list[socket.socket]) -> str:
        for each in opened:
            each.sendall(bearer)
        return reset_at_once(opened)

    return manner


def after_an_answer(bearer: bytes) -> Callable[[list[socket.socket]], str]:
    """FIN after an answer was read."""
    def manner(opened: list[socket.socket]) -> str:
        for each in opened:
            each.sendall(bearer)
        return judge(opened, b"HTTP/1.1 200 ")

    return manner


def after_its_own_end(bearer: bytes) -> Callable[[list[socket.socket]], str]:
    """The client has ended its output when it is answered."""
    def manner(opened: list[socket.socket]) -> str:
        for each in opened:
            each.sendall(bearer)
            each.shutdown(socket.SHUT_WR)
        return judge(opened, b"HTTP/1.1 200 ")

    return manner


def tls_hello(opened: list[socket.socket]) -> str:
    """A client that takes the port for https."""
    for each in opened:
        each.sendall(TLS_HELLO)
    return judge(opened, b"HTTP/1.1 400 ")


def judge(opened: list[socket.socket], wanted: bytes) -> str:
    """What is wrong with the answers of all."""
    answers = [each.recv(65_536) for each in opened]
    return next((f"{each[:200]!r}" for each in answers if not each.startswith(wanted)), "")
