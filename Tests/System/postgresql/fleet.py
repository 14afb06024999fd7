"""Daemons that serve the same accounts from one PostgreSQL database."""

import collections
import email
import email.policy
import json
import secrets
import subprocess
import urllib.error
import urllib.request

from harness.accounts import PASSWORD, Person
from harness.daemon import Daemon
from harness.mails import Mails
from harness.paths import BINARY
from harness.process import Failure, wait_for
from harness.site import Fields, Response, Site
from harness.topic import Context

SETUP_CODE = "the setup code of this test"
# Within which every daemon knows what another one has acknowledged.
INVALIDATION_SECONDS = 1.0
# Which a daemon delivers at one time.
MAILS_AT_ONCE = 1


class Seat:
    """One daemon as a client sees it."""

    def __init__(self, fleet: "Fleet", daemon: Daemon) -> None:
        self.fleet, self.daemon = fleet, daemon
        self.site = Site(daemon.port)

    @property
    def owner(self) -> Fields:
        """What a request of the owner has."""
        return self.fleet.owner

    @property
    def is_faulty(self) -> bool:
        """Whether 503 is a right response."""
        return self.fleet.is_faulty

    def request(self, method: str, path: str, body: dict | None = None,
                fields: Fields = ()) -> Response:
        """One request."""
        return self.site.request(method, path, body, fields, source="127.0.0.1", host="localhost")

    def post(self, verb: str, name: str, **members: str) -> Response:
        """A request with the email and the password of an account."""
        body = {"email": f"{name}@example.com", "password": PASSWORD, **members}
        return self.request("POST", f"/auth/{verb}", body, [("X-Setup-Code", SETUP_CODE)])

    def sign_up(self, name: str) -> Person:
        """A new account."""
        return Person(self.post("signup", name))

    def me(self, fields: Fields) -> Response:
        """Whether a credential is valid."""
        return self.request("GET", "/auth/me", fields=fields)

    def can_store(self) -> bool:
        """Whether a write succeeds."""
        try:
            return self.post("signup", f"back-{secrets.token_hex(6)}").status == 201
        except OSError:
            return False

    def ready(self) -> tuple[int, dict[str, str]]:
        """The status of `/readyz`, and its checks."""
        try:
            with urllib.request.urlopen(f"{self.daemon.admin_address}/readyz", timeout=10) as it:
                return it.status, json.load(it)["checks"]
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)["checks"]

    def metric(self, name: str) -> float:
        """The value of a metric."""
        with urllib.request.urlopen(f"{self.daemon.admin_address}/metrics", timeout=10) as it:
            for line in it.read().decode().splitlines():
                if line.startswith(f"{name} "):
                    return float(line.split()[1])
        raise Failure(f"there is no metric {name}")


class Fleet:
    """Daemons with one database, one secret key and one place for mails, and their owner."""

    def __init__(self, context: Context, address: str, count: int = 3, name: str = "fleet",
                 **settings: object) -> None:
        """Starts them one after another: the first makes the tables."""
        self.context = context
        directory = context.directory / name
        directory.mkdir()
        self.mails = Mails(directory / "mails")
        self.settings = {
            "DATABASE": address, "SECRET_KEY": secrets.token_hex(32), "SETUP_CODE": SETUP_CODE,
            "LOG_LEVEL": "notice", "HTTP_DRAINSECONDS": 2, **self.mails.settings, **settings}
        self.seats = [Seat(self, Daemon(directory / f"daemon-{number}", **self.settings))
                      for number in range(count)]
        # Whether 503 is a right response.
        self.is_faulty = False
        self.owner: Fields = []
        owner = Person(self.seats[0].post("setup", "owner", username="owner"))
        self.owner = owner.with_token
        for seat in self.seats:
            if not wait_for(lambda: seat.me(self.owner).status == 200):
                raise Failure("a daemon does not learn of the setup")

    def faults(self) -> collections.Counter[str]:
        """What the daemons have logged about internal errors, by how often."""
        return collections.Counter(
            f"{line.get('reason')}: {line.get('detail')}" for seat in self.seats
            for line in seat.daemon.lines("fault"))

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """A command of the first daemon's system."""
        daemon = self.seats[0].daemon
        return subprocess.run([str(BINARY), *map(str, arguments)], env=daemon.environment(),
                              cwd=daemon.directory, capture_output=True, text=True, timeout=60,
                              check=False)

    def check_record(self, claim: str = "the record is intact") -> None:
        """`lunauth audit verify`; what was not linked yet is no fault."""
        done = self.run("audit", "verify")
        self.context.check(claim, done.returncode == 0, done.stdout + done.stderr)

    def unsent_mails(self) -> list[dict]:
        """The mails that wait."""
        return json.loads(self.run("mail", "list", "--json").stdout)

    def check_mails(self, kills: int = 0) -> None:
        """Every mail is sent once.

        One that was delivered when its daemon was killed is delivered again, under the same id: its
        receiver can tell.
        """
        context = self.context
        is_sent = wait_for(lambda: not self.unsent_mails(), 20, 0.2)
        context.check("every mail is sent", is_sent, self.unsent_mails()[:2])
        files = list(self.mails.directory.glob("*.mail"))
        ids = collections.Counter(
            email.message_from_bytes(file.read_bytes(), policy=email.policy.default)["Message-ID"]
            for file in files)
        twice = {id: count for id, count in ids.items() if count > 1}
        context.check("no mail is sent twice",
                      files and len(twice) <= kills * MAILS_AT_ONCE
                      and not any(count > 1 + kills for count in twice.values()),
                      (len(files), twice))

    def end(self, kills: int = 0) -> None:
        """The checks after each case; then the daemons end."""
        self.check_mails(kills)
        self.check_record()
        for seat in self.seats:
            died = seat.daemon.process.status
            self.context.check("the daemon has not ended by itself", died is None,
                               seat.daemon.process.text[-600:])
        for seat in self.seats:
            status = seat.daemon.stop()
            self.context.check("the daemon exits with 0", status == 0, status)
