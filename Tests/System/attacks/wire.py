"""Sends bytes as they are, and reads all responses."""

import json
import os
import re
import socket
import time
from collections.abc import Sequence

STATUS_LINE = re.compile(rb"HTTP/1\.[01] (\d{3})[ \r]")


class Response:
    """One response, or an interim one."""

    def __init__(self, text: bytes) -> None:
        head, _, self.body = text.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        self.status = int(lines[0].split(" ")[1])
        self.fields = {name.lower(): value for name, value in
                       (line.split(": ", 1) for line in lines[1:] if ": " in line)}
        self.id = self.fields.get("x-request-id")
        self.closes = self.fields.get("connection", "").lower() == "close"

    def __str__(self) -> str:
        """As in the table: status, code, and of a malformed one the rule; of a 303 the place."""
        if self.status == 303:
            return f"303 location: {self.fields.get('location')}"
        try:
            error = json.loads(self.body)
        except ValueError:
            error = {}
        text = f"{self.status} {error.get('code', '')}".strip()
        rule = re.fullmatch("The request is malformed: (.*)", error.get("error", ""))
        return f"{text}: {rule[1]}" if rule else text


class Outcome:
    """What was received on a connection, and whether the other side ended it in time."""

    def __init__(self, stream: bytes, ended: bool) -> None:
        # No response contains a status line in its body.
        starts = [match.start() for match in STATUS_LINE.finditer(stream)]
        ends = [*starts[1:], len(stream)]
        self.responses = [Response(stream[start:end]) for start, end in zip(starts, ends)]
        self.ended = ended
        # A response of HTTP/0.9 is a body and nothing else, and ends the connection.
        last = self.responses[-1] if self.responses else None
        length = last and last.fields.get("content-length")
        surplus = last.body[int(length):] if length else b""
        self.has_headless = bool(surplus if last else stream)


def exchange(port: int, pieces: Sequence[bytes], is_incomplete: bool = False, seconds: float = 10,
             source: str = "127.0.0.1", pause: float = 0) -> Outcome:
    """Sends pieces on a connection of their own and reads until the other side ends it.

    The client ends its side after an incomplete message, so that the daemon does not wait for the rest,
    and after some seconds without an end, for what may then still arrive.
    """
    with socket.create_connection(("127.0.0.1", port), seconds, (source, 0)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            for piece in pieces:
                connection.sendall(piece)
                if pause:
                    time.sleep(pause)
                else:
                    # Lets the reader run: else the pieces would be joined in its socket.
                    os.sched_yield()
            if is_incomplete:
                connection.shutdown(socket.SHUT_WR)
        except OSError:
            # Refused before all of it was sent: the response can be read all the same.
            pass
        stream, ended = receive(connection, seconds)
        if not ended:
            try:
                connection.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            stream += receive(connection, seconds)[0]
        return Outcome(stream, ended)


def receive(connection: socket.socket, seconds: float) -> tuple[bytes, bool]:
    """All bytes until the other side ends, and whether it did before that many seconds."""
    stream, end = b"", time.monotonic() + seconds
    try:
        while (rest := end - time.monotonic()) > 0:
            connection.settimeout(rest)
            received = connection.recv(65_536)
            if not received:
                return stream, True
            stream += received
    except TimeoutError:
        pass
    except OSError:
        return stream, True
    return stream, False
