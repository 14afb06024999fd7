"""Many bad clients at one time, over one epoll."""

import select
import socket
import time
from collections import Counter
from dataclasses import dataclass

import client

IDLE, SLOW, MUTE = "idle", "slow", "mute"
# Connections of one address to one port are limited by the ports that the kernel gives out.
SOURCES = [f"127.0.0.{number}" for number in range(2, 10)]
# ip(7), unknown to this Python: the port is chosen when connecting, beside others in use.
IP_BIND_ADDRESS_NO_PORT = 24
# A head that never ends.
ENDLESS = b"GET /auth/me HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + b"a" * 10_000
TIMED_OUT = b"HTTP/1.1 408 "
SERVED = b"HTTP/1.1 200 "
HEALTH = client.request("GET", "/health")
# How many connect before the daemon is given time to take them in.
BATCH = 200
SMALL_BYTES = 16_384


def open_socket(port: int, number: int, is_small: bool = False) -> socket.socket:
    """A connection from one of many addresses, non-blocking from then on.

    With small buffers of its own it is those of the other side that fill.
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
class Bad:
    """One of them: its kind, when it came, and how much it has sent or still has to."""

    kind: str
    number: int
    socket: socket.socket
    sent: int = 0
    answer: bytes = b""
    rest: bytes = b""


class Multitude:
    """All of them; who is cut off comes again, but for those who were idle."""

    def __init__(self, port: int, token: str) -> None:
        self.port = port
        # Small and large answers in turn.
        self.questions = client.me(token) * 50 + client.request("GET", "/openapi.json")
        self.epoll = select.epoll()
        self.members: dict[int, Bad] = {}
        self.numbers = Counter()
        self.cut = Counter()
        self.closed_idle: list[int] = []
        self.surprises: list[str] = []
        self.last_byte = time.monotonic()

    def add(self, kind: str, number: int) -> None:
        """Lets some come."""
        for index in range(number):
            self._enter(kind)
            if index % BATCH == BATCH - 1:
                self.work(0.01)

    def work(self, seconds: float) -> None:
        """Goes on being bad for a while: a second and more, and each slow one has sent a byte."""
        end = time.monotonic() + seconds
        while (now := time.monotonic()) < end:
            if now - self.last_byte >= 1:
                self.last_byte = now
                for member in list(self.members.values()):
                    if member.kind == SLOW:
                        self._send_byte(member)
                    elif member.kind == MUTE:
                        self._ask_on(member)
            for number, events in self.epoll.poll(min(0.1, max(end - now, 0)), 1000):
                if member := self.members.get(number):
                    self._look(member, events)

    def ask_idle(self, number: int) -> int:
        """How many of some of the idle ones are served, when they ask at last."""
        served = 0
        idle = [member for member in self.members.values() if member.kind == IDLE]
        for member in idle[::max(len(idle) // number, 1)][:number]:
            self.epoll.unregister(member.socket)
            member.socket.settimeout(30)
            member.socket.sendall(HEALTH)
            served += member.socket.recv(65_536).startswith(SERVED)
        return served

    def close(self) -> None:
        """All go."""
        for member in self.members.values():
            member.socket.close()
        self.members = {}
        self.epoll.close()

    def _enter(self, kind: str) -> None:
        number = self.numbers[kind]
        self.numbers[kind] += 1
        member = Bad(kind, number, open_socket(self.port, number, kind == MUTE))
        self.members[member.socket.fileno()] = member
        # Who never reads is told of nothing but the end.
        self.epoll.register(member.socket, 0 if kind == MUTE else select.EPOLLIN)
        if kind == IDLE:
            # Who never asks anything is not idle, but late.
            member.socket.sendall(HEALTH)
        elif kind == SLOW:
            self._send_byte(member)
        elif kind == MUTE:
            self._ask_on(member)

    def _send_byte(self, member: Bad) -> None:
        try:
            member.socket.send(ENDLESS[member.sent:member.sent + 1])
            member.sent += 1
        except OSError:
            # Cut off: the answer tells how.
            pass

    def _ask_on(self, member: Bad) -> None:
        """Asks until the buffers of both sides are full."""
        try:
            while True:
                member.rest = member.rest or self.questions
                member.rest = member.rest[member.socket.send(member.rest):]
        except OSError:
            pass

    def _look(self, member: Bad, events: int) -> None:
        """Sees what the daemon did with one of them."""
        if member.kind == MUTE:
            self._leave(member)
            self.cut[MUTE] += 1
            self._enter(MUTE)
            return
        try:
            data = member.socket.recv(65_536)
        except OSError as error:
            data = b""
            member.answer += repr(error).encode()
        member.answer += data
        if member.kind == IDLE and member.answer.startswith(SERVED):
            member.answer = b""
        if data:
            return
        self._leave(member)
        if member.kind == IDLE and not member.answer:
            self.closed_idle.append(member.number)
        elif member.kind == SLOW and member.answer.startswith(TIMED_OUT):
            self.cut[SLOW] += 1
            self._enter(SLOW)
        else:
            self.surprises.append(f"{member.kind}: {member.answer[:200]!r}")

    def _leave(self, member: Bad) -> None:
        del self.members[member.socket.fileno()]
        member.socket.close()
