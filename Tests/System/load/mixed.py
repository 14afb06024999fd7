"""A long mixed load: every endpoint, and what the daemon holds minute by minute."""

import statistics
import threading
import time
from collections import Counter
from dataclasses import dataclass

from harness.process import Failure
from harness.tables import count, mebibytes
from harness.topic import Context
from load import stories
from load.observed import ObservedDaemon

# The first part is not judged: caches fill.
WARM_SHARE = 0.25
PEOPLE = 8
# Cheaper than the default, so that requests are many.
ITERATIONS = 1_000
# How fast memory may grow after the first part: far less than a leak of 50 bytes an account, or of a
# byte a request. Reported, not checked.
BOUND_KIBIBYTES = 64
LOCK = threading.Lock()


@dataclass(frozen=True)
class Sample:
    """What the daemon held at one moment."""

    minute: float
    requests: int
    resident: int
    descriptors: int
    threads: int
    database: int
    log: int


def run(context: Context) -> None:
    """Stories without pause for as long as the options say."""
    minutes = context.options.minutes
    daemon = ObservedDaemon(context.directory / "daemon", PASSWORD_ITERATIONS=ITERATIONS,
                            MAIL_TRANSPORT="none")
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
    context.check("every request gets the right response", counted.total() > 0 and not wrong,
                  wrong[:5])
    context.note(f"{counted.total():,} responses: " + ", ".join(
        f"{number:,} {status}" for status, number in sorted(counted.items())))
    report(context, samples, minutes)
    daemon.check_return(context, before)
    daemon.stop()


def live(daemon: ObservedDaemon, number: int, counted: Counter[int], wrong: list[str],
         is_over: threading.Event) -> None:
    """One person, who lives one story after the other, each on a connection of its own."""
    # Counted separately and added up: the threads would overwrite each other's sums.
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


def sample(daemon: ObservedDaemon, minute: float, requests: int) -> Sample:
    """Measures the daemon and its files."""
    now = daemon.holdings()
    sizes = [path.stat().st_size if path.exists() else 0 for path in (
        daemon.data / "lunauth.db", daemon.data / "lunauth.db-wal")]
    return Sample(minute, requests, now.resident, now.descriptors - now.sockets, now.threads,
                  *sizes)


def report(context: Context, samples: list[Sample], minutes: float) -> None:
    """The table, and a sentence about the trend of memory after the warm-up."""
    context.table(
        "minute by minute",
        ["minute", "requests", "memory", "descriptors without sockets", "threads", "database",
         "WAL"],
        [[f"{each.minute:.1f}", count(each.requests), mebibytes(each.resident),
          str(each.descriptors), str(each.threads), mebibytes(each.database),
          mebibytes(each.log)] for each in samples])
    rest = [each for each in samples if each.minute >= minutes * WARM_SHARE]
    if len(rest) < 3:
        context.note("Memory: too few samples for a trend.")
        return
    trend = statistics.linear_regression([each.minute for each in rest],
                                         [each.resident / 1024 for each in rest])
    verdict = "within" if trend.slope <= BOUND_KIBIBYTES else "beyond"
    context.note(f"Memory: after the first {rest[0].minute:.1f} minutes the trend is "
                 f"{trend.slope:+.1f} KiB a minute over {len(rest)} samples, {verdict} the bound of "
                 f"{BOUND_KIBIBYTES} KiB a minute.")
