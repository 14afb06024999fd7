"""What the time of a response discloses about an account: a report with statistics, no check."""

import random
import sqlite3
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harness import population, wire
from harness.accounts import PASSWORD
from harness.process import Failure
from harness.tables import count
from harness.topic import Context
from load.observed import ObservedDaemon
from load.samples import KEPT, THRESHOLD, Comparison

SAMPLES = 2_000
WARM = 200
# Of the configuration, and of accounts that were stored when it was lower.
ITERATIONS, FORMER_ITERATIONS = 2_000, 1_000
WRONG = "not the password"
USUAL, DISABLED, FORMER = range(3)
UNKNOWN = 999


@dataclass(frozen=True)
class Kind:
    """Requests whose responses have to be the same."""

    name: str
    message: bytes
    status: int


def run(context: Context) -> None:
    """Logins that fail for different reasons, and password resets for known and unknown addresses."""
    # Mails go to a program that accepts them and does nothing.
    daemon = ObservedDaemon(context.directory / "daemon", PASSWORD_ITERATIONS=ITERATIONS,
                            MAIL_TRANSPORT="sendmail", MAIL_SENDMAIL_PATH="/bin/true",
                            MAIL_FROM="noreply@example.com")
    prepare(daemon)
    login = [
        Kind("wrong password (the reference)", fails(population.email(USUAL)), 401),
        Kind("wrong password, once more (the control)", fails(population.email(USUAL)), 401),
        Kind("unknown account", fails(population.email(UNKNOWN)), 401),
        Kind("disabled account, wrong password", fails(population.email(DISABLED)), 401),
        Kind(f"account stored at {FORMER_ITERATIONS:,} iterations, wrong password",
             fails(population.email(FORMER)), 401)]
    forgot = [
        Kind("known address (the reference)", forgets(population.email(USUAL)), 202),
        Kind("known address, once more (the control)", forgets(population.email(USUAL)), 202),
        Kind("unknown address", forgets(population.email(UNKNOWN)), 202)]
    report(context, f"POST /auth/login at {ITERATIONS:,} iterations, limits off",
           sample(context, daemon, login))
    report(context, "POST /auth/password/forgot", sample(context, daemon, forgot))
    report_taken(context, daemon, "/auth/signup", wire.signup)
    report_taken(context, daemon, "/auth/register", registers)
    daemon.stop()


def prepare(daemon: ObservedDaemon) -> None:
    """Three accounts: as configured, disabled, and stored at a lower cost."""
    population.fill(daemon, 3, ITERATIONS)
    daemon.stop()
    with sqlite3.connect(daemon.data / "lunauth.db") as database:
        database.execute("UPDATE accounts SET status = 'disabled' WHERE id = ?",
                         (population.octets("account", DISABLED),))
        database.execute(
            "UPDATE credentials SET data = ? WHERE account_id = ? AND kind = 'password'",
            (population.password_hash(FORMER_ITERATIONS).encode(),
             population.octets("account", FORMER)))
    database.close()
    daemon.restart()


def fails(email: str) -> bytes:
    """A login with a wrong password."""
    return wire.request("POST", "/auth/login", body={"email": email, "password": WRONG})


def forgets(email: str) -> bytes:
    """A request for a link that resets a password."""
    return wire.request("POST", "/auth/password/forgot", body={"email": email})


def sample(context: Context, daemon: ObservedDaemon,
           kinds: Sequence[Kind]) -> dict[str, list[float]]:
    """The microseconds of each kind, sent in a random order on one connection."""
    if len({len(kind.message) for kind in kinds}) > 1:
        raise Failure("requests of different lengths would differ in time by that")
    times: dict[str, list[float]] = {kind.name: [] for kind in kinds}
    responses = set()
    with wire.Connection(daemon.port) as connection:
        for number in range(WARM + SAMPLES):
            for kind in random.sample(kinds, len(kinds)):
                begin = time.perf_counter_ns()
                response = connection.send(kind.message)
                taken = (time.perf_counter_ns() - begin) / 1000
                responses.add((response.status, response.body))
                if number >= WARM:
                    times[kind.name].append(taken)
    context.check(f"{len(kinds)} kinds of requests have one response, {kinds[0].status}",
                  len(responses) == 1 and responses.pop()[0] == kinds[0].status, responses)
    return times


def report(context: Context, title: str, times: dict[str, list[float]]) -> None:
    """A table beside the first kind, and what it means."""
    reference, *others = times
    rows = [[reference, f"{statistics.median(times[reference]):,.1f} µs", "", "", "", ""]]
    distinct = []
    for name in others:
        found = Comparison.of(times[name], times[reference])
        rows.append([name, f"{statistics.median(times[name]):,.1f} µs",
                     f"{found.difference:+.2f} µs", f"{found.t:+.2f}", f"{found.z:+.2f}",
                     count(found.samples_needed)])
        if found.is_distinct:
            distinct.append(f"{name} ({found.difference:+.1f} µs)")
    context.table(f"timing of {title}: {SAMPLES:,} samples each, in random order",
                  ["request", "median", "difference", "Welch's t", "Mann-Whitney's z",
                   f"samples for t = {THRESHOLD}"], rows)
    context.note(
        "Different from the reference by these tests, on this machine and over loopback: "
        + "; ".join(distinct) + "." if distinct else
        f"Neither test finds a difference from the reference in {SAMPLES:,} samples of each, on "
        "this machine and over loopback.")
    context.note(f"(t of the fastest {KEPT:.0%}, z of all samples; either counts as a difference "
                 f"above {THRESHOLD}. The control shows what noise alone does.)")


def registers(email: str) -> bytes:
    """A registration."""
    return wire.request("POST", "/auth/register", body={
        "username": "newcomer", "email": email, "password": PASSWORD})


def report_taken(context: Context, daemon: ObservedDaemon, path: str,
                 message: Callable[[str], bytes]) -> None:
    """Times of taken and free addresses, which the status discloses; rate limits bound that."""
    taken, free = [], []
    with wire.Connection(daemon.port) as connection:
        for number in range(SAMPLES // 4):
            for email, times in ((population.email(USUAL), taken),
                                 (f"{number}-{path.rpartition('/')[2]}@example.com", free)):
                begin = time.perf_counter_ns()
                connection.send(message(email))
                times.append((time.perf_counter_ns() - begin) / 1000)
    context.note(f"POST {path}: 409 for a taken address after {statistics.median(taken):,.0f} µs "
                 f"(median), a new account for a free one after {statistics.median(free):,.0f} µs. "
                 "The status discloses which, the time adds nothing.")
