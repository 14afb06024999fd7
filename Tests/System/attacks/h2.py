"""An HTTP/2 client that sends what no client should (RFC 9113), with fields as bytes."""

import pathlib
import socket
import ssl
import struct
import time
from collections.abc import Sequence

from harness.site import Site

DATA, HEADERS, RST_STREAM, SETTINGS, GOAWAY = 0, 1, 3, 4, 7
END_STREAM, ACK, END_HEADERS = 1, 1, 4

Fields = Sequence[tuple[bytes, bytes]]


def frame(kind: int, flags: int, stream: int, payload: bytes = b"") -> bytes:
    """A frame (RFC 9113 §4.1)."""
    return struct.pack("!I", len(payload))[1:] + struct.pack("!BBI", kind, flags, stream) + payload


def text(value: bytes) -> bytes:
    """A string literal without Huffman coding (RFC 7541 §5.2), its length in 7 bits and more."""
    if len(value) < 127:
        return bytes([len(value)]) + value
    rest, length = len(value) - 127, [127]
    while rest >= 128:
        length.append(rest % 128 + 128)
        rest //= 128
    return bytes(length + [rest]) + value


def block(fields: Fields) -> bytes:
    """Fields as literals that are not indexed (RFC 7541 §6.2.2)."""
    return b"".join(b"\0" + text(name) + text(value) for name, value in fields)


class Connection:
    """A connection to a proxy, with the content that was received on each stream."""

    def __init__(self, site: Site, certificate: pathlib.Path, source: str) -> None:
        context = ssl.create_default_context(cafile=certificate)
        context.set_alpn_protocols(["h2"])
        opened = socket.create_connection(("127.0.0.1", site.port), 10, (source, 0))
        self.socket = context.wrap_socket(opened, server_hostname=site.name)
        self.content: dict[int, bytes] = {}
        self.ended: set[int] = set()
        self.is_over = False
        self.send(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(SETTINGS, 0, 0))

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, data: bytes) -> None:
        """Sends bytes, unless the proxy has closed the connection."""
        try:
            self.socket.sendall(data)
        except OSError:
            self.is_over = True

    def request(self, stream: int, fields: Fields, body: bytes = b"") -> None:
        """Sends a request, its body in one frame."""
        self.content[stream] = b""
        self.send(frame(HEADERS, END_HEADERS | (0 if body else END_STREAM), stream, block(fields)))
        if body:
            self.send(frame(DATA, END_STREAM, stream, body))

    def read(self, seconds: float) -> bool:
        """Reads until all streams or the connection have ended; whether they have in time."""
        buffer, end = b"", time.monotonic() + seconds
        while not self.is_over and not self.ended >= set(self.content):
            if (rest := end - time.monotonic()) <= 0:
                return False
            self.socket.settimeout(rest)
            try:
                received = self.socket.recv(65_536)
            except TimeoutError:
                return False
            except OSError:
                received = b""
            self.is_over = not received
            buffer += received
            while len(buffer) >= 9 and len(buffer) >= (size := 9 + int.from_bytes(buffer[:3])):
                kind, flags, stream = struct.unpack("!BBI", buffer[3:9])
                self.take(kind, flags, stream, buffer[9:size])
                buffer = buffer[size:]
        return True

    def take(self, kind: int, flags: int, stream: int, payload: bytes) -> None:
        """Processes a frame; the fields of responses are ignored."""
        if kind == SETTINGS and not flags & ACK:
            self.send(frame(SETTINGS, ACK, 0))
        elif kind == GOAWAY:
            self.is_over = True
        elif kind in (DATA, HEADERS, RST_STREAM):
            if kind == DATA:
                self.content[stream] = self.content.get(stream, b"") + payload
            if kind == RST_STREAM or flags & END_STREAM:
                self.ended.add(stream)
