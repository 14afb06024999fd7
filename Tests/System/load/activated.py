"""The daemon with a listening socket that it is passed, and that outlives it."""

import pathlib
import socket

from processes import ROOT, Daemon, Failure, wait_for

READY = "listening on"


class Activated(Daemon):
    """A process at a time; the next takes over the socket."""

    def __init__(self, directory: pathlib.Path, listener: socket.socket,
                 **settings: object) -> None:
        self.inherited = (listener.fileno(),)
        self.listening_port = listener.getsockname()[1]
        super().__init__(directory, LOG_LEVEL="notice", **settings)

    def command(self) -> list[str]:
        return [str(ROOT / "Tests/System/pass-socket"), str(self.inherited[0]), *super().command()]

    def launch(self) -> None:
        self.port = self.listening_port
        self.seen = self._starts()
        super().launch()

    def is_ready(self) -> bool:
        """Whether this process serves: another may be answering still."""
        return self._starts() > self.seen

    def replace(self, is_overlapping: bool) -> int:
        """Takes another process, as systemd does after the end of this one or before; how it ended.

        The one that is started before waits for the data directory, and asks nobody meanwhile.
        """
        old = self.process
        if is_overlapping:
            self.launch()
        old.terminate()
        status = old.wait(30)
        if not is_overlapping:
            self.launch()
        Daemon.running.remove(self)
        if not wait_for(self.is_ready, while_running=self.process):
            raise Failure(f"no process takes over: {self.output.read_text()[-600:]}")
        return status

    def _starts(self) -> int:
        return self.output.read_text(errors="replace").count(READY) if self.output.exists() else 0
