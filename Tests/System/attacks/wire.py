"""Sends bytes as they are, and reads all that is answered."""

import json
import os
import re
import socket
import time

STATUS_LINE = re.compile(rb"HTTP/1\.[01] (\d{3})[ \r]")


class Answer:
    """One answer, interim ones included."""

    def __init__(self, text):
        head, _, self.body = text.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        self.status = int(lines[0].split(" ")[1])
        self.fields = {name.lower(): value for name, value in
                       (line.split(": ", 1) for line in lines[1:] if ": " in line)}
        self.id = self.fields.get("x-request-id")
        self.closes = self.fields.get("connection", "").lower() == "close"

    def __str__(self):
        """As it stands in the table: status, code, and of a malformed request the rule."""
        try:
            told = json.loads(self.body)
        except ValueError:
            told = {}
        text = f"{self.status} {told.get('code', '')}".strip()
        rule = re.fullmatch("The request is malformed: (.*)", told.get("error", ""))
        return f"{text}: {rule[1]}" if rule else text


class Outcome:
    """What came back on a connection, and whether the other side ended it in time."""

    def __init__(self, stream, ended):
        # No answer holds a status line in its content.
        starts = [match.start() for match in STATUS_LINE.finditer(stream)]
        ends = [*starts[1:], len(stream)]
        self.answers = [Answer(stream[start:end]) for start, end in zip(starts, ends)]
        self.ended = ended
        # An answer to HTTP/0.9 is content and nothing else, and ends the connection.
        last = self.answers[-1] if self.answers else None
        length = last and last.fields.get("content-length")
        surplus = last.body[int(length):] if length else b""
        self.has_headless = bool(surplus if last else stream)


def exchange(port, pieces, is_incomplete=False, seconds=10, source="127.0.0.1", pause=0):
    """Sends pieces on a connection of their own and reads until the other side ends it.

    What is incomplete is half-closed, so that it is not waited for. After some seconds without an
    end it is half-closed as well, for what may then still come.
    """
    with socket.create_connection(("127.0.0.1", port), seconds, (source, 0)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            for piece in pieces:
                connection.sendall(piece)
                if pause:
                    time.sleep(pause)
                else:
                    # Lets who reads read: else the pieces would meet again in its socket.
                    os.sched_yield()
            if is_incomplete:
                connection.shutdown(socket.SHUT_WR)
        except OSError:
            # Refused before it was all sent: the answer is there to be read.
            pass
        stream, ended = receive(connection, seconds)
        if not ended:
            try:
                connection.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            stream += receive(connection, seconds)[0]
        return Outcome(stream, ended)


def receive(connection, seconds):
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
