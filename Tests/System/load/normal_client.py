"""A normal client in a process of its own, which sends one request after the other."""

import multiprocessing
import multiprocessing.connection
import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harness import wire
from harness.process import Failure
from harness.tables import count, milliseconds
from harness.topic import Context
from load.observed import ObservedDaemon

PAUSE_SECONDS = 0.01
# What needs a password takes long: the others are requested more often.
COSTLY, REPEATED = ("login", "signup"), 4
LATENCY_HEADINGS = ["number", "median", "p99", "longest"]
# Forked: what it needs is loaded, whatever the main program has opened meanwhile.
CONTEXT = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Results:
    """The milliseconds of each kind of request, and what was wrong."""

    times: dict[str, list[float]]
    wrong: list[str]


class NormalClient:
    """The client; sends all kinds of requests or those that are named."""

    def __init__(self, daemon: ObservedDaemon, kinds: Sequence[str] = ()) -> None:
        requests = Requests(daemon)
        self.chosen = {name: send for name, send in requests.kinds().items()
                       if not kinds or name in kinds}
        self.order = [name for name in self.chosen for _ in range(
            1 if name in COSTLY else REPEATED)]
        self.results, theirs = CONTEXT.Pipe(duplex=False)
        self.is_over = CONTEXT.Event()
        self.process = CONTEXT.Process(target=self._work, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()

    def finish(self) -> Results:
        """Ends it after the requests of this round."""
        self.is_over.set()
        try:
            return self.results.recv() if self.results.poll(60) else Results({}, ["no results"])
        finally:
            self.process.kill()
            self.process.join()

    def _work(self, results: multiprocessing.connection.Connection) -> None:
        times: dict[str, list[float]] = {name: [] for name in self.chosen}
        wrong = []
        parent = os.getppid()
        while not self.is_over.is_set() and os.getppid() == parent:
            for name in self.order:
                begin = time.perf_counter()
                try:
                    problem = self.chosen[name]()
                except (OSError, Failure) as error:
                    problem = repr(error)
                times[name].append((time.perf_counter() - begin) * 1000)
                if problem:
                    wrong.append(f"{name}: {problem}")
                time.sleep(PAUSE_SECONDS)
        results.send(Results(times, wrong))


class Requests:
    """What the client sends; each returns what is wrong with the response, or nothing."""

    def __init__(self, daemon: ObservedDaemon) -> None:
        self.port, self.admin = daemon.port, daemon.admin
        self.email = f"client-{time.monotonic_ns()}@example.com"
        self.signups = 0
        response = wire.exchange(self.port, wire.signup(self.email))
        self.bearer = wire.me(wire.Credentials.of(response).token)
        self.kept: wire.Connection | None = None

    def kinds(self) -> dict[str, Callable[[], str]]:
        """The kinds, by their names."""
        return {"me": self.me, "me, new connection": self.me_newly, "health": self.health,
                "login": self.login, "signup": self.signup, "livez": self.livez}

    def me(self) -> str:
        """On a connection that is kept."""
        try:
            self.kept = self.kept or wire.Connection(self.port)
            return self._problem(self.kept.send(self.bearer), 200, self.email)
        except (OSError, Failure):
            self.kept = None
            raise

    def me_newly(self) -> str:
        """On a connection of its own, like all that follow."""
        return self._send(self.bearer, 200, self.email)

    def health(self) -> str:
        """The state of the daemon."""
        return self._send(wire.request("GET", "/health"), 200)

    def login(self) -> str:
        """A login."""
        return self._send(wire.login(self.email), 200, self.email)

    def signup(self) -> str:
        """One more account."""
        self.signups += 1
        email = f"{self.signups}-{self.email}"
        return self._send(wire.signup(email), 201, email)

    def livez(self) -> str:
        """On the admin listener."""
        with wire.Connection(self.admin) as connection:
            return self._problem(connection.send(wire.request("GET", "/livez")), 200)

    def _send(self, message: bytes, status: int, email: str = "") -> str:
        with wire.Connection(self.port) as connection:
            return self._problem(connection.send(message), status, email)

    @staticmethod
    def _problem(response: wire.Response, status: int, email: str = "") -> str:
        account = response.members.get("user", response.members)
        if response.status == status and (not email or account.get("email") == email):
            return ""
        return f"{response.status} {response.body[:200]!r}"


def report(context: Context, results: Results, prefix: str = "") -> None:
    """Checks that all responses were right, and prints how long they took."""
    number = sum(len(times) for times in results.times.values())
    context.check(f"{prefix}all requests of a normal client succeed",
                  number > 0 and not results.wrong, results.wrong[:5])
    context.table(f"{prefix}{number:,} requests of the normal client",
                  ["request", *LATENCY_HEADINGS],
                  [[name, *latency_cells(times)] for name, times in results.times.items() if times])


def latency_cells(times: Sequence[float]) -> list[str]:
    """The cells of a table about milliseconds."""
    ordered = sorted(times)
    return [count(len(ordered)), milliseconds(statistics.median(ordered)),
            milliseconds(ordered[int(len(ordered) * 0.99)]), milliseconds(ordered[-1])]
