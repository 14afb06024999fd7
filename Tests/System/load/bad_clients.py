"""Many bad clients at one time, over one epoll: idle, slow, or deaf to all responses."""

import select
import socket
import time
from collections import Counter
from dataclasses import dataclass

from harness import wire

IDLE, SLOW, DEAF = "idle", "slow", "deaf"
# The ports that the kernel gives out limit the connections of one address to one port.
SOURCES = [f"127.0.0.{number}" for number in range(2, 10)]
# ip(7), unknown to this Python: the port is chosen when connecting, beside others in use.
IP_BIND_ADDRESS_NO_PORT = 24
# A head that never ends.
ENDLESS = b"GET /auth/me HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + b"a" * 10_000
TIMED_OUT = b"HTTP/1.1 408 "
SERVED = b"HTTP/1.1 200 "
HEALTH = wire.request("GET", "/health")
# How many connect before the daemon is given time to accept them.
BATCH = 200
SMALL_BYTES = 16_384


def open_socket(port: int, number: int, is_small: bool = False) -> socket.socket:
    """A connection from one of many addresses, non-blocking from then on.

    With small buffers here, those of the other side fill.
    """
    opened = socket.socket()
    if is_small:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SMALL_BYTES)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BYTES)
    opened.setsockopt(socket.IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1)
    opened.bind((SOURCES[number % len(SOURCES)], 0))
    opened.settimeout(30)
    opened.connect(("127.0.0.1", port))
    opened.setblocking(False)
    return opened


@dataclass
class BadClient:
    """One of them: its kind, its place in their order, and how much it has sent or has to send."""

    kind: str
    number: int
    socket: socket.socket
    sent: int = 0
    response: bytes = b""
    rest: bytes = b""


class BadClients:
    """All of them; one whose connection is closed connects again, unless it was idle."""

    def __init__(self, port: int, token: str) -> None:
        self.port = port
        # With small and large responses in turn.
        self.requests = wire.me(token) * 50 + wire.request("GET", "/openapi.json")
        self.epoll = select.epoll()
        self.clients: dict[int, BadClient] = {}
        self.numbers = Counter()
        self.closed = Counter()
        self.closed_idle: list[int] = []
        self.surprises: list[str] = []
        self.last_byte = time.monotonic()

    def add(self, kind: str, number: int) -> None:
        """Connects some."""
        for index in range(number):
            self._enter(kind)
            if index % BATCH == BATCH - 1:
                self.work(0.01)

    def work(self, seconds: float) -> None:
        """Goes on for a while; in each second a slow client sends a byte."""
        end = time.monotonic() + seconds
        while (now := time.monotonic()) < end:
            if now - self.last_byte >= 1:
                self.last_byte = now
                for client in list(self.clients.values()):
                    if client.kind == SLOW:
                        self._send_byte(client)
                    elif client.kind == DEAF:
                        self._send_on(client)
            for number, events in self.epoll.poll(min(0.1, max(end - now, 0)), 1000):
                if client := self.clients.get(number):
                    self._look(client, events)

    def request_on_idle(self, number: int) -> int:
        """Sends a request on some idle connections; how many are served."""
        served = 0
        idle = [client for client in self.clients.values() if client.kind == IDLE]
        for client in idle[::max(len(idle) // number, 1)][:number]:
            self.epoll.unregister(client.socket)
            client.socket.settimeout(30)
            client.socket.sendall(HEALTH)
            served += client.socket.recv(65_536).startswith(SERVED)
        return served

    def close(self) -> None:
        """Closes all connections."""
        for client in self.clients.values():
            client.socket.close()
        self.clients = {}
        self.epoll.close()

    def _enter(self, kind: str) -> None:
        number = self.numbers[kind]
        self.numbers[kind] += 1
        client = BadClient(kind, number, open_socket(self.port, number, kind == DEAF))
        self.clients[client.socket.fileno()] = client
        # Without events only the end is reported.
        self.epoll.register(client.socket, 0 if kind == DEAF else select.EPOLLIN)
        if kind == IDLE:
            # A client without any request would be late, not idle.
            client.socket.sendall(HEALTH)
        elif kind == SLOW:
            self._send_byte(client)
        elif kind == DEAF:
            self._send_on(client)

    def _send_byte(self, client: BadClient) -> None:
        try:
            client.socket.send(ENDLESS[client.sent:client.sent + 1])
            client.sent += 1
        except OSError:
            # Closed: what was received tells how.
            pass

    def _send_on(self, client: BadClient) -> None:
        """Sends requests until the buffers of both sides are full."""
        try:
            while True:
                client.rest = client.rest or self.requests
                client.rest = client.rest[client.socket.send(client.rest):]
        except OSError:
            pass

    def _look(self, client: BadClient, events: int) -> None:
        """Reads what the daemon has sent to one of them."""
        if client.kind == DEAF:
            self._leave(client)
            self.closed[DEAF] += 1
            self._enter(DEAF)
            return
        try:
            data = client.socket.recv(65_536)
        except OSError as error:
            data = b""
            client.response += repr(error).encode()
        client.response += data
        if client.kind == IDLE and client.response.startswith(SERVED):
            client.response = b""
        if data:
            return
        self._leave(client)
        if client.kind == IDLE and not client.response:
            self.closed_idle.append(client.number)
        elif client.kind == SLOW and client.response.startswith(TIMED_OUT):
            self.closed[SLOW] += 1
            self._enter(SLOW)
        else:
            self.surprises.append(f"{client.kind}: {client.response[:200]!r}")

    def _leave(self, client: BadClient) -> None:
        del self.clients[client.socket.fileno()]
        client.socket.close()
