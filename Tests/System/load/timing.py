"""What the time of an answer tells of an account: a report with its statistic, never a verdict."""

import random
import sqlite3
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import client
import population
from processes import Failure
from samples import KEPT, THRESHOLD, Comparison
from table import count
from trial import Trial
from watched import Watched

SAMPLES = 2_000
WARM = 200
# Of the configuration, and of accounts that were stored when it was lower.
ITERATIONS, FORMER_ITERATIONS = 2_000, 1_000
WRONG = "not the password of anybody here"
USUAL, DISABLED, FORMER = range(3)
UNKNOWN = 999


@dataclass(frozen=True)
class Kind:
    """Requests whose answers have to look alike."""

    name: str
    message: bytes
    status: int


def run(trial: Trial) -> None:
    """Logins that fail for different reasons, and passwords forgotten by members and strangers."""
    # Mails go to a program that takes them and does nothing.
    daemon = Watched(trial.directory / "timing", PASSWORD_ITERATIONS=ITERATIONS,
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
    trial.say(f"timing: {SAMPLES:,} samples each of failing logins")
    report(trial, f"POST /auth/login at {ITERATIONS:,} iterations, limits off",
           sample(trial, daemon, login))
    trial.say(f"timing: {SAMPLES:,} samples each of forgotten passwords")
    report(trial, "POST /auth/password/forgot", sample(trial, daemon, forgot))
    tell_taken(trial, daemon, "/auth/signup", client.signup)
    tell_taken(trial, daemon, "/auth/register", registers)
    daemon.stop()


def prepare(daemon: Watched) -> None:
    """Three accounts: as configured, disabled, and stored at a lower cost."""
    population.fill(daemon, 3, ITERATIONS)
    daemon.stop()
    with sqlite3.connect(daemon.data / "lunauth.db") as database:
        for change, number in ((("status", "disabled"), DISABLED), (
                ("password_hash", population.password_hash(FORMER_ITERATIONS)), FORMER)):
            database.execute(f"UPDATE accounts SET {change[0]} = ? WHERE id = ?",
                             (change[1], population.octets("account", number)))
    database.close()
    daemon.restart()


def fails(email: str) -> bytes:
    """A login with a wrong password."""
    return client.request("POST", "/auth/login", body={"email": email, "password": WRONG})


def forgets(email: str) -> bytes:
    """Somebody who has forgotten the password of an address."""
    return client.request("POST", "/auth/password/forgot", body={"email": email})


def sample(trial: Trial, daemon: Watched,
           kinds: Sequence[Kind]) -> dict[str, list[float]]:
    """The microseconds of each kind, asked in a random order on one connection."""
    if len({len(kind.message) for kind in kinds}) > 1:
        raise Failure("requests of different lengths would be told apart by those")
    times: dict[str, list[float]] = {kind.name: [] for kind in kinds}
    answers = set()
    with client.Connection(daemon.port) as connection:
        for number in range(WARM + SAMPLES):
            for kind in random.sample(kinds, len(kinds)):
                begin = time.perf_counter_ns()
                answer = connection.ask(kind.message)
                taken = (time.perf_counter_ns() - begin) / 1000
                answers.add((answer.status, answer.body))
                if number >= WARM:
                    times[kind.name].append(taken)
    trial.check(f"timing: {len(kinds)} kinds of requests have one answer, {kinds[0].status}",
                len(answers) == 1 and answers.pop()[0] == kinds[0].status, answers)
    return times


def report(trial: Trial, title: str, times: dict[str, list[float]]) -> None:
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
    trial.tabulate(f"timing of {title}: {SAMPLES:,} samples each, in random order",
                   ["request", "median", "difference", "Welch's t", "Mann-Whitney's z",
                    f"samples for t = {THRESHOLD}"], rows)
    trial.note(
        "Differs from the reference by these tests, on this machine and over loopback: "
        + "; ".join(distinct) + "." if distinct else
        f"By neither test can any of these be told from the reference with {SAMPLES:,} samples of "
        "each, on this machine and over loopback.")
    trial.note(f"(t of the fastest {KEPT:.0%}, z of all samples; above {THRESHOLD} either is taken "
               "for a difference. The control shows what the noise alone does.)")


def registers(email: str) -> bytes:
    """Somebody who wants to join."""
    return client.request("POST", "/auth/register", body={
        "username": "somebody", "email": email, "password": client.PASSWORD})


def tell_taken(trial: Trial, daemon: Watched, path: str, message: Callable[[str], bytes]) -> None:
    """A taken address, which the answer itself tells: what asking costs is what bounds it."""
    taken, free = [], []
    with client.Connection(daemon.port) as connection:
        for number in range(SAMPLES // 4):
            for email, times in ((population.email(USUAL), taken),
                                 (f"{number}-{path.rpartition('/')[2]}@example.com", free)):
                begin = time.perf_counter_ns()
                connection.ask(message(email))
                times.append((time.perf_counter_ns() - begin) / 1000)
    trial.note(f"POST {path} answers 409 for a taken address after "
               f"{statistics.median(taken):,.0f} µs (median), and makes the account for a free one "
               f"in {statistics.median(free):,.0f} µs: the status tells, the time adds nothing; "
               "how often anybody may ask is what the limits bound.")
