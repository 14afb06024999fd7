"""`me`, login and the lists of administrators as accounts and sessions become many."""

import random
from dataclasses import dataclass, field

from bench import Bench
from harness import population, wire
from harness.daemon import QuietDaemon
from harness.tables import mebibytes, milliseconds, per_second
from harness.wrk import NUMBER, Generator
from me import GENERATOR_CORE, SERVER_CORE
from table import AT_LEAST, AT_MOST, Row, Target

ITERATIONS = 1_000
# Sessions that are in use at one time, the same number at each size.
ACTIVE = 1_000
ALL_CORES = (0, 1)
# Pages of the list of accounts, by what their queries add.
LISTS = {
    "the newest accounts": "",
    "accounts by name": "&sort=name",
    "a search for one account": "&query={one}",
    "a search for a word that all have": "&query=user",
}
SIGN_IN_PAGE = wire.request("GET", "/auth/login", {"Accept": "text/html"})
# About as many sessions with their accounts as the daemon keeps in memory by default.
CACHED = 100_000


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
    for size in sizes[1:]:
        measure_equally_likely(bench, size, smallest, rounds)
    for size in sizes:
        bench.report.tell(f"memory with {size.accounts:,} accounts, after `me` and logins",
                          mebibytes(size.resident))
        size.daemon.stop()
    bench.report.notes.append(
        f"Growth: {ACTIVE:,} sessions drawn from all ask for `me`, at each size as many; random "
        f"accounts log in, each of which begins a session durably. By default the caches hold about "
        f"{CACHED:,} sessions with their accounts. Each session equally likely: {CACHED:,} drawn from "
        "all; where there are more, others in each round, which are read from the database.")


def measure_equally_likely(bench: Bench, size: Size, smallest: Size, rounds: int) -> None:
    """Every session as likely as any other, beside the smallest size in the same rounds."""
    fits = size.accounts <= CACHED
    source = random.Random(0)
    drawn = size.bearers(source, CACHED)
    for each in smallest, size:
        each.daemon.pin([SERVER_CORE])
    generator = Generator(core=GENERATOR_CORE)
    bench.say(f"growth, each of {size.accounts:,} sessions equally likely: filling the caches")
    # Each run begins anew: once it gets to the end, all that fit are in memory.
    while generator.run(size.daemon.port, drawn, 3).requests < CACHED:
        pass
    full = size.daemon.resident_bytes()
    few, many, resident = [], [], []
    for number in range(rounds):
        bench.say(f"growth, each equally likely: round {number + 1} of {rounds}")
        # Where not all fit, others each time: of those that are asked for, none was before.
        bearers = drawn if fits else size.bearers(source, CACHED)
        few.append(generator.run(smallest.daemon.port, smallest.active, bench.plan.growth_seconds))
        many.append(generator.run(size.daemon.port, bearers, bench.plan.growth_seconds))
        resident.append(size.daemon.resident_bytes())
    what = f"me with {size.accounts:,}, each session equally likely"
    named = f"{smallest.accounts:,}: "
    bench.report.compare(what, [each.rate for each in many], [each.rate for each in few],
                         per_second, named, Target(AT_LEAST, 0.6) if fits else None)
    bench.report.compare(f"p99 of {what}", [each.p99 for each in many],
                         [each.p99 for each in few], milliseconds, named)
    bench.report.rows.append(Row(
        f"memory with {size.accounts:,} after ever other sessions, beside full caches",
        mebibytes(resident[-1]), mebibytes(full), resident[-1] / full, None,
        Target(AT_MOST, 1.05), "bounded (≤ 1.05)"))
