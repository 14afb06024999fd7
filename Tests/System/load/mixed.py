"""A long mixed load: every endpoint, and what the daemon holds minute by minute."""

import statistics
import threading
import time
from collections import Counter
from dataclasses import dataclass

import stories
from processes import Failure
from table import count, mebibytes
from trial import Trial
from watched import Watched

# How long it lasts, and of that how much is not yet judged: caches fill.
minutes = 60.0
WARM_SHARE = 0.25
PEOPLE = 8
# Cheaper than the default, that requests are many.
ITERATIONS = 1_000
# How fast memory may grow after the warm-up, for a sentence: far less than 50 bytes that each
# account would leave behind, or one that each request would.
BOUND_KIBIBYTES = 64
LOCK = threading.Lock()


@dataclass(frozen=True)
class Sample:
    """How it stood at one moment."""

    minute: float
    requests: int
    resident: int
    descriptors: int
    threads: int
    database: int
    log: int


def run(trial: Trial) -> None:
    """Stories without pause for as long as was asked for."""
    daemon = Watched(trial.directory / "mixed", PASSWORD_ITERATIONS=ITERATIONS,
                     MAIL_TRANSPORT="none")
    trial.say(f"mixed load: {minutes:g} minutes")
    before = daemon.warm_up()
    counted: Counter[int] = Counter()
    wrong: list[str] = []
    is_over = threading.Event()
    people = [threading.Thread(target=live, args=(daemon, number, counted, wrong, is_over))
              for number in range(PEOPLE)]
    begin = time.monotonic()
    for person in people:
        person.start()
    samples = []
    try:
        # A minute apart, closer together where there are few.
        pause = min(60.0, minutes * 60 / 20)
        while (passed := time.monotonic() - begin) < minutes * 60 + 1:
            samples.append(sample(daemon, passed / 60, counted.total()))
            time.sleep(pause)
    finally:
        is_over.set()
        for person in people:
            person.join()
    trial.check(f"mixed load: each of {counted.total():,} requests got its right answer",
                counted.total() > 0 and not wrong, wrong[:5])
    trial.note("answers: " + ", ".join(
        f"{number:,} {status}" for status, number in sorted(counted.items())))
    tell(trial, samples)
    daemon.check_return(trial, "mixed load", before)
    daemon.stop()


def live(daemon: Watched, number: int, counted: Counter[int], wrong: list[str],
         is_over: threading.Event) -> None:
    """Somebody who does one thing after the other, each on a connection that is kept for it."""
    # Counted apart and added up: the threads would overwrite each other's sums.
    own: Counter[int] = Counter()
    person = stories.Person(daemon, own)
    while not is_over.is_set():
        story = stories.STORIES[number % len(stories.STORIES)]
        number += 1
        try:
            story(person)
        except (OSError, Failure, KeyError, TypeError) as error:
            wrong.append(f"{story.__name__}: {error!r}")
            if len(wrong) > 100:
                return
        person.close()
        with LOCK:
            counted.update(own)
        own.clear()


def sample(daemon: Watched, minute: float, requests: int) -> Sample:
    """Looks at the daemon and its files."""
    now = daemon.holdings()
    sizes = [path.stat().st_size if path.exists() else 0 for path in (
        daemon.data / "lunauth.db", daemon.data / "lunauth.db-wal")]
    return Sample(minute, requests, now.resident, now.descriptors - now.sockets, now.threads,
                  *sizes)


def tell(trial: Trial, samples: list[Sample]) -> None:
    """The table, and a sentence about the trend of memory after the warm-up."""
    trial.tabulate(
        "mixed load, minute by minute",
        ["minute", "requests", "memory", "descriptors without sockets", "threads", "database",
         "WAL"],
        [[f"{each.minute:.1f}", count(each.requests), mebibytes(each.resident),
          str(each.descriptors), str(each.threads), mebibytes(each.database),
          mebibytes(each.log)] for each in samples])
    rest = [each for each in samples if each.minute >= minutes * WARM_SHARE]
    if len(rest) < 3:
        trial.note("Memory: too few samples for a trend.")
        return
    trend = statistics.linear_regression([each.minute for each in rest],
                                         [each.resident / 1024 for each in rest])
    verdict = "within" if trend.slope <= BOUND_KIBIBYTES else "beyond"
    trial.note(f"Memory: after the first {rest[0].minute:.1f} minutes the trend is "
               f"{trend.slope:+.1f} KiB a minute over {len(rest)} samples, {verdict} the bound of "
               f"{BOUND_KIBIBYTES} KiB a minute.")
