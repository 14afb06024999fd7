"""A normal client in a process of its own, which asks one thing after the other."""

import multiprocessing
import multiprocessing.connection
import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import client
from processes import Failure
from table import count, milliseconds
from trial import Trial
from watched import Watched

PAUSE_SECONDS = 0.01
# What needs a password takes long: the rest is asked for more often.
COSTLY, REPEATED = ("login", "signup"), 4
WAITS = ["number", "median", "p99", "longest"]
# Forked: what it needs is there, whatever the main program has opened meanwhile.
CONTEXT = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Visits:
    """What a visitor has seen: the milliseconds of each kind of request, and what was not right."""

    times: dict[str, list[float]]
    wrong: list[str]


class Visitor:
    """The client; `all` kinds of requests or those that are named."""

    def __init__(self, daemon: Watched, kinds: Sequence[str] = ()) -> None:
        requests = Requests(daemon)
        self.chosen = {name: ask for name, ask in requests.kinds().items()
                       if not kinds or name in kinds}
        self.order = [name for name in self.chosen for _ in range(
            1 if name in COSTLY else REPEATED)]
        self.results, theirs = CONTEXT.Pipe(duplex=False)
        self.is_over = CONTEXT.Event()
        self.process = CONTEXT.Process(target=self._work, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()

    def finish(self) -> Visits:
        """Ends it after the request it is at."""
        self.is_over.set()
        try:
            return self.results.recv() if self.results.poll(60) else Visits({}, ["no visits"])
        finally:
            self.process.kill()
            self.process.join()

    def _work(self, results: multiprocessing.connection.Connection) -> None:
        times: dict[str, list[float]] = {name: [] for name in self.chosen}
        wrong = []
        parent = os.getppid()
        while not self.is_over.is_set() and os.getppid() == parent:
            for name in self.order:
                ask = self.chosen[name]
                begin = time.perf_counter()
                try:
                    problem = ask()
                except (OSError, Failure) as error:
                    problem = repr(error)
                times[name].append((time.perf_counter() - begin) * 1000)
                if problem:
                    wrong.append(f"{name}: {problem}")
                time.sleep(PAUSE_SECONDS)
        results.send(Visits(times, wrong))


class Requests:
    """What a visitor asks for; each gives what is wrong with the answer, or nothing."""

    def __init__(self, daemon: Watched) -> None:
        self.port, self.admin = daemon.port, daemon.admin
        self.email = f"visitor-{time.monotonic_ns()}@example.com"
        self.signups = 0
        answer = client.exchange(self.port, client.signup(self.email))
        self.bearer = client.me(client.Credentials.of(answer).token)
        self.kept: client.Connection | None = None

    def kinds(self) -> dict[str, Callable[[], str]]:
        """The kinds, by their names."""
        return {"me": self.me, "me, new connection": self.me_newly, "health": self.health,
                "login": self.login, "signup": self.signup, "livez": self.livez}

    def me(self) -> str:
        """On a connection that is kept."""
        try:
            self.kept = self.kept or client.Connection(self.port)
            return self._judge(self.kept.ask(self.bearer), 200, self.email)
        except (OSError, Failure):
            self.kept = None
            raise

    def me_newly(self) -> str:
        """On a connection of its own, like all that follow."""
        return self._ask(self.bearer, 200, self.email)

    def health(self) -> str:
        """Whether the daemon says that it is well."""
        return self._ask(client.request("GET", "/health"), 200)

    def login(self) -> str:
        """Signing in."""
        return self._ask(client.login(self.email), 200, self.email)

    def signup(self) -> str:
        """An account more."""
        self.signups += 1
        email = f"{self.signups}-{self.email}"
        return self._ask(client.signup(email), 201, email)

    def livez(self) -> str:
        """At the admin entrance."""
        with client.Connection(self.admin) as connection:
            return self._judge(connection.ask(client.request("GET", "/livez")), 200)

    def _ask(self, message: bytes, status: int, email: str = "") -> str:
        with client.Connection(self.port) as connection:
            return self._judge(connection.ask(message), status, email)

    @staticmethod
    def _judge(answer: client.Answer, status: int, email: str = "") -> str:
        account = answer.members.get("user", answer.members)
        if answer.status == status and (not email or account.get("email") == email):
            return ""
        return f"{answer.status} {answer.body[:200]!r}"


def tell(trial: Trial, title: str, visits: Visits) -> None:
    """Checks that all was right, and prints how long it took."""
    number = sum(len(times) for times in visits.times.values())
    trial.check(f"{title}: each of {number:,} requests of a normal client got its right answer",
                number > 0 and not visits.wrong, visits.wrong[:5])
    trial.tabulate(f"{title}: what the normal client waited for", ["request", *WAITS],
                   [[name, *waits(times)] for name, times in visits.times.items() if times])


def waits(times: Sequence[float]) -> list[str]:
    """The cells of a table about milliseconds."""
    ordered = sorted(times)
    return [count(len(ordered)), milliseconds(statistics.median(ordered)),
            milliseconds(ordered[int(len(ordered) * 0.99)]), milliseconds(ordered[-1])]
