"""The servers: started on free loopback ports, pinned, watched, and stopped by their id."""

import os
import pathlib
import re
import resource
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterable
from typing import ClassVar

ROOT = pathlib.Path(__file__).resolve().parents[1]
BINARY = ROOT / ".build/release/lunauth"
STARTS = 3


class Failure(Exception):
    """The benchmark itself went wrong: no number that it would print could be trusted."""


def free_port() -> int:
    """A port that the kernel chose and nobody holds now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def answers(port: int) -> bool:
    """Whether somebody listens."""
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


class Server:
    """A process that listens on a port of 127.0.0.1, with its output in a file."""

    running: ClassVar[list["Server"]] = []
    # Descriptors it is given beside its input and output.
    inherited: tuple[int, ...] = ()

    def __init__(self, directory: pathlib.Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self.directory = directory
        self.output = directory / "output"
        for _ in range(STARTS):
            self.port = free_port()
            if self._start():
                return
        raise Failure(f"no server starts: {self.output.read_text(errors='replace')[-600:]}")

    def command(self) -> list[str]:
        """The command line."""
        raise NotImplementedError

    def environment(self) -> dict[str, str]:
        """All its environment."""
        return {"PATH": os.environ["PATH"]}

    def is_ready(self) -> bool:
        """Whether it would answer."""
        return answers(self.port)

    def launch(self) -> None:
        """Starts the process, and waits for nothing."""
        with open(self.output, "ab") as output:
            # A group of its own: an interrupt of the terminal is ours to hand on.
            self.process = subprocess.Popen(
                self.command(), env=self.environment(), cwd=self.directory, start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, pass_fds=self.inherited)
        Server.running.append(self)

    def _start(self) -> bool:
        self.launch()
        if wait_for(self.is_ready, while_running=self.process):
            return True
        self.stop()
        return False

    def restart(self) -> float:
        """Stops it and starts it again on its port; the seconds until it was ready."""
        self.stop()
        begin = time.perf_counter()
        if not self._start():
            raise Failure("the server does not start again")
        return time.perf_counter() - begin

    def stop(self) -> None:
        """Ends it, politely for ten seconds."""
        if self not in Server.running:
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        Server.running.remove(self)

    @staticmethod
    def stop_all() -> None:
        """Ends whatever was started and still runs."""
        for server in list(Server.running):
            server.stop()

    @property
    def pid(self) -> int:
        """The process that serves."""
        return self.process.pid

    def pin(self, cores: Iterable[int]) -> None:
        """Confines all its threads to some cores."""
        for thread in os.listdir(f"/proc/{self.pid}/task"):
            os.sched_setaffinity(int(thread), cores)

    def cpu_seconds(self) -> float:
        """The time it has computed, in user space and in the kernel."""
        text = pathlib.Path(f"/proc/{self.pid}/stat").read_text()
        # The name in parentheses may contain anything; utime and stime are fields 14 and 15.
        fields = text.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def settle(self) -> None:
        """Waits until it computes nothing more, as for clients who have gone."""
        busy = self.cpu_seconds()

        def is_idle() -> bool:
            nonlocal busy
            time.sleep(0.2)
            before, busy = busy, self.cpu_seconds()
            return busy - before < 0.02

        if not wait_for(is_idle):
            raise Failure("the server does not come to rest")

    def descriptors(self) -> list[str]:
        """What its descriptors lead to."""
        found = []
        for number in os.listdir(f"/proc/{self.pid}/fd"):
            try:
                found.append(os.readlink(f"/proc/{self.pid}/fd/{number}"))
            except FileNotFoundError:
                continue
        return found

    def threads(self) -> int:
        """How many threads it has."""
        return len(os.listdir(f"/proc/{self.pid}/task"))

    def resident_bytes(self) -> int:
        """The memory it occupies (VmRSS)."""
        text = pathlib.Path(f"/proc/{self.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", text)[1]) * 1024


class Daemon(Server):
    """lunauth without limits, set up by nobody yet."""

    def __init__(self, directory: pathlib.Path, preloaded: pathlib.Path | None = None,
                 **settings: object) -> None:
        self.preloaded = preloaded
        self.settings = {"LOG_LEVEL": "warning", "LIMITS_ENABLED": "false", **settings}
        super().__init__(directory)

    def command(self) -> list[str]:
        return [str(BINARY), "serve"]

    def environment(self) -> dict[str, str]:
        return super().environment() | {
            "SWIFT_BACKTRACE": "enable=no",
            "LUNAUTH_LISTEN": f"127.0.0.1:{self.port}",
            "LUNAUTH_ADMIN_LISTEN": "127.0.0.1:0",
            "LUNAUTH_DATADIRECTORY": str(self.data),
            **({"LD_PRELOAD": str(self.preloaded)} if self.preloaded else {}),
        } | {f"LUNAUTH_{name}": str(value) for name, value in self.settings.items()}

    def is_ready(self) -> bool:
        """Whether it has given a first answer."""
        request = b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        try:
            with socket.create_connection(("127.0.0.1", self.port), 5) as connection:
                connection.sendall(request)
                return connection.recv(1024).startswith(b"HTTP/1.1 200")
        except OSError:
            return False

    @property
    def data(self) -> pathlib.Path:
        """Where it keeps accounts and keys."""
        return self.directory / "data"


class Nginx(Server):
    """One worker of nginx that answers everything with the same bytes."""

    def __init__(self, directory: pathlib.Path, body: str, fields: dict[str, str],
                 is_logging: bool = False) -> None:
        self.body, self.fields, self.is_logging = body, fields, is_logging
        super().__init__(directory)

    def command(self) -> list[str]:
        paths = "".join(f"{kind}_temp_path {self.directory}/{kind};\n" for kind in
                        ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        fields = "".join(f"add_header {name} '{value}';\n" for name, value in self.fields.items())
        log = f"{self.directory}/access.log" if self.is_logging else "off"
        user = "" if os.geteuid() else "user root;\n"
        (self.directory / "nginx.conf").write_text(
            f"{user}daemon off;\nworker_processes 1;\npid {self.directory}/pid;\n"
            "error_log stderr;\nevents { worker_connections 1024; }\nhttp {\n"
            f"{paths}access_log {log};\nserver_tokens off;\n"
            "keepalive_requests 1000000000;\nkeepalive_timeout 300s;\n"
            f"server {{\nlisten 127.0.0.1:{self.port};\ndefault_type application/json;\n{fields}"
            f"location / {{ return 200 '{self.body}'; }}\n}}\n}}\n")
        return ["nginx", "-p", str(self.directory), "-c", "nginx.conf", "-e", "stderr"]

    def environment(self) -> dict[str, str]:
        sbin = os.environ["PATH"] + ":/usr/sbin"
        return super().environment() | {"PATH": sbin}

    @property
    def pid(self) -> int:
        """The one worker; its parent only waits."""
        parent = self.process.pid
        children = pathlib.Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        if len(children) != 1:
            raise Failure(f"nginx has {len(children)} workers")
        return int(children[0])


def allow_descriptors() -> int:
    """Raises the number of connections we and what we start may hold as far as it goes."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def wait_for(condition: Callable[[], bool], while_running: subprocess.Popen | None = None,
             seconds: float = 20) -> bool:
    """Whether something became true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        if while_running and while_running.poll() is not None:
            return False
        time.sleep(0.001)
    return False
