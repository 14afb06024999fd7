"""The daemon with a listening socket that it inherits, and that outlives it."""

import pathlib
import socket
from typing import ClassVar

from harness.daemon import Daemon, QuietDaemon
from harness.process import Failure, wait_for

# As deploy/lunauth.socket has it.
BACKLOG = 1024


class ActivatedDaemon(Daemon):
    """One process at a time, each with the same socket, as systemd starts it."""

    # With the log line by which a process says that it is ready.
    defaults: ClassVar[dict[str, object]] = {**QuietDaemon.defaults, "LOG_LEVEL": "notice"}

    def __init__(self, directory: pathlib.Path, **settings: object) -> None:
        super().__init__(directory, starts=False, **settings)
        self.listener = socket.create_server(("127.0.0.1", self.port), backlog=BACKLOG)
        self.start()

    def replace(self, is_overlapping: bool) -> int:
        """Ends the process and starts the next, or the other way round; its exit status.

        The one that is started first waits for the data directory, and serves nothing meanwhile.
        """
        old = self.process
        if is_overlapping:
            self.start(wait=False)
        status = old.stop(30)
        if not is_overlapping:
            self.start(wait=False)
        if not wait_for(self.is_ready, self.start_seconds, 0.001, self.process):
            raise Failure(f"no process takes over: {self.process.text[-600:]}")
        return status
