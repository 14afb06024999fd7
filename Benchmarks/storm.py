"""`me` while everybody signs in: its p99, and whether more clients sign in any slower."""

import statistics
import time

import derivation
from bench import Bench
from harness import population, wire
from harness.daemon import QuietDaemon
from harness.tables import milliseconds, per_second
from harness.wrk import Generator, Load
from hey import Crowd
from table import AT_LEAST, AT_MOST, Row, Target, spread

MANY = 64
# Where the quiet p99 is smaller than half of it, this bounds the other one.
FLOOR_MILLISECONDS = 10.0
READERS, PAUSE_MILLISECONDS = 16, 16


def during(daemon: QuietDaemon, generator: Generator, request: bytes, clients: int,
           seconds: int) -> tuple[Load, float, int]:
    """Asks for `me` in the middle of a storm."""
    crowd = Crowd.start(daemon, clients, seconds + 2)
    try:
        # So long that the queue in front of the derivations is full.
        time.sleep(1)
        load = generator.run(daemon.port, request, seconds)
        rate, refused = crowd.finish()
    finally:
        crowd.end()
    return load, rate, refused


def measure(bench: Bench) -> None:
    """The rows about the storm."""
    daemon = QuietDaemon(bench.directory / "storm")
    bearer = wire.me(wire.set_up(daemon.port).token)
    population.fill(daemon, 1, derivation.ITERATIONS)
    readers = {
        f"{1000 // PAUSE_MILLISECONDS * READERS:,} asked a second":
            Generator(READERS, pause_milliseconds=PAUSE_MILLISECONDS),
        "asked without pause": Generator(READERS),
    }
    beside: list[float] = []
    logins: dict[int, list[float]] = {MANY: [], 2 * MANY: []}
    refusals = {MANY: 0, 2 * MANY: 0}
    for name, generator in readers.items():
        quiet, stormy = [], []
        for number in range(bench.plan.storm_rounds):
            bench.say(f"storm, {name}: round {number + 1} of {bench.plan.storm_rounds}")
            quiet.append(generator.run(daemon.port, bearer, max(bench.plan.storm_seconds - 1, 1)))
            # The second kind of readers leaves little of two cores for more clients to share.
            for clients in (MANY, 2 * MANY) if generator.pause_milliseconds else (MANY,):
                load, rate, refused = during(daemon, generator, bearer, clients,
                                             bench.plan.storm_seconds)
                if clients == MANY:
                    stormy.append(load)
                if generator.pause_milliseconds:
                    logins[clients].append(rate)
                    refusals[clients] += refused
                else:
                    beside.append(rate)
        add(bench, name, quiet, stormy)
    daemon.stop()
    bench.report.compare(
        f"logins, {2 * MANY} clients beside {MANY}", logins[2 * MANY], logins[MANY],
        per_second, f"{MANY} clients ", Target(AT_LEAST, 0.95), "not less (≥ 0.95)")
    bench.report.notes.append(
        f"Storm: logins at {derivation.ITERATIONS:,} iterations by hey, `me` by wrk with one "
        f"thread and {READERS} connections; nothing is pinned, so both generators share the "
        f"cores with the server. Logins answered with 503: {refusals[MANY]} at {MANY} clients, "
        f"{refusals[2 * MANY]} at {2 * MANY}. While `me` is asked without pause, "
        f"{statistics.median(beside):.1f} logins a second are left. The ratio is the share of "
        "what is allowed.")


def add(bench: Bench, name: str, quiet: list[Load], stormy: list[Load]) -> None:
    """The row of a kind of readers."""
    calm, rough = ([load.p99 for load in loads] for loads in (quiet, stormy))
    allowed = max(2 * statistics.median(calm), FLOOR_MILLISECONDS)
    rates = [per_second(statistics.median(load.rate for load in loads))
             for loads in (quiet, stormy)]
    bench.report.rows.append(Row(
        f"p99 of me while {MANY} log in, {name}",
        f"{spread(rough, milliseconds)} at {rates[1]}",
        f"quiet {spread(calm, milliseconds)} at {rates[0]}", statistics.median(rough) / allowed,
        None, Target(AT_MOST, 1), f"≤ {milliseconds(allowed)}"))
