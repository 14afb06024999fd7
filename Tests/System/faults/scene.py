"""A daemon with people: some signed in, some whose sessions were ended; and what is asked of it."""

import itertools
import os
import pathlib
import sqlite3

from accounts import Person
from client import Site
from processes import Daemon

PASSWORD = "secret of nobody"


class Scene:
    """A daemon, and people whose credentials are good or were ended."""

    def __init__(self, directory, injector=None, **settings):
        environment = injector.environment if injector else {}
        self.injector = injector
        self.daemon = Daemon(
            directory, **{"LUNAUTH_LIMITS_ENABLED": "true", **environment, **settings})
        self.data = settings.get("LUNAUTH_DATADIRECTORY", str(directory / "data"))
        self.site = Site(self.daemon.port)
        self.numbers = itertools.count()
        self.pid = self.daemon.process.popen.pid
        code = [("X-Setup-Code", self.daemon.setup_code())]
        self.owner = Person(self.ask(
            "POST", "/auth/setup", {"username": "owner", **self.credentials("owner")}, code))
        self.reader, self.victim = self.sign_up("reader"), self.sign_up("victim")
        self.elsewhere = Person(self.log_in("reader"))
        self.ended = self.end_sessions()
        for person in self.owner, self.reader:
            self.me(person.with_cookie), self.me(person.with_token)

    def ask(self, method, path, body=None, fields=()):
        """One request of a client of its own: nobody is kept out for what others did."""
        number = next(self.numbers)
        address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        return self.site.ask(
            method, path, body, [*fields, ("X-Forwarded-For", address)], source="127.0.0.1")

    @staticmethod
    def credentials(name, password=PASSWORD):
        return {"email": f"{name}@example.com", "password": password}

    def sign_up(self, name):
        return Person(self.ask("POST", "/auth/signup", self.credentials(name)))

    def log_in(self, name, password=PASSWORD):
        return self.ask("POST", "/auth/login", self.credentials(name, password))

    def me(self, fields):
        return self.ask("GET", "/auth/me", fields=fields)

    def config(self):
        return self.ask("GET", "/auth/config").json

    def end_sessions(self):
        """Ends sessions in every way there is; their credentials by name."""
        leaver, changer, barred = (self.sign_up(name) for name in ("leaver", "changer", "barred"))
        second = Person(self.log_in("changer"))
        for method, path, fields, body in (
                ("POST", "/auth/logout", leaver.with_cookie, None),
                ("POST", "/auth/password/change", second.with_cookie,
                 {"currentPassword": PASSWORD, "newPassword": "another secret"}),
                ("PATCH", f"/auth/users/{barred.id}", self.owner.with_token,
                 {"status": "disabled"})):
            answer = self.ask(method, path, body, fields)
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer}")
        return {f"{name} by {means}": fields
                for name, person in (("logged out", leaver), ("of an old password", changer),
                                     ("of a disabled account", barred))
                for means, fields in (("cookie", person.with_cookie), ("token", person.with_token))}

    def is_back(self):
        """Whether something can be stored."""
        return self.ask("POST", "/auth/signup",
                        self.credentials(f"back-{next(self.numbers)}")).status == 201

    def restart(self):
        self.daemon.stop()
        self.daemon.start()
        self.pid = self.daemon.process.popen.pid

    def integrity(self):
        """What SQLite finds wrong with the file."""
        return check_integrity(self.data)

    def processor_seconds(self):
        """What the daemon has used of the processors."""
        with open(f"/proc/{self.pid}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def faults(self):
        """The log lines of faults."""
        return self.daemon.lines("fault")


def check_integrity(data):
    """What SQLite finds wrong with the databases of a directory."""
    found = []
    for path in pathlib.Path(data).glob("*.db"):
        base = sqlite3.connect(f"file:{path}?mode=rw", uri=True, timeout=10)
        found += [row[0] for row in base.execute("PRAGMA integrity_check") if row[0] != "ok"]
        found += [str(row) for row in base.execute("PRAGMA foreign_key_check")]
        base.close()
    return found
