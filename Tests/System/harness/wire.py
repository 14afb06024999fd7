"""Requests as bytes, and their responses over a socket: no more work than a load generator has."""

import json
import re
import socket
from dataclasses import dataclass

from harness.accounts import PASSWORD
from harness.process import Failure

OWNER = "owner@example.com"


def request(method: str, target: str, fields: dict[str, str] | None = None,
            body: dict[str, str] | None = None) -> bytes:
    """A request with no more fields than it needs."""
    lines = [f"{method} {target} HTTP/1.1", "Host: localhost"]
    lines += [f"{name}: {value}" for name, value in (fields or {}).items()]
    content = b""
    if body is not None:
        content = json.dumps(body, separators=(",", ":")).encode()
        lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def me(token: str) -> bytes:
    """Asks for the account of a token."""
    return request("GET", "/auth/me", {"Authorization": f"Bearer {token}"})


def me_by_cookie(cookie: str) -> bytes:
    """Asks for the account of a cookie."""
    return request("GET", "/auth/me", {"Cookie": f"session_token={cookie}"})


def login(email: str) -> bytes:
    """Signs in with the password of all accounts."""
    return request("POST", "/auth/login", body={"email": email, "password": PASSWORD})


def signup(email: str) -> bytes:
    """Opens an account."""
    return request("POST", "/auth/signup", body={"email": email, "password": PASSWORD})


@dataclass(frozen=True)
class Response:
    """One response, as it was received."""

    head: str
    body: bytes

    @property
    def status(self) -> int:
        """The status code."""
        return int(self.head.split(" ", 2)[1])

    @property
    def length(self) -> int:
        """All its bytes."""
        return len(self.head) + len(self.body)

    @property
    def members(self) -> dict[str, object]:
        """The JSON object in it; empty where there is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return {}

    def field(self, name: str) -> str | None:
        """The value of a field."""
        found = re.search(rf"^{name}: *(.*?)\r$", self.head, re.IGNORECASE | re.MULTILINE)
        return found[1] if found else None


class Connection:
    """A keep-alive connection, to a port of 127.0.0.1 or to a Unix-domain socket."""

    def __init__(self, address: int | str) -> None:
        if isinstance(address, int):
            self.socket = socket.create_connection(("127.0.0.1", address), 30)
        else:
            self.socket = socket.socket(socket.AF_UNIX)
            self.socket.settimeout(30)
            self.socket.connect(address)
        self.buffer = b""

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def exchange(self, message: bytes) -> Response:
        """Sends a request that has to succeed."""
        response = self.send(message)
        if response.status not in (200, 201):
            raise Failure(f"{message.split(b' HTTP')[0].decode()}: {response.head} {response.body}")
        return response

    def send(self, message: bytes) -> Response:
        """Sends a request, whatever the response is."""
        self.socket.sendall(message)
        return self.receive()

    def receive(self) -> Response:
        """The next response."""
        while b"\r\n\r\n" not in self.buffer:
            self._receive()
        head, _, rest = self.buffer.partition(b"\r\n\r\n")
        text = head.decode() + "\r\n\r\n"
        length = int(Response(text, b"").field("Content-Length") or 0)
        self.buffer = rest
        while len(self.buffer) < length:
            self._receive()
        response = Response(text, self.buffer[:length])
        self.buffer = self.buffer[length:]
        return response

    def _receive(self) -> None:
        data = self.socket.recv(65536)
        if not data:
            raise Failure("the server closed the connection")
        self.buffer += data


def exchange(port: int, message: bytes) -> Response:
    """One request that has to succeed, on a connection of its own."""
    with Connection(port) as connection:
        return connection.exchange(message)


@dataclass(frozen=True)
class Credentials:
    """What a login returns."""

    token: str
    cookie: str

    @staticmethod
    def of(response: Response) -> "Credentials":
        """Those in the response to a login, setup or signup."""
        cookie = re.match(r"session_token=([\w-]+)", response.field("Set-Cookie") or "")
        return Credentials(response.members["token"], cookie[1])


def set_up(port: int) -> Credentials:
    """Makes the owner of a fresh server."""
    body = {"username": "owner", "email": OWNER, "password": PASSWORD}
    return Credentials.of(exchange(port, request("POST", "/auth/setup", body=body)))
