"""The client in front of a proxy, and a recorder in the place of the daemon behind it."""

import http.client
import json
import socket
import ssl
import threading

HOST = "auth.example.com"
# The client is told from the proxy, which connects to the daemon from 127.0.0.1.
CLIENT = "127.0.0.2"


def outside_address():
    """An address of this machine that is not loopback, where it has one; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return probe.getsockname()[0]
        except OSError:
            return CLIENT


class Answer:
    """An answer that was read to its end."""

    def __init__(self, response):
        self.status = response.status
        self.fields = response.msg
        self.body = response.read()

    def __repr__(self):
        return f"{self.status} {self.body[:200]!r}"

    @property
    def id(self):
        return self.fields["X-Request-Id"]

    @property
    def json(self):
        try:
            return json.loads(self.body)
        except ValueError:
            return {}

    @property
    def code(self):
        return self.json.get("code")

    @property
    def cookie(self):
        return self.fields["Set-Cookie"] or ""


class Site:
    """One listener of a proxy, over https where a certificate is given."""

    def __init__(self, port, certificate=None, name=HOST):
        self.port = port
        self.name = name
        self.context = certificate and ssl.create_default_context(cafile=certificate)

    @property
    def origin(self):
        return f"{'https' if self.context else 'http'}://{self.name}:{self.port}"

    def ask(self, method, path, body=None, fields=(), source=CLIENT, host=None):
        """One request on a connection of its own. A dict goes as JSON, a list of bytes chunked."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        connection.sock = socket.create_connection(("127.0.0.1", self.port), 15, (source, 0))
        try:
            if self.context:
                connection.sock = self.context.wrap_socket(connection.sock, server_hostname=self.name)
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            connection.putheader("Host", host or f"{self.name}:{self.port}")
            if isinstance(body, dict):
                body = json.dumps(body).encode()
            if body is not None:
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
                # Refused before it was all sent: the answer is there to be read.
                pass
            return Answer(connection.getresponse())
        finally:
            connection.close()


class Recorder:
    """Stands in for the daemon on its port, and keeps every head.

    Answers with 200, but hangs up without a word on `/drop`, and on `/once` the first time.
    """

    def __init__(self, port, answer=b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"):
        self.answer = answer
        self.heads = []
        self.connections = []
        self.listener = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections.append(connection)
            threading.Thread(target=self.serve, args=[connection], daemon=True).start()

    def serve(self, connection):
        with connection, connection.makefile("rb") as stream:
            try:
                while True:
                    lines = []
                    while (line := stream.readline().strip().decode()) != "":
                        lines.append(line)
                    if not lines:
                        return
                    fields = [line.split(": ", 1) for line in lines[1:]]
                    head = {name.lower(): value for name, value in fields}
                    head[""] = lines[0]
                    head["names"] = [name.lower() for name, _ in fields]
                    head["on"] = connection
                    stream.read(int(head.get("content-length", 0)))
                    self.heads.append(head)
                    if " /drop " in lines[0] or len(self.seen("/once")) == 1:
                        return
                    connection.sendall(self.answer)
            except (OSError, ValueError):
                return

    def seen(self, path):
        """The heads with a path; the request line stands under the empty name."""
        return [head for head in list(self.heads) if f" {path} " in head[""]]

    def close(self):
        """Ends it with its connections: what is kept alive would go on answering."""
        # Shutting down, unlike closing, wakes the threads that wait.
        for each in [self.listener, *self.connections]:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self.listener.close()


def upstream_ports(port):
    """The other ends of all connections with a port, also of those closed within the last minute."""
    found = set()
    with open("/proc/net/tcp") as table:
        for line in table.readlines()[1:]:
            ends = [int(end.split(":")[1], 16) for end in line.split()[1:3]]
            if port in ends and 0 not in ends:
                found.update(end for end in ends if end != port)
    return found
