"""Processes: started with their output in a file, and ended by their id."""

import os
import pathlib
import resource
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from typing import ClassVar, TypeVar

Value = TypeVar("Value")


class Failure(Exception):
    """A program cannot be started or used, so nothing can be said about it."""


class Process:
    """A program at the head of a process group that ends with it."""

    running: ClassVar[list["Process"]] = []
    lock: ClassVar[threading.Lock] = threading.Lock()
    is_over: ClassVar[bool] = False

    def __init__(self, arguments: Sequence[object], output: pathlib.Path,
                 environment: dict[str, str] | None = None, **options: object) -> None:
        """Starts it in the directory of its output; `options` are those of Popen."""
        self.output = output
        with Process.lock, open(output, "ab") as file:
            if Process.is_over:
                raise Failure("the run has ended: nothing is started any more")
            self.popen = subprocess.Popen(
                [str(argument) for argument in arguments], env=environment, cwd=output.parent,
                stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True,
                **options)
            Process.running.append(self)

    @property
    def pid(self) -> int:
        """Its id."""
        return self.popen.pid

    @property
    def status(self) -> int | None:
        """Its exit status; None while it runs."""
        return self.popen.poll()

    @property
    def text(self) -> str:
        """What it has printed, with what earlier processes printed into the same file."""
        return self.output.read_text(errors="replace")

    def stop(self, seconds: float = 10) -> int:
        """Ends it by SIGTERM, and by SIGKILL when that takes too long; its exit status."""
        if self in Process.running:
            Process.running.remove(self)
            self.popen.terminate()
            try:
                self.popen.wait(seconds)
            except subprocess.TimeoutExpired:
                pass
            self._kill_group()
        return self.popen.returncode

    def kill(self) -> None:
        """Ends it by SIGKILL."""
        if self in Process.running:
            Process.running.remove(self)
            self._kill_group()

    def _kill_group(self) -> None:
        try:
            os.killpg(self.popen.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.popen.wait()

    @staticmethod
    def stop_all(is_last: bool = False) -> None:
        """Ends all that run, at once; after the last time nothing is started any more."""
        with Process.lock:
            Process.is_over = Process.is_over or is_last
            running = list(Process.running)
        threads = [threading.Thread(target=process.stop) for process in running]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def wait_for(condition: Callable[[], Value], seconds: float = 5, pause: float = 0.02,
             process: Process | None = None) -> Value | None:
    """The value of a condition once it is true; None when it is not in time.

    With a process, also None as soon as that has ended.
    """
    end = time.monotonic() + seconds
    while not (value := condition()):
        if time.monotonic() > end or (process and process.status is not None):
            return None
        time.sleep(pause)
    return value


def allow_descriptors() -> int:
    """Raises the limit of open files, also for what is started, as far as it goes; the limit."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard
