"""lunauth, started on a free port."""

import json
import os
import pathlib
import re
import socket
from typing import ClassVar

from harness import store
from harness.paths import BINARY, PASS_SOCKET
from harness.process import Failure, wait_for
from harness.server import Server

LISTENING = b"listening on"
# The most threads of its two lanes, which it starts when they are needed.
LANE_THREADS = (4 + 16) * (os.cpu_count() or 1)


class Daemon(Server):
    """lunauth with cheap passwords, no rate limits and a log in JSON.

    Settings are named as in the environment, without the prefix: `LIMITS_ENABLED="true"`.
    """

    defaults: ClassVar[dict[str, object]] = {
        "HTTP_IDLESECONDS": 3, "LIMITS_ENABLED": "false", "LOG_FORMAT": "json",
        "PASSWORD_ITERATIONS": 1000}
    binary = BINARY
    # A command that runs it.
    prefix: tuple[str, ...] = ()

    def __init__(self, directory: pathlib.Path, starts: bool = True,
                 extra_environment: dict[str, str] | None = None, **settings: object) -> None:
        self.settings = {**self.defaults, **store.settings(), **settings}
        self.extra_environment = extra_environment or {}
        self.listener: socket.socket | None = None
        self.start_offset = 0
        super().__init__(directory, starts)

    @property
    def data(self) -> pathlib.Path:
        """Where it stores accounts and keys."""
        return pathlib.Path(str(self.settings.get("DATADIRECTORY", self.directory / "data")))

    @property
    def admin_address(self) -> str:
        """The origin of the admin listener, by the log."""
        return self.lines("metrics on")[-1]["message"].split()[-1]

    def command(self) -> list[object]:
        serve = [*self.prefix, self.binary, "serve"]
        return [PASS_SOCKET, self.listener.fileno(), *serve] if self.listener else serve

    def environment(self) -> dict[str, str]:
        settings = {"LISTEN": f"127.0.0.1:{self.port}", "ADMIN_LISTEN": "127.0.0.1:0",
                    "DATADIRECTORY": self.data, **self.settings}
        return {**super().environment(), "SWIFT_BACKTRACE": "enable=no", **self.extra_environment,
                **{f"LUNAUTH_{name}": str(value) for name, value in settings.items()}}

    def options(self) -> dict[str, object]:
        return {"pass_fds": [self.listener.fileno()]} if self.listener else {}

    def start(self, wait: bool = True) -> None:
        self.start_offset = self.output.stat().st_size
        super().start(wait)

    def is_ready(self) -> bool:
        """By its log, in which a request of this test would be one too many."""
        with open(self.output, "rb") as log:
            log.seek(self.start_offset)
            return LISTENING in log.read()

    def hold_socket(self) -> None:
        """Holds the listening socket from the next start on, as systemd does."""
        self.listener = socket.create_server(("127.0.0.1", self.port), backlog=64)

    def lines(self, message: str, offset: int = 0) -> list[dict[str, object]]:
        """The log lines, from an offset in bytes on, whose message contains a text."""
        text = self.output.read_bytes()[offset:].decode(errors="replace")
        lines = [line for line in text.splitlines(True) if line.endswith("}\n")]
        entries = [json.loads(line) for line in lines if line.startswith("{")]
        return [entry for entry in entries if message in entry["message"]]

    def requests(self, **wanted: object) -> list[dict[str, object]]:
        """The log lines of requests with these members."""
        return [line for line in self.lines("request") if wanted.items() <= line.items()]

    def request(self, id: str) -> dict[str, object]:
        """The log line of a request, empty when there is none within two seconds."""
        return (wait_for(lambda: self.requests(id=id), 2) or [{}])[-1]

    def setup_code(self) -> str:
        """The code that the last start has logged."""
        lines = wait_for(lambda: self.lines("no owner exists", self.start_offset))
        if not lines:
            raise Failure("the log has no setup code")
        return re.search("X-Setup-Code: ([^']+)'", lines[-1]["message"])[1]


class QuietDaemon(Daemon):
    """lunauth as it is by default, but without rate limits, and with little in its log."""

    defaults: ClassVar[dict[str, object]] = {"LIMITS_ENABLED": "false", "LOG_LEVEL": "warning"}

    def is_ready(self) -> bool:
        """By a first response, as its clients would measure it."""
        request = b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        try:
            with socket.create_connection(("127.0.0.1", self.port), 5) as connection:
                connection.sendall(request)
                return connection.recv(1024).startswith(b"HTTP/1.1 200")
        except OSError:
            return False
