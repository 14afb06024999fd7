"""kill -9 in each single change of a file, for what is done rarely: start, setup, end, new key."""

import http.client
import pathlib
import shutil
import signal
import subprocess
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import ClassVar

from faults.injector import CHANGES, DIE, Injector, Rule
from faults.kill import KilledServer
from faults.scene import PASSWORD, check_integrity
from harness.accounts import Person
from harness.paths import BINARY
from harness.process import Failure, wait_for
from harness.site import Response
from harness.topic import Context

# Far more than any of them takes.
MOST = 500
MANY_ROUNDS = 100
EMAILS = ["early@example.com", "second@example.com", "third@example.com"]


class Operation:
    """Something done with the files of a directory that may be killed in any step."""

    name = ""
    emails: ClassVar[list[str]] = EMAILS[:1]

    def __init__(self, directory: pathlib.Path) -> None:
        directory.mkdir()
        self.directory = directory
        self.faults = Injector(directory, directory / "none")
        self.template = directory / "template"
        self.people: list[Person] = []
        if self.emails:
            server = KilledServer(self.template)
            server.daemon.start()
            self.people = [sign_up(server, email) for email in self.emails]
            server.daemon.stop()

    def run(self, context: Context, steps: Iterable[int]) -> int:
        """Kills it in these steps, one at a time, until it comes to its end; how many it takes."""
        for step in steps:
            place = self.directory / f"step-{step}"
            server = KilledServer(place, self.faults.environment)
            if self.template.exists():
                shutil.copytree(self.template / "data", place / "data")
            self.faults.data = place / "data"
            self.faults.set_clock(0)
            outcome = self.act(server, step)
            was_killed = self.faults.hits(0) > 0
            self.faults.clear()
            server.daemon.stop()
            server.daemon.start()
            wrong = [*self.problems(server, outcome), *check_integrity(place / "data")]
            context.check(f"{self.name}, killed in step {step}: everything is as before it, or as "
                          "after it", not wrong, wrong)
            server.daemon.stop()
            shutil.rmtree(place)
            if not was_killed:
                context.check(f"{self.name} takes more than a few steps", step > 5, step)
                return step
        raise Failure(f"{self.name} does not end")

    def act(self, server: KilledServer, step: int) -> object:
        """Does it; what its client was told."""
        raise NotImplementedError

    def kill_in(self, step: int) -> None:
        """From now on so many changes succeed, and in the next the process is killed."""
        self.faults.set_rule(0, Rule(CHANGES, DIE, skip=step))

    def problems(self, server: KilledServer, outcome: object) -> Iterator[object]:
        """What is wrong afterwards."""
        for email in self.emails:
            response = log_in(server, email)
            if response.status != 200:
                yield email, response
        for person in self.people:
            for means in person.with_cookie, person.with_token:
                me = server.request("GET", "/auth/me", fields=means)
                if me.status != 200:
                    yield me


class FirstStart(Operation):
    """Makes the key, the database and its schema, from the first version on."""

    name = "the first start"
    emails: ClassVar[list[str]] = []

    def act(self, server: KilledServer, step: int) -> None:
        self.kill_in(step)
        server.daemon.start(wait=False)
        wait_for(lambda: server.daemon.process.status is not None or server.daemon.is_ready())

    def problems(self, server: KilledServer, outcome: object) -> Iterator[object]:
        sign_up(server, EMAILS[0])
        if log_in(server, EMAILS[0]).status != 200:
            yield "an account cannot log in"


class Setup(Operation):
    """Copies the database under another name, and commits to it."""

    name = "setup"

    def act(self, server: KilledServer, step: int) -> int | None:
        server.daemon.start()
        log_in(server, EMAILS[0])
        self.kill_in(step)
        return self.set_up(server)

    @staticmethod
    def set_up(server: KilledServer) -> int | None:
        """The status of a setup; None without a response."""
        try:
            return server.set_up(databaseName="chosen").status
        except (OSError, http.client.HTTPException):
            return None

    def problems(self, server: KilledServer, outcome: object) -> Iterator[object]:
        yield from super().problems(server, outcome)
        is_done = server.request("GET", "/auth/setup/exists").json["success"]
        if outcome == 201 and not is_done:
            yield "an acknowledged setup is not done"
        again = self.set_up(server)
        if again != (409 if is_done else 201):
            yield f"a second setup is {again}"
        if log_in(server, "owner@example.com").status != 200:
            yield "the owner cannot log in"


class End(Operation):
    """Moves the write-ahead log into the database."""

    name = "an orderly end"
    emails: ClassVar[list[str]] = EMAILS

    def act(self, server: KilledServer, step: int) -> None:
        server.daemon.start()
        log_in(server, EMAILS[0])
        self.kill_in(step)
        process = server.daemon.process
        process.popen.send_signal(signal.SIGTERM)
        wait_for(lambda: process.status is not None)


class NewKey(Operation):
    """Keeps the old key and puts a new one in its place."""

    name = "a new key"

    def act(self, server: KilledServer, step: int) -> None:
        self.kill_in(step)
        subprocess.run([BINARY, "secret", "rotate"], env=server.daemon.environment(),
                       capture_output=True, cwd=server.directory, check=False)


def sign_up(server: KilledServer, email: str) -> Person:
    """A new account."""
    return Person(server.request(
        "POST", "/auth/signup", {"email": email, "password": PASSWORD}))


def log_in(server: KilledServer, email: str) -> Response:
    """A login."""
    return server.request("POST", "/auth/login", {"email": email, "password": PASSWORD})


def run(context: Context) -> None:
    """All steps, where there is time for many rounds; else every fourth, others with each seed."""
    seed = context.options.seed
    every = 1 if context.options.rounds >= MANY_ROUNDS else 4
    operations = FirstStart, Setup, End, NewKey

    def try_steps(operation: type[Operation]) -> int:
        made = operation(context.directory / operation.__name__)
        return made.run(context, range(seed % every, MOST, every))

    with ThreadPoolExecutor(2) as pool:
        counts = list(pool.map(try_steps, operations))
    found = ", ".join(f"{each.name} {count}" for each, count in zip(operations, counts))
    context.note(f"steps of {found}; every {every} from {seed % every} on")
