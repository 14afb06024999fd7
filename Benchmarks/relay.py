"""A relay between daemons and a database that counts round trips."""

import selectors
import socket
import threading


class Relay:
    """Passes on what comes to a port of 127.0.0.1, and counts how often an answer was waited for.

    What a client sends before the server has sent anything is one round trip, however many statements
    are in it.
    """

    def __init__(self, port: int) -> None:
        """One to a port; it ends with the process."""
        self.target = port
        self.round_trips = 0
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return self.listener.getsockname()[1]

    def _serve(self) -> None:
        selector = selectors.DefaultSelector()
        selector.register(self.listener, selectors.EVENT_READ)
        # Of each socket: the other one, and whether it is a client's.
        others: dict[socket.socket, tuple[socket.socket, bool]] = {}
        # Clients that wait for an answer.
        waiting: set[socket.socket] = set()
        while True:
            for key, _ in selector.select():
                if key.fileobj is self.listener:
                    client, _ = self.listener.accept()
                    server = socket.create_connection(("127.0.0.1", self.target))
                    others[client], others[server] = (server, True), (client, False)
                    for each in (client, server):
                        each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                        selector.register(each, selectors.EVENT_READ)
                    continue
                if key.fileobj in others:
                    self._pass_on(key.fileobj, others, waiting, selector)

    def _pass_on(self, source: socket.socket, others: dict, waiting: set,
                 selector: selectors.BaseSelector) -> None:
        other, is_client = others[source]
        try:
            data = source.recv(1 << 18)
            if data:
                other.sendall(data)
        except OSError:
            data = b""
        if not data:
            for each in (source, other):
                selector.unregister(each)
                each.close()
                del others[each]
                waiting.discard(each)
        elif not is_client:
            waiting.discard(other)
        elif source not in waiting:
            waiting.add(source)
            self.round_trips += 1
