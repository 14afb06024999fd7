"""A daemon with accounts: some with live sessions, some whose sessions have ended."""

import itertools
import pathlib
import sqlite3

from faults.injector import Injector
from harness import procfs
from harness.accounts import PASSWORD, Person
from harness.daemon import Daemon
from harness.process import Failure
from harness.site import Fields, Response, Site


class Scene:
    """A daemon with rate limits, and accounts whose credentials are valid or were ended."""

    def __init__(self, directory: pathlib.Path, injector: Injector | None = None,
                 **settings: object) -> None:
        self.daemon = Daemon(
            directory, extra_environment=injector.environment if injector else None,
            **{"LIMITS_ENABLED": "true", **settings})
        self.data = self.daemon.data
        self.site = Site(self.daemon.port)
        self.numbers = itertools.count()
        code = [("X-Setup-Code", self.daemon.setup_code())]
        self.owner = Person(self.request(
            "POST", "/auth/setup", {"username": "owner", **self.credentials("owner")}, code))
        self.reader, self.victim = self.sign_up("reader"), self.sign_up("victim")
        self.elsewhere = Person(self.log_in("reader"))
        self.ended = self.end_sessions()
        for person in self.owner, self.reader:
            self.me(person.with_cookie)
            self.me(person.with_token)

    @property
    def pid(self) -> int:
        """The daemon's process."""
        return self.daemon.pid

    def request(self, method: str, path: str, body: dict | None = None,
                fields: Fields = ()) -> Response:
        """One request, each from another client address: the limits of one do not affect others."""
        number = next(self.numbers)
        address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        return self.site.request(
            method, path, body, [*fields, ("X-Forwarded-For", address)], source="127.0.0.1")

    @staticmethod
    def credentials(name: str, password: str = PASSWORD) -> dict[str, str]:
        """What an account signs in with."""
        return {"email": f"{name}@example.com", "password": password}

    def sign_up(self, name: str) -> Person:
        """A new account."""
        return Person(self.request("POST", "/auth/signup", self.credentials(name)))

    def log_in(self, name: str, password: str = PASSWORD) -> Response:
        """A login."""
        return self.request("POST", "/auth/login", self.credentials(name, password))

    def me(self, fields: Fields) -> Response:
        """Whether a credential is valid."""
        return self.request("GET", "/auth/me", fields=fields)

    def config(self) -> dict:
        """The settings that clients see."""
        return self.request("GET", "/auth/config").json

    def end_sessions(self) -> dict[str, Fields]:
        """Ends sessions in every way there is; their credentials by name."""
        leaver, changer, barred = (self.sign_up(name) for name in ("leaver", "changer", "barred"))
        second = Person(self.log_in("changer"))
        for method, path, fields, body in (
                ("POST", "/auth/logout", leaver.with_cookie, None),
                ("POST", "/auth/password/change", second.with_cookie,
                 {"currentPassword": PASSWORD, "newPassword": "another secret"}),
                ("PATCH", f"/auth/users/{barred.id}", self.owner.with_token,
                 {"status": "disabled"})):
            response = self.request(method, path, body, fields)
            if response.status != 200:
                raise Failure(f"{path}: {response}")
        return {f"{name} ({means})": fields
                for name, person in (("that was logged out", leaver),
                                     ("of an old password", changer),
                                     ("of a disabled account", barred))
                for means, fields in (("cookie", person.with_cookie), ("token", person.with_token))}

    def can_store(self) -> bool:
        """Whether a write succeeds."""
        return self.request("POST", "/auth/signup", self.credentials(
            f"back-{next(self.numbers)}")).status == 201

    def restart(self) -> None:
        """Stops the daemon and starts it again."""
        self.daemon.restart()

    def integrity(self) -> list[str]:
        """What SQLite finds wrong with the database."""
        return check_integrity(self.data)

    def cpu_seconds(self) -> float:
        """The processor time that the daemon has used."""
        return procfs.cpu_seconds(self.pid)

    def fault_lines(self) -> list[dict]:
        """The log lines of internal errors."""
        return self.daemon.lines("fault")


def check_integrity(data: pathlib.Path) -> list[str]:
    """What SQLite finds wrong with the databases of a directory."""
    found = []
    for path in data.glob("*.db"):
        base = sqlite3.connect(f"file:{path}?mode=rw", uri=True, timeout=10)
        found += [row[0] for row in base.execute("PRAGMA integrity_check") if row[0] != "ok"]
        found += [str(row) for row in base.execute("PRAGMA foreign_key_check")]
        base.close()
    return found
