"""The application behind a forward-auth proxy: responds to everything and keeps every request."""

import hashlib
import http.server
import threading

NAME = "app.example.com"


class Application(http.server.ThreadingHTTPServer):
    """An application that listens on a port the kernel chose."""

    daemon_threads = True
    # With the default of 5, connections made at once are dropped and come again after up to 15 s.
    request_queue_size = 1024

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[Received] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def seen(self, path: str) -> "list[Received]":
        """The requests with a path, whatever their query."""
        return [each for each in list(self.requests) if each.path.split("?")[0] == path]

    def last(self, path: str) -> "Received | None":
        """The last request with a path."""
        return (self.seen(path) or [None])[-1]


class Received:
    """What is kept of a request."""

    def __init__(self, request: "Handler") -> None:
        self.method, self.path = request.command, request.path
        self.fields = [(name.lower(), value) for name, value in request.headers.items()]
        self.digest = request.digest.hexdigest()

    def values(self, name: str) -> list[str]:
        """The values of a field."""
        return [value for each, value in self.fields if each == name]

    @property
    def identity(self) -> dict[str, list[str]]:
        """Every field that some program may take for one of lunauth's."""
        found: dict[str, list[str]] = {}
        for name, value in self.fields:
            plain = "".join(each if each.isalnum() else "-" for each in name)
            if plain.startswith(("remote-", "x-auth-")):
                found[name] = found.get(name, []) + [value]
        return found

    def __repr__(self) -> str:
        return f"{self.method} {self.path} {self.fields}"


class Handler(http.server.BaseHTTPRequestHandler):
    """Reads one request to its end and hands it to its server."""

    protocol_version = "HTTP/1.1"

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True

    def respond(self) -> None:
        """Responds with 200 to every method."""
        self.digest = hashlib.sha256()
        if self.headers["Transfer-Encoding"]:
            while size := int(self.rfile.readline(), 16):
                self.digest.update(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
        else:
            self.digest.update(self.rfile.read(int(self.headers["Content-Length"] or 0)))
        self.server.requests.append(Received(self))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = respond

    def log_message(self, *_: object) -> None:
        pass
