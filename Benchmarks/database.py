"""A PostgreSQL server whose commits are durable, as one is that has something to keep."""

import os
import pathlib
import shutil
import signal
import subprocess

from harness import procfs
from harness.process import Failure, wait_for
from harness.server import Server

INSTALLED = pathlib.Path("/usr/lib/postgresql")
NAME = "lunauth"
# It refuses to be run by root.
USER = (("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--")
        if os.geteuid() == 0 else ())


def programs() -> pathlib.Path | None:
    """The directory with the programs of the newest server; None where there is none."""
    versions = [path.name for path in INSTALLED.glob("*") if path.name.isdigit()]
    return INSTALLED / max(versions, key=int) / "bin" if versions else None


class Database(Server):
    """One with the defaults of PostgreSQL, but for the size of its buffers."""

    start_seconds = 60.0

    def __init__(self, directory: pathlib.Path) -> None:
        super().__init__(directory, starts=False)
        if USER:
            # The directory above it is this user's alone.
            directory.parent.chmod(0o711)
            shutil.chown(directory, "postgres", "postgres")
        self.run("initdb", "-D", self.data, "-U", NAME, "-A", "trust", "-E", "UTF8", "--locale=C",
                 "--no-sync", "--no-instructions")
        self.start()
        self.run("createdb", "-h", "127.0.0.1", "-p", self.port, "-U", NAME, NAME)

    @property
    def data(self) -> pathlib.Path:
        """Its files."""
        return self.directory / "data"

    def run(self, program: str, *arguments: object) -> str:
        """Runs one of PostgreSQL's programs to its end; what it prints."""
        done = subprocess.run(
            [*USER, programs() / program, *map(str, arguments)], cwd=self.directory,
            capture_output=True, text=True, timeout=300, check=False,
            env={"PATH": os.environ["PATH"]})
        if done.returncode:
            raise Failure(f"{program}: {done.stderr[-600:]}")
        return done.stdout

    def command(self) -> list[object]:
        settings = {
            "port": self.port, "listen_addresses": "127.0.0.1", "max_connections": 100,
            "unix_socket_directories": self.directory, "shared_buffers": "256MB",
            "dynamic_shared_memory_type": "mmap"}
        options = [each for name, value in settings.items() for each in ("-c", f"{name}={value}")]
        return [*USER, programs() / "postgres", "-D", self.data, *options]

    def is_ready(self) -> bool:
        """By its log: it listens before it serves."""
        return "ready to accept" in self.output.read_text(errors="replace")

    def stop(self, seconds: float = 20) -> int:
        """Ends it with the sessions of its clients, which SIGTERM would wait for."""
        if self.process and self.process.status is None:
            self.process.popen.send_signal(signal.SIGINT)
            wait_for(lambda: self.process.status is not None, seconds)
        return super().stop(seconds)

    def execute(self, statement: str) -> str:
        """Runs a statement; its rows, a line each."""
        return self.run("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p",
                        self.port, "-U", NAME, "-d", NAME, "-c", statement).strip()

    def address(self, port: int | None = None) -> str:
        """Where it is, or where something before it is."""
        return f"postgres://{NAME}@127.0.0.1:{port or self.port}/{NAME}"

    def cpu_seconds(self) -> float:
        """The processor time of all its processes that run."""
        seconds = procfs.cpu_seconds(self.pid)
        for each in procfs.children(self.pid):
            try:
                seconds += procfs.cpu_seconds(each)
            except FileNotFoundError:
                # Such as those that psql and autovacuum have for a moment.
                continue
        return seconds
