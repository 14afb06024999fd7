"""Servers that accounts move to, and the commands that move them."""

import json
import pathlib
import subprocess
import threading

from harness.accounts import PASSWORD
from harness.accounts import Person as Session
from harness.daemon import Daemon
from harness.paths import ROOT
from harness.process import Failure, wait_for
from harness.site import Response, Site
from harness.topic import Context
from moves.people import Person, read

PYTHON = ROOT / ".build/moves/bin/python"
LOCK = threading.Lock()
OWNER = "chief@example.com"


def files(context: Context) -> pathlib.Path:
    """The directory with the files of all systems, made once."""
    directory = context.directory.parent / "files"
    with LOCK:
        if not directory.exists():
            directory.mkdir()
            done = subprocess.run(
                [PYTHON, pathlib.Path(__file__).with_name("make_files.py"), directory],
                capture_output=True, text=True, timeout=60, check=False)
            if done.returncode:
                raise Failure(f"no files of other systems: {done.stderr[-600:]}")
    return directory


def people(context: Context, name: str) -> list[Person]:
    """Who is in a file."""
    return read(files(context) / f"{name}.people")


class Scene:
    """A server, with an owner where it is not to stay empty."""

    def __init__(self, context: Context, name: str = "daemon", is_empty: bool = False,
                 **settings: object) -> None:
        self.context = context
        self.daemon = Daemon(context.directory / name, **settings)
        self.site = Site(self.daemon.port)
        if not is_empty:
            self.owner = Session(self.site.request(
                "POST", "/auth/setup",
                {"email": OWNER, "password": PASSWORD, "username": "chief"},
                [("X-Setup-Code", self.daemon.setup_code())]))

    def check(self, claim: str, holds: object, found: object = "") -> None:
        """Counts a check."""
        self.context.check(claim, holds, found)

    def command(self, *arguments: object, text: str | None = None) -> subprocess.CompletedProcess:
        """Runs the command line with the settings of the server."""
        return subprocess.run(
            [self.daemon.binary, *map(str, arguments)], env=self.daemon.environment(), input=text,
            cwd=self.daemon.directory, capture_output=True, text=True, timeout=120, check=False)

    def move(self, *arguments: object, text: str | None = None,
             status: int = 0) -> subprocess.CompletedProcess:
        """Imports, which has to end with a status."""
        done = self.command("import", *arguments, text=text)
        self.check(f"import {' '.join(map(str, arguments))} ends with {status}",
                   done.returncode == status, (done.returncode, done.stdout, done.stderr))
        return done

    def export(self, *arguments: str) -> str:
        """The export of the server."""
        done = self.command("export", *arguments, "-")
        if done.returncode:
            raise Failure(f"no export: {done.stderr[-600:]}")
        return done.stdout

    def accounts(self) -> dict[str, dict]:
        """The accounts of an export, by address."""
        lines = [json.loads(line) for line in self.export().splitlines()]
        return {line["email"]: line for line in lines if line["type"] == "account"}

    def log_in(self, email: str, password: str = PASSWORD) -> Response:
        """The response to a login."""
        return self.site.request("POST", "/auth/login", {"email": email, "password": password})

    def signed_in(self, email: str, password: str = PASSWORD) -> Session:
        """A session, which has to be given."""
        return Session(self.log_in(email, password))

    def has_session(self, session: Session) -> bool:
        """Whether a session lasts, by cookie and by token."""
        found = {self.site.request("GET", "/auth/me", fields=fields).status
                 for fields in (session.with_cookie, session.with_token)}
        if len(found) > 1:
            raise Failure(f"cookie and token do not agree: {found}")
        return found == {200}

    def loses_session(self, session: Session) -> bool:
        """Whether a session ends, once the daemon has seen what another process wrote."""
        return bool(wait_for(lambda: not self.has_session(session)))

    def recorded(self, kind: str, value: str) -> int:
        """How many events of a kind have a value in their details."""
        found = self.site.request("GET", f"/auth/events?kind={kind}&limit=100",
                                  fields=self.owner.with_cookie)
        return sum(value in (change["to"], change["from"])
                   for event in found.json["items"] for change in event["changes"])

    def form(self, email: str) -> str:
        """What the operator is told of a password."""
        return self.command("user", "show", email).stdout
