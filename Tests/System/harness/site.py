"""A client of a site: each request on a connection of its own, over https where that is offered."""

import http.client
import json
import pathlib
import socket
import ssl
from collections.abc import Iterable, Sequence

HOST = "auth.example.com"
# The client has another address than the proxy, which connects to the daemon from 127.0.0.1.
CLIENT = "127.0.0.2"

Fields = Sequence[tuple[str, str]]


def outside_address() -> str:
    """An address of this machine that is not loopback, where it has one; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return probe.getsockname()[0]
        except OSError:
            return CLIENT


class Response:
    """A response that was read to its end."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.fields = response.msg
        self.body = response.read()

    def __repr__(self) -> str:
        return f"{self.status} {self.body[:200]!r}"

    @property
    def id(self) -> str | None:
        """The id of its request."""
        return self.fields["X-Request-Id"]

    @property
    def json(self) -> dict:
        """The object in its body; empty where there is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return {}

    @property
    def code(self) -> str | None:
        """The code of an error."""
        return self.json.get("code")

    @property
    def cookie(self) -> str:
        """The Set-Cookie field, empty where there is none."""
        return self.fields["Set-Cookie"] or ""

    @property
    def location(self) -> str:
        """Where it redirects to, empty where it does not."""
        return self.fields["Location"] or ""


class Site:
    """One listener, over https where a certificate is given."""

    def __init__(self, port: int, certificate: pathlib.Path | None = None,
                 name: str = HOST) -> None:
        self.port, self.name = port, name
        self.context = certificate and ssl.create_default_context(cafile=certificate)

    @property
    def origin(self) -> str:
        """Its origin as a browser names it."""
        return f"{'https' if self.context else 'http'}://{self.name}:{self.port}"

    def request(self, method: str, path: str, body: dict | bytes | Iterable[bytes] | None = None,
                fields: Fields = (), source: str = CLIENT, host: str | None = None) -> Response:
        """The response to one request. A dict is sent as JSON, a list of bytes in chunks."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        connection.sock = socket.create_connection(("127.0.0.1", self.port), 15, (source, 0))
        try:
            if self.context:
                connection.sock = self.context.wrap_socket(
                    connection.sock, server_hostname=self.name)
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            connection.putheader("Host", host or f"{self.name}:{self.port}")
            send(connection, body, fields)
            return Response(connection.getresponse())
        finally:
            connection.close()


def send(connection: http.client.HTTPConnection, body: dict | bytes | Iterable[bytes] | None,
         fields: Fields) -> None:
    """Sends the rest of a request: its fields and its body, which is JSON where they do not say more."""
    if isinstance(body, dict):
        body = json.dumps(body).encode()
    if body is not None and "content-type" not in {name.lower() for name, _ in fields}:
        connection.putheader("Content-Type", "application/json")
    if isinstance(body, bytes):
        connection.putheader("Content-Length", str(len(body)))
    elif body is not None:
        connection.putheader("Transfer-Encoding", "chunked")
    for name, value in fields:
        connection.putheader(name, value)
    connection.endheaders()
    try:
        if isinstance(body, bytes):
            connection.send(body)
        elif body is not None:
            for chunk in body:
                connection.send(b"%x\r\n%s\r\n" % (len(chunk), chunk))
            connection.send(b"0\r\n\r\n")
    except OSError:
        # Refused before all of it was sent: the response can be read all the same.
        pass
