"""PostgreSQL: servers of their own on ports of 127.0.0.1, with replicas, and PgBouncer before them."""

import os
import pathlib
import re
import shutil
import signal
import string
import subprocess

from harness import procfs
from harness.paths import ROOT
from harness.postgresql import PostgreSQL
from harness.process import Failure, wait_for
from harness.server import Server

PROGRAMS = pathlib.Path(PostgreSQL.find() or "/usr/lib/postgresql/15/bin")
USER = "lunauth"
# They refuse to be run by root.
AS_POSTGRES = (("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--")
               if os.geteuid() == 0 else ())


class DatabaseServer(Server):
    """A server that its clients enter as `lunauth`, without a password.

    What it writes survives its own end and not that of the machine (`fsync=off`): processes are killed
    here, machines are not.
    """

    start_seconds = 60.0
    ready = "ready to accept"

    def __init__(self, directory: pathlib.Path, starts: bool = True, **parameters: object) -> None:
        """A new one; `parameters` are those of its configuration file."""
        self.parameters = parameters
        self.start_offset = 0
        super().__init__(directory, starts=False)
        if AS_POSTGRES:
            shutil.chown(directory, "postgres", "postgres")
        self.make()
        if starts:
            self.start()

    @property
    def data(self) -> pathlib.Path:
        """Its files."""
        return self.directory / "data"

    def make(self) -> None:
        """Makes its files."""
        self.run("initdb", "-D", self.data, "-U", USER, "-A", "trust", "-E", "UTF8",
                 "--locale=C", "--no-sync", "--no-instructions")

    def run(self, program: str, *arguments: object) -> str:
        """Runs one of PostgreSQL's programs to its end; what it prints."""
        done = subprocess.run(
            [*AS_POSTGRES, PROGRAMS / program, *map(str, arguments)], cwd=self.directory,
            capture_output=True, text=True, timeout=120, check=False,
            env={"PATH": os.environ["PATH"]})
        if done.returncode:
            raise Failure(f"{program}: {done.stderr[-600:]}")
        return done.stdout

    def command(self) -> list[object]:
        settings = {
            "port": self.port, "listen_addresses": "127.0.0.1",
            "unix_socket_directories": self.directory, "max_connections": 100, "fsync": "off",
            # Shared memory that a killed server leaves is in its directory.
            "dynamic_shared_memory_type": "mmap", "shared_buffers": "32MB",
            **self.parameters}
        options = [each for name, value in settings.items() for each in ("-c", f"{name}={value}")]
        return [*AS_POSTGRES, PROGRAMS / "postgres", "-D", self.data, *options]

    def start(self, wait: bool = True) -> None:
        self.start_offset = self.output.stat().st_size
        super().start(wait)

    def is_ready(self) -> bool:
        """By its log: a connection would be one too many where they are counted."""
        with open(self.output, errors="replace") as log:
            log.seek(self.start_offset)
            return self.ready in log.read()

    def stop(self, seconds: float = 10) -> int:
        """Ends it at once, with the sessions of its clients, which SIGTERM would wait for."""
        if self.process and self.process.status is None:
            self.process.popen.send_signal(signal.SIGINT)
            wait_for(lambda: self.process.status is not None, seconds)
        return super().stop(seconds)

    def freeze(self) -> list[int]:
        """Stops all its processes where they are, without an end of their connections; its children."""
        os.kill(self.pid, signal.SIGSTOP)
        children = procfs.children(self.pid)
        for child in children:
            os.kill(child, signal.SIGSTOP)
        return children

    def kill(self) -> None:
        """Ends all its processes by SIGKILL, as if the power had failed."""
        children = self.freeze()
        segment = self._segment()
        super().kill()
        for child in children:
            try:
                os.kill(child, signal.SIGKILL)
            except ProcessLookupError:
                pass
        wait_for(lambda: not any(map(procfs.is_running, children)), pause=0.001)
        # The one thing of it that outlives its processes outside of its directory.
        if segment:
            subprocess.run(["ipcrm", "-m", segment], capture_output=True, check=False)

    def _segment(self) -> str | None:
        """The System V segment by which the server knows that another one uses its files."""
        lines = (self.data / "postmaster.pid").read_text().splitlines()
        return lines[6].split()[1] if len(lines) > 6 and lines[6].strip() else None

    def execute(self, statement: str, database: str = "lunauth", user: str = USER) -> str:
        """Runs a statement; its rows, a line each, with columns separated by `|`."""
        return self.run("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p",
                        self.port, "-U", user, "-d", database, "-c", statement).strip()

    def make_database(self, name: str = "lunauth") -> None:
        """Makes an empty database."""
        self.execute(f"CREATE DATABASE {name}", "postgres")

    def address(self, name: str = "lunauth", query: str = "") -> str:
        """Where a database is, for the configuration of a daemon."""
        return f"postgres://{USER}@127.0.0.1:{self.port}/{name}{query and '?' + query}"

    def make_replica(self, directory: pathlib.Path) -> "Replica":
        """A replica that streams from this server, which waits for it with every commit from now on."""
        replica = Replica(directory, self)
        self.execute("ALTER SYSTEM SET synchronous_standby_names = '*'", "postgres")
        self.execute("SELECT pg_reload_conf()", "postgres")
        state = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"
        if not wait_for(lambda: self.execute(state, "postgres") == "1", 20):
            raise Failure(f"the replica does not stream: {replica.process.text[-600:]}")
        return replica


class Replica(DatabaseServer):
    """A server that repeats what another one does, and may be read meanwhile."""

    def __init__(self, directory: pathlib.Path, primary: DatabaseServer) -> None:
        self.primary = primary
        super().__init__(directory, **primary.parameters)

    def make(self) -> None:
        self.run("pg_basebackup", "-D", self.data, "-h", "127.0.0.1", "-p", self.primary.port,
                 "-U", USER, "--checkpoint=fast", "--no-sync", "--write-recovery-conf")

    def promote(self) -> None:
        """Makes it a primary of its own, and returns when it is."""
        self.execute("SELECT pg_promote(true, 30)", "postgres")


class PgBouncer(Server):
    """PgBouncer, which pools transactions by the file of examples/cluster."""

    def __init__(self, directory: pathlib.Path, server: DatabaseServer) -> None:
        self.server = server
        super().__init__(directory, starts=False)
        if AS_POSTGRES:
            shutil.chown(directory, "postgres", "postgres")
        self.configure(server)
        self.start()

    def configure(self, server: DatabaseServer) -> None:
        """Writes its file, for a server."""
        self.server = server
        (self.directory / "userlist.txt").write_text(f'"{USER}" ""\n')
        template = (ROOT / "examples/cluster/pgbouncer.ini").read_text()
        text = string.Template(template).substitute(
            DIRECTORY=self.directory, PORT=self.port, PRIMARY=server.port)
        text, count = re.subn("auth_type = .*", "auth_type = trust", text)
        if count != 1:
            raise Failure("examples/cluster/pgbouncer.ini has no auth_type")
        (self.directory / "pgbouncer.ini").write_text(text)

    def command(self) -> list[object]:
        return [*AS_POSTGRES, shutil.which("pgbouncer", path="/usr/sbin:/usr/bin"),
                self.directory / "pgbouncer.ini"]

    def add(self, name: str) -> None:
        """Serves another database of the server, too."""
        file = self.directory / "pgbouncer.ini"
        file.write_text(file.read_text().replace(
            "[pgbouncer]", f"{name} = host=127.0.0.1 port={self.server.port}\n\n[pgbouncer]", 1))
        self.reload()

    def reload(self) -> None:
        """Reads its file again, as an operator who promotes a server has it do."""
        self.process.popen.send_signal(signal.SIGHUP)

    def address(self, name: str = "lunauth") -> str:
        """Where a database is behind it."""
        return f"postgres://{USER}@127.0.0.1:{self.port}/{name}"
