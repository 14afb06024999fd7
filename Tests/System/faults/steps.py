"""kill -9 in every single change of a file, for what is done rarely: start, setup, end, new key."""

import http.client
import os
import shutil
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor

from accounts import Person
from injector import CHANGES, DIE, Injector
from kill import Server
from processes import BINARY, wait_for
from scene import PASSWORD, check_integrity

# Far more than anything takes.
MOST = 500
MANY_ROUNDS = 100
PEOPLE = ["early@example.com", "second@example.com", "third@example.com"]


class Subject:
    """Something that is done with the files of a directory, and may be killed in any step."""

    name = None
    people, signed = PEOPLE[:1], ()

    def __init__(self, directory, library):
        directory.mkdir()
        self.directory, self.library = directory, library
        self.faults = Injector(library, directory, directory / "none")
        self.template = directory / "template"
        if self.people:
            server = Server(self.template)
            server.daemon.start()
            self.signed = [sign_up(server, email) for email in self.people]
            server.daemon.stop()

    def run(self, check, steps):
        """Kills it in these steps, one at a time, until it comes to its end."""
        for step in steps:
            place = self.directory / f"step-{step}"
            server = Server(place, **self.faults.environment)
            if self.template.exists():
                shutil.copytree(self.template / "data", place / "data")
            self.faults.data = place / "data"
            self.faults.set_clock(0)
            told = self.act(server, step)
            died = self.faults.hits(0) > 0
            self.faults.clear()
            if server.daemon.process:
                server.daemon.process.stop()
            server.daemon.start()
            wrong = [*self.look(server, told), *check_integrity(place / "data")]
            check(f"{self.name}: killed in step {step}, all is as it was or as it is to be",
                  not wrong, wrong)
            server.daemon.stop()
            shutil.rmtree(place)
            if not died:
                check(f"{self.name}: it takes some steps", step > 5, step)
                return step
        raise RuntimeError(f"{self.name} does not end")

    def arm(self, step):
        self.faults.set_rule(0, CHANGES, DIE, skip=step)

    def look(self, server, told):
        """What is wrong afterwards."""
        for email in self.people:
            answer = log_in(server, email)
            if answer.status != 200:
                yield email, answer
        for person in self.signed:
            for means in person.with_cookie, person.with_token:
                me = server.ask("GET", "/auth/me", fields=means)
                if me.status != 200:
                    yield me


class FirstStart(Subject):
    """Makes the key, the database and its schema, from the first version on."""

    name = "the first start"
    people = []

    def act(self, server, step):
        self.arm(step)
        server.daemon.start(wait=False)
        wait_for(lambda: server.daemon.process.popen.poll() is not None
                 or server.daemon.lines("listening on"))

    def look(self, server, told):
        sign_up(server, PEOPLE[0])
        if log_in(server, PEOPLE[0]).status != 200:
            yield "nobody can sign in"


class Setup(Subject):
    """Copies the database under another name, and commits to it."""

    name = "setup"

    def act(self, server, step):
        server.daemon.start()
        log_in(server, PEOPLE[0])
        self.arm(step)
        return self.set_up(server)

    def set_up(self, server):
        try:
            return server.set_up(databaseName="chosen").status
        except (OSError, http.client.HTTPException):
            return None

    def look(self, server, told):
        yield from super().look(server, told)
        is_done = server.ask("GET", "/auth/setup/exists").json["success"]
        if told == 201 and not is_done:
            yield "what was acknowledged is not done"
        again = self.set_up(server)
        if again != (409 if is_done else 201):
            yield f"setup again is {again}"
        if log_in(server, "owner@example.com").status != 200:
            yield "the owner cannot sign in"


class End(Subject):
    """Moves the write-ahead log into the database."""

    name = "an orderly end"
    people = PEOPLE

    def act(self, server, step):
        server.daemon.start()
        log_in(server, PEOPLE[0])
        self.arm(step)
        process = server.daemon.process.popen
        process.send_signal(signal.SIGTERM)
        wait_for(lambda: process.poll() is not None)


class NewKey(Subject):
    """Keeps the old key and puts a new one in its place."""

    name = "a new key"

    def act(self, server, step):
        self.arm(step)
        environment = {"PATH": os.environ["PATH"], **self.faults.environment,
                       "LUNAUTH_DATADIRECTORY": str(server.directory / "data")}
        subprocess.run([BINARY, "secret", "rotate"], env=environment, capture_output=True,
                       cwd=server.directory)


def sign_up(server, email):
    return Person(server.ask("POST", "/auth/signup", {"email": email, "password": PASSWORD}))


def log_in(server, email):
    return server.ask("POST", "/auth/login", {"email": email, "password": PASSWORD})


def try_all(directory, library, check, rounds, seed):
    """All steps, where there is time for many rounds; else every fourth, others with every seed."""
    every = 1 if rounds >= MANY_ROUNDS else 4
    subjects = FirstStart, Setup, End, NewKey

    def run(subject):
        made = subject(directory / subject.__name__, library)
        return made.run(check, range(seed % every, MOST, every))

    with ThreadPoolExecutor(2) as pool:
        counts = list(pool.map(run, subjects))
    found = ", ".join(f"{each.name} {count}" for each, count in zip(subjects, counts))
    print(f"        steps of {found}; every {every} from {seed % every} on", flush=True)
