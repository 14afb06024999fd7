"""A proxy before a PostgreSQL server that delays its answers, or cuts connections at a COMMIT."""

import enum
import select
import socket
import struct
import threading

# ReadyForQuery without its last byte, the state of the transaction (PostgreSQL 15 manual, 55.7).
READY = b"Z\0\0\0\5"


class Cut(enum.Enum):
    """When the connection of a COMMIT is closed, at both ends."""

    BEFORE = "before the server gets it"
    AFTER = "after the server has carried it out"


class Commits:
    """Finds the COMMITs among the messages of one client."""

    def __init__(self) -> None:
        self.buffer = b""
        self.has_begun = False
        # Prepared statements that are one, by name.
        self.names: set[bytes] = set()

    def are_in(self, data: bytes) -> bool:
        """Whether the messages that these bytes complete have a COMMIT carried out."""
        self.buffer += data
        found = False
        while (message := self._next()) is not None:
            kind, content = message
            name, _, rest = content.partition(b"\0")
            if kind == b"P":
                # Parse: a name, and the statement.
                self.names.discard(name)
                if rest.startswith(b"COMMIT\0"):
                    self.names.add(name)
            elif kind == b"B":
                # Bind: a portal, and the name of the statement that is carried out in it.
                found |= rest.partition(b"\0")[0] in self.names
        return found

    def _next(self) -> tuple[bytes, bytes] | None:
        """The type and the content of the next message; the first one has no type."""
        start = 1 if self.has_begun else 0
        if len(self.buffer) < start + 4:
            return None
        length, = struct.unpack_from("!I", self.buffer, start)
        if len(self.buffer) < start + length:
            return None
        message = self.buffer[:start], self.buffer[start + 4:start + length]
        self.buffer = self.buffer[start + length:]
        self.has_begun = True
        return message


class DatabaseProxy:
    """Passes bytes on, and fails as it is told to. Without TLS: `sslmode=disable`."""

    def __init__(self, target: int) -> None:
        """Before a port of 127.0.0.1."""
        self.target = target
        # How long each answer of the server is held back.
        self.delay_seconds = 0.0
        # Whether new connections are closed at once.
        self.is_refusing = False
        # Whether it refuses once it has cut all that it was told to.
        self.refuses_after_cuts = False
        self.lock = threading.Lock()
        self.planned: list[Cut] = []
        self.connections: set[socket.socket] = set()
        self.is_closed = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self, *cuts: Cut) -> None:
        """Cuts at the next commits, in this order."""
        with self.lock:
            self.planned = list(cuts)

    @property
    def are_cuts_done(self) -> bool:
        """Whether every commit was met that was to be cut."""
        with self.lock:
            return not self.planned

    def drop(self) -> None:
        """Closes all connections."""
        with self.lock:
            connections = list(self.connections)
        for each in connections:
            shut(each)

    def close(self) -> None:
        """Ends it with its connections."""
        self.is_closed.set()
        shut(self.listener)
        self.listener.close()
        self.drop()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
                if self.is_refusing:
                    client.close()
                    continue
                server = socket.create_connection(("127.0.0.1", self.target), 5)
            except OSError:
                if self.is_closed.is_set():
                    return
                client.close()
                continue
            server.settimeout(None)
            threading.Thread(target=self._serve, args=[client, server], daemon=True).start()

    def _serve(self, client: socket.socket, server: socket.socket) -> None:
        with self.lock:
            self.connections |= {client, server}
        try:
            self._pass(client, server)
        except (OSError, ValueError):
            pass
        finally:
            with self.lock:
                self.connections -= {client, server}
            client.close()
            server.close()

    def _pass(self, client: socket.socket, server: socket.socket) -> None:
        commits = Commits()
        while True:
            readable, _, _ = select.select([client, server], [], [])
            if client in readable:
                if not (data := client.recv(65536)):
                    return
                cut = self._take() if commits.are_in(data) else None
                if cut is Cut.AFTER:
                    server.sendall(data)
                    self._await(server)
                if cut:
                    # On no other connection can the outcome be looked up then.
                    if self.is_refusing:
                        self.drop()
                    return
                server.sendall(data)
            if server in readable:
                if not (data := server.recv(65536)):
                    return
                if self.delay_seconds:
                    self.is_closed.wait(self.delay_seconds)
                client.sendall(data)

    def _take(self) -> Cut | None:
        with self.lock:
            cut = self.planned.pop(0) if self.planned else None
            if cut and not self.planned and self.refuses_after_cuts:
                self.is_refusing = True
            return cut

    @staticmethod
    def _await(server: socket.socket) -> None:
        """Waits until the server has carried out everything, or refused a statement before the COMMIT."""
        data = b""
        while not data[:-1].endswith(READY):
            if not (more := server.recv(65536)):
                return
            data += more


def shut(each: socket.socket) -> None:
    """Ends a connection, which wakes the thread that waits for it, as closing does not."""
    try:
        each.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
