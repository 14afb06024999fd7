"""A program that listens on a port of 127.0.0.1."""

import os
import pathlib
import time
from collections.abc import Iterable

from harness import procfs
from harness.ports import free_port, is_listening
from harness.process import Failure, Process, wait_for


class Server:
    """A server in a directory of its own, with a port that it keeps through restarts."""

    start_seconds = 20.0

    def __init__(self, directory: pathlib.Path, starts: bool = True) -> None:
        directory.mkdir(parents=True)
        self.directory = directory
        self.output = directory / "output"
        self.output.touch()
        self.port = free_port()
        self.process: Process | None = None
        if starts:
            self.start()

    def command(self) -> list[object]:
        """The command line."""
        raise NotImplementedError

    def environment(self) -> dict[str, str]:
        """Its whole environment."""
        return {"PATH": os.environ["PATH"] + ":/usr/sbin"}

    def options(self) -> dict[str, object]:
        """More options of Popen."""
        return {}

    def is_ready(self) -> bool:
        """Whether the process that was started last would respond."""
        return is_listening(self.port)

    def start(self, wait: bool = True) -> None:
        """Starts the process, and waits until it is ready."""
        self.process = Process(self.command(), self.output, self.environment(), **self.options())
        # Short pauses, because the time of a start is measured by this.
        if wait and not wait_for(self.is_ready, self.start_seconds, 0.001, self.process):
            self.stop()
            raise Failure(f"{type(self).__name__} does not start: {self.process.text[-600:]}")

    def stop(self, seconds: float = 10) -> int:
        """Ends the process; its exit status."""
        return self.process.stop(seconds) if self.process else 0

    def kill(self) -> None:
        """Ends the process as a crash would."""
        self.process.kill()

    def restart(self) -> float:
        """Stops it and starts it again; the seconds of the start."""
        self.stop()
        begin = time.perf_counter()
        self.start()
        return time.perf_counter() - begin

    @property
    def pid(self) -> int:
        """The process that serves."""
        return self.process.pid

    def pin(self, cores: Iterable[int]) -> None:
        """Confines all its threads to some cores."""
        for thread in procfs.threads(self.pid):
            os.sched_setaffinity(thread, cores)

    def cpu_seconds(self) -> float:
        """The processor time it has used."""
        return procfs.cpu_seconds(self.pid)

    def resident_bytes(self) -> int:
        """The memory it occupies."""
        return procfs.resident_bytes(self.pid)

    def wait_until_idle(self) -> None:
        """Waits until it has finished what its last clients left it to do."""
        busy = self.cpu_seconds()

        def is_idle() -> bool:
            nonlocal busy
            time.sleep(0.2)
            before, busy = busy, self.cpu_seconds()
            return busy - before < 0.02

        if not wait_for(is_idle, 20):
            raise Failure(f"{type(self).__name__} does not become idle")
