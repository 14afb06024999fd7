"""`me`, login and the lists of administrators as accounts and sessions become many."""

import random
from dataclasses import dataclass, field

from bench import Bench
from harness import population, wire
from harness.daemon import QuietDaemon
from harness.tables import mebibytes, per_second
from harness.wrk import NUMBER, Generator
from me import GENERATOR_CORE, SERVER_CORE
from table import AT_LEAST, AT_MOST, Row, Target

ITERATIONS = 1_000
# Sessions that are in use at one time, the same number at each size.
ACTIVE = 1_000
# Enough different sessions that each has left the caches before it is asked for again.
COLD = 40_000
ALL_CORES = (0, 1)
# Pages of the list of accounts, by what their queries add.
LISTS = {
    "the newest accounts": "",
    "accounts by name": "&sort=name",
    "a search for one account": "&query={one}",
    "a search for a word that all have": "&query=user",
}
SIGN_IN_PAGE = wire.request("GET", "/auth/login", {"Accept": "text/html"})
# The default size of each of the daemon's caches.
CACHED = 10_000


@dataclass
class Size:
    """A daemon with so many accounts."""

    accounts: int
    daemon: QuietDaemon
    signer: population.Signer
    active: list[bytes]
    owner: str
    me: list[float] = field(default_factory=list)
    login: list[float] = field(default_factory=list)
    sign_in_page: list[float] = field(default_factory=list)
    lists: dict[str, list[float]] = field(default_factory=lambda: {each: [] for each in LISTS})
    resident: int = 0

    def page(self, query: str) -> bytes:
        """One page of the list of accounts, for the owner."""
        query = query.format(one=f"u{self.accounts // 2:010d}")
        return wire.request("GET", f"/auth/users?limit=50{query}",
                            {"Cookie": f"session_token={self.owner}"})

    def bearers(self, random_source: random.Random, number: int) -> list[bytes]:
        """Requests with the tokens of sessions drawn from all."""
        chosen = random_source.sample(range(self.accounts), min(number, self.accounts))
        return [wire.me(self.signer.token(account)) for account in chosen]


def prepare(bench: Bench, accounts: int) -> Size:
    """A daemon, filled."""
    bench.say(f"growth: writing {accounts:,} accounts and sessions")
    daemon = QuietDaemon(bench.directory / f"accounts-{accounts}", EVENTLOOPS=1,
                    PASSWORD_ITERATIONS=ITERATIONS)
    owner = wire.set_up(daemon.port)
    signer = population.Signer(daemon, owner.token)
    population.fill(daemon, accounts, ITERATIONS)
    size = Size(accounts, daemon, signer, [], owner.cookie)
    size.active = size.bearers(random.Random(accounts), ACTIVE)
    return size


def measure(bench: Bench) -> None:
    """The rows about growth."""
    sizes = [prepare(bench, accounts) for accounts in bench.plan.sizes]
    rounds = bench.plan.side_rounds
    seconds = bench.plan.growth_seconds
    template = wire.login(population.email(NUMBER))
    for number in range(rounds):
        bench.say(f"growth: round {number + 1} of {rounds}")
        for size in sizes:
            size.daemon.pin([SERVER_CORE])
            one = Generator(core=GENERATOR_CORE)
            if not number:
                one.run(size.daemon.port, size.active, 1)
            size.me.append(one.run(size.daemon.port, size.active, seconds).rate)
            size.sign_in_page.append(one.run(size.daemon.port, SIGN_IN_PAGE, seconds).rate)
        for size in sizes:
            size.daemon.pin(ALL_CORES)
            size.login.append(Generator().run(size.daemon.port, template, seconds, "random",
                                              size.accounts, number).rate)
            size.daemon.wait_until_idle()
        for what, query in LISTS.items():
            for size in sizes:
                load = Generator().run(size.daemon.port, size.page(query), seconds)
                size.lists[what].append(load.rate)
    smallest = sizes[0]
    bench.report.compare("the sign-in page", smallest.sign_in_page, smallest.me, per_second,
                         "me: ", Target(AT_LEAST, 0.8))
    for size in sizes:
        size.resident = size.daemon.resident_bytes()
    for size in sizes[1:]:
        bench.report.compare(f"me with {size.accounts:,} accounts and sessions", size.me,
                             smallest.me, per_second, f"{smallest.accounts:,}: ",
                             Target(AT_LEAST, 0.9))
    for size in sizes[1:]:
        bench.report.compare(f"login ({ITERATIONS:,} iterations) with {size.accounts:,} accounts",
                             size.login, smallest.login, per_second, f"{smallest.accounts:,}: ",
                             Target(AT_LEAST, 0.8))
    for what in LISTS:
        for size in sizes[1:]:
            bench.report.compare(f"{what}, of {size.accounts:,}", size.lists[what],
                                 smallest.lists[what], per_second, f"{smallest.accounts:,}: ",
                                 Target(AT_LEAST, 0.8))
    measure_cold(bench, sizes[-1], smallest, rounds)
    for size in sizes:
        bench.report.tell(f"memory with {size.accounts:,} accounts, after `me` and logins",
                          mebibytes(size.resident))
        size.daemon.stop()
    bench.report.notes.append(
        f"Growth: {ACTIVE:,} sessions drawn from all ask for `me`, at each size as many; random "
        f"accounts log in, each of which begins a session durably. The caches hold {CACHED:,} "
        f"sessions and as many accounts. Each session equally likely: {COLD:,} "
        "others in each round, all of which are read from the database.")


def measure_cold(bench: Bench, size: Size, smallest: Size, rounds: int) -> None:
    """Every session as likely as any other, at the largest size: the caches are of no use."""
    source = random.Random(0)
    size.daemon.pin([SERVER_CORE])
    bench.say("growth, sessions that are not in memory: filling the caches")
    generator, filled = Generator(core=GENERATOR_CORE), 0
    while filled < 1.2 * CACHED:
        filled += generator.run(size.daemon.port, size.bearers(source, COLD), 1).requests
    full = size.daemon.resident_bytes()
    rates, resident = [], []
    for number in range(rounds):
        bench.say(f"growth, sessions that are not in memory: round {number + 1} of {rounds}")
        bearers = size.bearers(source, COLD)
        rates.append(generator.run(size.daemon.port, bearers, bench.plan.growth_seconds).rate)
        resident.append(size.daemon.resident_bytes())
    bench.report.compare(
        f"me with {size.accounts:,}, each session equally likely", rates,
        smallest.me, per_second, f"{smallest.accounts:,}: ")
    bench.report.rows.append(Row(
        "memory after ever other sessions, beside full caches",
        mebibytes(resident[-1]), mebibytes(full), resident[-1] / full, None,
        Target(AT_MOST, 1.05), "bounded (≤ 1.05)"))
