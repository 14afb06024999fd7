"""A server in the place of the daemon that records what a proxy sends to it."""

import socket
import threading

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Recorder:
    """Keeps the head of every request.

    Each is answered with the same bytes, but `/drop` by closing the connection, and so is `/once` the
    first time.
    """

    def __init__(self, port: int, response: bytes = OK) -> None:
        self.response = response
        self.heads: list[dict] = []
        self.connections: list[socket.socket] = []
        self.listener = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._accept, daemon=True).start()

    def seen(self, path: str) -> list[dict]:
        """The heads with a path. The request line is under the empty name."""
        return [head for head in list(self.heads) if f" {path} " in head[""]]

    def close(self) -> None:
        """Ends it with its connections, on which it would go on responding."""
        # Shutting down, unlike closing, wakes the threads that wait.
        for each in [self.listener, *self.connections]:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self.listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections.append(connection)
            threading.Thread(target=self._serve, args=[connection], daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as stream:
            try:
                while head := self._read(connection, stream):
                    self.heads.append(head)
                    if " /drop " in head[""] or len(self.seen("/once")) == 1:
                        return
                    connection.sendall(self.response)
            except (OSError, ValueError):
                return

    @staticmethod
    def _read(connection: socket.socket, stream) -> dict | None:
        """A head by lower-case names, with the names in their order, and its connection."""
        lines = []
        while (line := stream.readline().strip().decode()) != "":
            lines.append(line)
        if not lines:
            return None
        fields = [line.split(": ", 1) for line in lines[1:]]
        head = {name.lower(): value for name, value in fields}
        head |= {"": lines[0], "names": [name.lower() for name, _ in fields], "on": connection}
        stream.read(int(head.get("content-length", 0)))
        return head
