"""Requests to one daemon and to three on one PostgreSQL database, and what they cost it."""

import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from bench import Bench
from database import Database, programs
from harness import wire
from harness.daemon import QuietDaemon
from harness.process import Failure
from harness.tables import mebibytes, per_second
from harness.wrk import NUMBER, Generator, Load
from relay import Relay
from table import spread

ITERATIONS = 1_000
CLIENTS = 48
ACCOUNTS = 200
SECRET_KEY = "5c" * 31 + "07"
# Requests one after the other, whose round trips are counted.
COUNTED = 100


def measure(bench: Bench) -> None:
    """The rows about PostgreSQL; none where it is not installed."""
    if not programs():
        bench.report.notes.append("PostgreSQL is not installed: nothing was measured there.")
        return
    server = Database(bench.directory / "postgresql")
    cluster = Cluster.start(bench, server)
    count_round_trips(bench, cluster)
    for name, requests, mode in cluster.kinds():
        measure_kind(bench, cluster, name, requests, mode)
    tell_sizes(bench, cluster)
    cluster.stop()
    server.stop()
    bench.report.notes.append(
        f"PostgreSQL: {CLIENTS} clients on one daemon or divided among three, with passwords of "
        f"{ITERATIONS:,} iterations; the daemons, the database with `fsync=on`, and wrk share the "
        "cores of this machine, so that three daemons are no faster than one here: what grows is "
        "what each of them costs besides. The share of PostgreSQL is the processor time of all "
        "its processes for each request. Round trips are counted by a relay between one daemon "
        f"and the database, for {COUNTED} requests one after the other, less those that the daemon "
        "makes in the same time without requests.")


@dataclass
class Cluster:
    """Daemons on one database."""

    server: Database
    relay: Relay
    # Three, and one more behind the relay.
    daemons: list[QuietDaemon]
    counted: QuietDaemon
    # Of sessions.
    credentials: list[wire.Credentials]

    @staticmethod
    def start(bench: Bench, server: Database) -> "Cluster":
        """Starts them, and signs people up."""
        relay = Relay(server.port)

        def daemon(name: str, port: int) -> QuietDaemon:
            return QuietDaemon(
                bench.directory / name, PASSWORD_ITERATIONS=ITERATIONS, SECRET_KEY=SECRET_KEY,
                DATABASE=server.address(port))

        daemons = [daemon(f"postgresql-{number}", server.port) for number in range(3)]
        wire.set_up(daemons[0].port)
        people = []
        for number in range(ACCOUNTS):
            request = wire.signup(f"p{number}@example.com")
            people.append(wire.Credentials.of(wire.exchange(daemons[0].port, request)))
        return Cluster(server, relay, daemons, daemon("postgresql-counted", relay.port), people)

    def kinds(self) -> list[tuple[str, list[bytes], str]]:
        """What is asked for: a name, the requests, and how wrk uses them."""
        few = self.credentials[:64]
        return [
            ("me", [wire.me(each.token) for each in few], "cycle"),
            ("refresh", [refresh(each.cookie) for each in few], "cycle"),
            (f"logins ({ITERATIONS:,} iterations)",
             [wire.login(f"p{number}@example.com") for number in range(ACCOUNTS)], "cycle"),
            (f"signups ({ITERATIONS:,} iterations)", [wire.signup(f"r{NUMBER}@example.com")],
             "unique"),
        ]

    def stop(self) -> None:
        """Ends all of them."""
        for daemon in [*self.daemons, self.counted]:
            daemon.stop()


def refresh(cookie: str) -> bytes:
    """Asks for another JWT of a session."""
    return wire.request("POST", "/auth/refresh", {
        "Cookie": f"session_token={cookie}", "Origin": "http://localhost", "Content-Length": "0"})


def measure_kind(bench: Bench, cluster: Cluster, name: str, requests: list[bytes],
                 mode: str) -> None:
    """Adds a row: three daemons beside one."""
    one, three, ours, theirs = [], [], [], []
    rounds = bench.plan.side_rounds
    for number in range(rounds):
        bench.say(f"{name} on PostgreSQL: round {number + 1} of {rounds}")
        for daemons, rates in ((cluster.daemons[:1], one), (cluster.daemons, three)):
            before = daemons[0].cpu_seconds(), cluster.server.cpu_seconds()
            # Addresses that no other round has asked for.
            numbered = [
                [wire.signup(f"r{number}x{len(daemons)}x{index}x{NUMBER}@example.com")]
                if mode == "unique" else requests for index in range(len(daemons))]
            loads = at_once([
                lambda daemon=daemon, mine=mine: Generator(CLIENTS // len(daemons)).run(
                    daemon.port, mine if len(mine) > 1 else mine[0],
                    bench.plan.signup_seconds + 1, mode)
                for daemon, mine in zip(daemons, numbered, strict=True)])
            rates.append(sum(load.rate for load in loads))
            served = sum(load.requests for load in loads)
            if len(daemons) == 1:
                ours.append((daemons[0].cpu_seconds() - before[0]) / served)
                theirs.append((cluster.server.cpu_seconds() - before[1]) / served)
    bench.report.compare(f"{name} on PostgreSQL, three daemons beside one, {CLIENTS} clients",
                         three, one, per_second, "one ")
    bench.report.tell(
        f"processor time of a request on PostgreSQL: {name}",
        f"daemon {statistics.median(ours) * 1e6:,.0f} µs",
        f"database {statistics.median(theirs) * 1e6:,.0f} µs")


def at_once(works: list[Callable[[], Load]]) -> list[Load]:
    """Does several things at the same time; what each returns."""
    found: dict[int, Load] = {}

    def run(index: int, work: Callable[[], Load]) -> None:
        found[index] = work()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(found) != len(works):
        raise Failure("a load generator failed")
    return [found[index] for index in range(len(works))]


def count_round_trips(bench: Bench, cluster: Cluster) -> None:
    """Adds a row: the round trips of each kind of request."""
    bench.say("round trips to PostgreSQL")
    port, found = cluster.counted.port, []
    begin, before = time.monotonic(), cluster.relay.round_trips
    time.sleep(3)
    idle = (cluster.relay.round_trips - before) / (time.monotonic() - begin)
    for name, requests, mode in cluster.kinds():
        if mode == "unique":
            requests = [requests[0].replace(NUMBER.encode(), f"{number:010d}".encode())
                        for number in range(COUNTED)]
        else:
            requests = [requests[number % len(requests)] for number in range(COUNTED)]
            if not name.startswith("logins"):
                # What is in memory from then on.
                for each in set(requests):
                    wire.exchange(port, each)
        begin, before = time.monotonic(), cluster.relay.round_trips
        for each in requests:
            wire.exchange(port, each)
        seconds = time.monotonic() - begin
        trips = (cluster.relay.round_trips - before - idle * seconds) / COUNTED
        found.append(f"{name} {max(trips, 0):.1f}")
    bench.report.tell("round trips to PostgreSQL a request", ", ".join(found),
                      f"a daemon without requests: {idle:.1f} a second")


def tell_sizes(bench: Bench, cluster: Cluster) -> None:
    """Adds rows: what is stored for a signup, and memory."""
    cluster.server.execute("VACUUM FREEZE")
    accounts = int(cluster.server.execute("SELECT count(*) FROM accounts"))
    size = int(cluster.server.execute("SELECT pg_database_size(current_database())"))
    sessions = int(cluster.server.execute("SELECT count(*) FROM sessions"))
    bench.report.tell(
        f"the database with {accounts:,} accounts and {sessions:,} sessions", mebibytes(size),
        f"{size / accounts:,.0f} B an account")
    bench.report.tell("memory of a daemon on PostgreSQL, after all that",
                      spread([each.resident_bytes() for each in cluster.daemons], mebibytes))
