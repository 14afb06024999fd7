"""The processes of examples/cluster, their ports and their files."""

import contextlib
import getpass
import os
import pathlib
import random
import secrets
import shutil
import signal
import socket
import string
import subprocess
import sys
import time
from collections.abc import Callable

HERE = pathlib.Path(__file__).resolve().parent
LUNAUTH = pathlib.Path(os.environ.get("LUNAUTH") or HERE.parents[1] / ".build/release/lunauth").resolve()
POSTGRESQL = max(pathlib.Path("/usr/lib/postgresql").glob("[0-9]*/bin"), default=None,
                 key=lambda path: int(path.parent.name))
# PostgreSQL and PgBouncer refuse to be run by root.
IS_ROOT = os.geteuid() == 0
ADMINISTRATOR = "postgres" if IS_ROOT else getpass.getuser()
AS_ADMINISTRATOR = (["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"]
                    if IS_ROOT else [])
DAEMONS = 3


class Cluster:
    """All processes, their ports and their files."""

    def __init__(self, directory: pathlib.Path, port: int) -> None:
        self.directory = directory
        self.processes: list[tuple[str, subprocess.Popen]] = []
        names = ["HAPROXY", "PGBOUNCER", "PRIMARY", "REPLICA"]
        names += [f"{kind}{number}" for number in range(1, DAEMONS + 1)
                  for kind in ("DAEMON", "ADMIN")]
        self.ports = dict(zip(names, free_ports(len(names))))
        if port:
            self.ports["HAPROXY"] = port
        self.secret("database.password", secrets.token_urlsafe(24))
        # The same for all daemons: it signs their tokens, and opens what the database has sealed.
        self.secret("lunauth.key", secrets.token_hex(32))
        self.setup_code = secrets.token_urlsafe(24)

    def secret(self, name: str, text: str) -> pathlib.Path:
        """Writes a file that no other user can read."""
        path = self.directory / name
        path.touch(mode=0o600)
        path.write_text(text + "\n")
        return path

    def own(self, *paths: pathlib.Path) -> None:
        """Hands files to the user that PostgreSQL runs as."""
        if IS_ROOT:
            for path in paths:
                shutil.chown(path, "postgres", "postgres")

    def fill(self, name: str, target: pathlib.Path, **values: object) -> pathlib.Path:
        """Writes a file of this directory with ports and paths in it."""
        text = string.Template((HERE / name).read_text()).substitute(self.ports, **values)
        target.write_text(text)
        return target

    def start(self, name: str, command: list[object], is_ready: Callable[[], bool],
              environment: dict | None = None, directory: pathlib.Path | None = None) -> None:
        """Starts a process, and waits until it serves."""
        log = open(self.directory / f"{name}.log", "wb")
        process = subprocess.Popen(
            [str(each) for each in command], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            cwd=directory or self.directory, env=environment or {"PATH": os.environ["PATH"]},
            start_new_session=True)
        log.close()
        self.processes.append((name, process))
        end = time.monotonic() + 30
        while not is_ready():
            if process.poll() is not None or time.monotonic() > end:
                sys.exit(f"{name} does not start:\n{(self.directory / f'{name}.log').read_text()}")
            time.sleep(0.02)
        print(f"{name:10} process {process.pid}")

    def stop(self, wanted: str = "") -> None:
        """Ends one process by its id, or all of them, the last one first."""
        for name, process in reversed(list(self.processes)):
            if name.startswith(wanted):
                # PostgreSQL would wait for its clients at SIGTERM.
                process.send_signal(signal.SIGINT if name in ("primary", "replica") else signal.SIGTERM)
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()
                self.processes.remove((name, process))

    def run(self, program: str, *arguments: object) -> str:
        """Runs a program of PostgreSQL to its end."""
        done = subprocess.run(
            [*AS_ADMINISTRATOR, str(POSTGRESQL / program), *map(str, arguments)],
            cwd=self.directory, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{program}: {done.stderr}")
        return done.stdout.strip()

    def sql(self, statement: str, database: str = "postgres") -> str:
        """Runs a statement on the primary, as its administrator."""
        return self.run("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", self.directory / "primary",
                        "-p", self.ports["PRIMARY"], "-U", ADMINISTRATOR, "-d", database,
                        "-c", statement)

    def start_primary(self) -> None:
        """A server with the role and the database of the daemons."""
        place = self.make_directory("primary")
        self.run("initdb", "-D", place / "data", "-U", ADMINISTRATOR, "-E", "UTF8", "--locale=C",
                 "--data-checksums", "--no-instructions")
        with open(place / "data/postgresql.conf", "a") as file:
            file.write("include 'lunauth.conf'\n")
        self.own(self.fill("postgresql.conf", place / "data/lunauth.conf"),
                 self.fill("pg_hba.conf", place / "data/pg_hba.conf"))
        self.start_server("primary")
        password = (self.directory / "database.password").read_text().strip()
        self.replication_password = secrets.token_urlsafe(24)
        self.sql(f"CREATE ROLE lunauth LOGIN PASSWORD '{password}'")
        self.sql("CREATE DATABASE lunauth OWNER lunauth")
        self.sql(f"CREATE ROLE replicator REPLICATION LOGIN PASSWORD '{self.replication_password}'")

    def start_replica(self) -> None:
        """A copy that streams from the primary, which waits for it with every commit."""
        place = self.make_directory("replica")
        passfile = place / "passfile"
        passfile.touch(mode=0o600)
        passfile.write_text(f"127.0.0.1:*:*:replicator:{self.replication_password}\n")
        self.own(passfile)
        self.run("pg_basebackup", "-D", place / "data", "--checkpoint=fast", "--write-recovery-conf",
                 "--create-slot", "--slot=replica", "-d",
                 f"host=127.0.0.1 port={self.ports['PRIMARY']} user=replicator passfile={passfile}")
        self.start_server("replica")
        self.sql("ALTER SYSTEM SET synchronous_standby_names = 'replica'")
        self.sql("SELECT pg_reload_conf()")
        wait("the replica streams", lambda: self.sql(
            "SELECT sync_state FROM pg_stat_replication WHERE application_name = 'replica'") == "sync")

    def start_server(self, name: str) -> None:
        """A server of PostgreSQL."""
        place, port = self.directory / name, self.ports[name.upper()]
        log = self.directory / f"{name}.log"
        self.start(name, [
            *AS_ADMINISTRATOR, POSTGRESQL / "postgres", "-D", place / "data", "-c", f"port={port}",
            "-c", f"unix_socket_directories={place}", "-c", f"cluster_name={name}"],
            lambda: "ready to accept" in log.read_text())

    def make_directory(self, name: str) -> pathlib.Path:
        """A directory of the user that PostgreSQL runs as."""
        place = self.directory / name
        place.mkdir(mode=0o700)
        self.own(place)
        return place

    def start_pgbouncer(self) -> None:
        """The pool of connections before the primary."""
        place = self.make_directory("pgbouncer")
        users = place / "userlist.txt"
        users.touch(mode=0o600)
        verifier = self.sql("SELECT rolpassword FROM pg_authid WHERE rolname = 'lunauth'")
        users.write_text(f'"lunauth" "{verifier}"\n')
        port = self.ports["PGBOUNCER"]
        file = self.fill("pgbouncer.ini", place / "pgbouncer.ini", DIRECTORY=place, PORT=port)
        self.own(users, file)
        self.start("pgbouncer", [*AS_ADMINISTRATOR, program("pgbouncer"), file],
                   lambda: is_listening(port))

    def start_daemon(self, number: int) -> None:
        """One of three that are alike, but for their ports."""
        place = self.directory / f"daemon{number}"
        place.mkdir(mode=0o700, exist_ok=True)
        port, admin = self.ports[f"DAEMON{number}"], self.ports[f"ADMIN{number}"]
        file = self.fill("lunauth.json", place / "config.json", PORT=port, ADMIN_PORT=admin)
        self.start(f"daemon{number}", [LUNAUTH, "serve", "--config", file],
                   lambda: is_listening(port), directory=place, environment={
                       "PATH": os.environ["PATH"], "SWIFT_BACKTRACE": "enable=no",
                       "LUNAUTH_DATABASE_PASSWORD_FILE": str(self.directory / "database.password"),
                       "LUNAUTH_SECRET_KEY_FILE": str(self.directory / "lunauth.key"),
                       "LUNAUTH_SETUP_CODE": self.setup_code})

    def start_haproxy(self) -> None:
        """The one address of the site."""
        file = self.fill("haproxy.cfg", self.directory / "haproxy.cfg")
        self.start("haproxy", [program("haproxy"), "-db", "-f", file],
                   lambda: is_listening(self.ports["HAPROXY"]))

    def start_all(self) -> None:
        """Everything, in the order in which it is needed."""
        self.start_primary()
        self.start_replica()
        self.start_pgbouncer()
        for number in range(1, DAEMONS + 1):
            self.start_daemon(number)
        self.start_haproxy()


def wait(claim: str, condition: Callable[[], bool]) -> None:
    """Waits for a condition; ends without it."""
    end = time.monotonic() + 20
    while not condition():
        if time.monotonic() > end:
            sys.exit(f"FAILED: {claim}: not in time")
        time.sleep(0.01)


def free_ports(count: int) -> list[int]:
    """Ports that nothing listens on, below those that the kernel gives to outgoing connections."""
    ports: list[int] = []
    while len(ports) < count:
        port = random.randrange(10_000, 32_000)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            ports += [port] * (port not in ports)
    return ports


def is_listening(port: int) -> bool:
    """Whether a connection is accepted."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def program(name: str) -> str:
    """A program that Debian has where only root looks for it."""
    return shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin") or sys.exit(f"{name} is not installed")
