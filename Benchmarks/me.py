"""`GET /auth/me` beside nginx that returns the same bytes: one event loop, one worker."""

import pathlib
import statistics
from dataclasses import dataclass, field

from bench import Bench
from harness import wire
from harness.daemon import QuietDaemon
from harness.process import Failure
from harness.server import Server
from harness.tables import milliseconds, per_second
from harness.wrk import Generator, Load
from nginx import Nginx
from table import AT_LEAST, AT_MOST, Target, spread

SERVER_CORE, GENERATOR_CORE = 0, 1
DEPTH = 16
# As many exchanges as a connection has had in the middle of a run, so that counters in the response
# have as many digits.
SAMPLE_EXCHANGES = 1_500
# From here on a core counts as busy all the time.
BUSY = 0.95


@dataclass
class Series:
    """The runs of one server."""

    loads: list[Load] = field(default_factory=list)
    cpu_seconds: list[float] = field(default_factory=list)

    def run(self, server: Server, generator: Generator, requests: bytes, seconds: int) -> None:
        """Adds a run."""
        before = server.cpu_seconds()
        load = generator.run(server.port, requests, seconds)
        self.cpu_seconds.append(server.cpu_seconds() - before)
        self.loads.append(load)

    @property
    def rates(self) -> list[float]:
        """Requests a second."""
        return [load.rate for load in self.loads]

    @property
    def p99s(self) -> list[float]:
        """Milliseconds."""
        return [load.p99 for load in self.loads]

    @property
    def rates_by_cpu(self) -> list[float]:
        """Requests a second of the server's own computing."""
        return [load.requests / cpu for load, cpu in zip(self.loads, self.cpu_seconds, strict=True)]

    @property
    def busy(self) -> float:
        """How much of the time the server computed."""
        return statistics.median(
            cpu / load.seconds for load, cpu in zip(self.loads, self.cpu_seconds, strict=True))

    @property
    def generator_busy(self) -> float:
        """How much of the time the generator computed."""
        return statistics.median(load.cpu_seconds / load.seconds for load in self.loads)

    @property
    def limit(self) -> str:
        """What kept the rate from being higher."""
        full = [name for name, busy in (("server", self.busy), ("generator", self.generator_busy))
                if busy >= BUSY]
        return "waiting" if not full else full[0] if len(full) == 1 else "both"

    @property
    def use(self) -> str:
        """How busy both cores were, and which was the limit."""
        return f"{self.busy:.0%}, {min(self.generator_busy, 1):.0%}: {self.limit}"

    @property
    def bytes_each(self) -> float:
        """Bytes of a response."""
        return sum(load.bytes for load in self.loads) / sum(load.requests for load in self.loads)


def nginx_like(directory: pathlib.Path, daemon: QuietDaemon, request: bytes,
               is_logging: bool = False) -> Nginx:
    """An nginx whose response is exactly as long as lunauth's.

    Two fields that it sends by itself (Server, Connection) replace those of lunauth that are always the
    same (Cache-Control, X-Content-Type-Options, Content-Security-Policy, Referrer-Policy); the request
    id is a constant, with what is missing in length.
    """
    ours = sample(daemon, request)
    nginx = Nginx(directory, ours.body.decode(), {"X-Request-Id": "0"}, is_logging)
    missing = ours.length - sample(nginx, request).length
    if missing < 0:
        raise Failure(f"nginx cannot respond in {ours.length} bytes")
    nginx.fields = {"X-Request-Id": "0" * (1 + missing)}
    nginx.restart()
    theirs = sample(nginx, request)
    if (theirs.length, theirs.body) != (ours.length, ours.body):
        raise Failure(f"nginx responds in {theirs.length} bytes, not {ours.length}")
    return nginx


def sample(server: Server, request: bytes) -> wire.Response:
    """A response from the middle of a connection."""
    with wire.Connection(server.port) as connection:
        return [connection.exchange(request) for _ in range(SAMPLE_EXCHANGES)][-1]


def compare(bench: Bench, name: str, daemon: QuietDaemon, nginx: Nginx, request: bytes,
            rounds: int, is_warm: bool = True, is_pinned: bool = True) -> tuple[Series, Series]:
    """Runs both by turns, and adds what a second of their computing gives."""
    ours, theirs = Series(), Series()
    generator = Generator(core=GENERATOR_CORE if is_pinned else None)
    for server in daemon, nginx:
        server.pin([SERVER_CORE] if is_pinned else [SERVER_CORE, GENERATOR_CORE])
        if not is_warm:
            Series().run(server, generator, request, 1)
    for number in range(rounds):
        bench.say(f"me, {name}: round {number + 1} of {rounds}")
        ours.run(daemon, generator, request, bench.plan.me_seconds)
        theirs.run(nginx, generator, request, bench.plan.me_seconds)
    if abs(ours.bytes_each / theirs.bytes_each - 1) > 0.01:
        raise Failure(f"responses of {ours.bytes_each:.1f} bytes beside {theirs.bytes_each:.1f}")
    ratios = [a / b for a, b in zip(ours.rates_by_cpu, theirs.rates_by_cpu, strict=True)]
    bench.report.efficiency.append([
        name, spread(ours.rates_by_cpu, per_second), spread(theirs.rates_by_cpu, per_second),
        f"{statistics.median(ratios):.2f}", ours.use, theirs.use])
    return ours, theirs


def measure(bench: Bench) -> None:
    """All rows about `me` on one core."""
    daemon = QuietDaemon(bench.directory / "me", EVENTLOOPS=1)
    credentials = wire.set_up(daemon.port)
    bearer, cookie = wire.me(credentials.token), wire.me_by_cookie(credentials.cookie)
    nginx = nginx_like(bench.directory / "nginx", daemon, bearer)
    report, rounds = bench.report, bench.plan.rounds
    wanted = Target(AT_LEAST, 1)

    ours, theirs = compare(bench, "Bearer", daemon, nginx, bearer, rounds,
                           is_warm=False)
    report.compare("me, Bearer token, 64 connections", ours.rates, theirs.rates, per_second,
                   "nginx ", wanted)
    report.compare("p99 of me, Bearer token", ours.p99s, theirs.p99s, milliseconds, "nginx ",
                   Target(AT_MOST, 1))
    ours, theirs = compare(bench, "cookie", daemon, nginx, cookie, rounds)
    report.compare("me, cookie, 64 connections", ours.rates, theirs.rates, per_second, "nginx ",
                   wanted)
    ours, theirs = compare(bench, "Bearer, unpinned", daemon, nginx, bearer, rounds,
                           is_pinned=False)
    report.compare("me, Bearer token, no program pinned to a core", ours.rates, theirs.rates,
                   per_second, "nginx ", wanted)
    for server in daemon, nginx:
        server.pin([SERVER_CORE])
    compare_verify(bench, daemon, credentials.cookie, cookie)
    ours, theirs = compare(bench, "pipelined", daemon, nginx, bearer * DEPTH, rounds)
    report.compare(f"me, Bearer token, {DEPTH}-deep pipelining", ours.rates, theirs.rates,
                   per_second, "nginx ", wanted)
    daemon.stop()
    nginx.stop()
    measure_logging(bench)


def compare_verify(bench: Bench, daemon: QuietDaemon, cookie: str, request: bytes) -> None:
    """What a proxy asks before each request of an application, beside `me` in the same rounds."""
    verify = wire.request("GET", "/auth/verify?role=member", {
        "Cookie": f"session_token={cookie}", "X-Forwarded-For": "192.0.2.7",
        "X-Forwarded-Proto": "https", "X-Forwarded-Host": "app.example.com",
        "X-Forwarded-Method": "GET", "X-Forwarded-Uri": "/documents?page=2"})
    generator = Generator(core=GENERATOR_CORE)
    verified, identified = Series(), Series()
    for number in range(bench.plan.rounds):
        bench.say(f"verify beside me: round {number + 1} of {bench.plan.rounds}")
        verified.run(daemon, generator, verify, bench.plan.me_seconds)
        identified.run(daemon, generator, request, bench.plan.me_seconds)
    bench.report.compare(
        "verify?role=member with cookie and five X-Forwarded fields", verified.rates,
        identified.rates, per_second, "me by cookie ", Target(AT_LEAST, 0.9))


def measure_logging(bench: Bench) -> None:
    """The same while both write a line a request into a file."""
    daemon = QuietDaemon(bench.directory / "logging", EVENTLOOPS=1, LOG_LEVEL="info")
    bearer = wire.me(wire.set_up(daemon.port).token)
    nginx = nginx_like(bench.directory / "nginx-logging", daemon, bearer, is_logging=True)
    ours, theirs = compare(bench, "Bearer, logging", daemon, nginx, bearer,
                           bench.plan.side_rounds, is_warm=False)
    bench.report.compare("me, Bearer token, both logging to a file", ours.rates, theirs.rates,
                         per_second, "nginx ", Target(AT_LEAST, 1))
    daemon.stop()
    nginx.stop()
