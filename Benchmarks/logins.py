"""Logins at the default cost beside the bare derivations, on all cores."""

import time
from concurrent.futures import ThreadPoolExecutor

import derivation
from bench import Bench
from harness import population, wire
from harness.daemon import QuietDaemon
from harness.process import Failure
from harness.tables import per_second
from hey import Crowd
from table import AT_LEAST, Target

CLIENTS = 64
# Each on a thread of this program: they wait nearly all of the time.
PYTHON_CLIENTS = 8


def measure(bench: Bench) -> None:
    """Three rows, and the cycles behind them."""
    daemon = QuietDaemon(bench.directory / "logins")
    wire.set_up(daemon.port)
    population.fill(daemon, 1, derivation.ITERATIONS)
    logins, by_python, bare, reference = [], [], [], []
    plan = bench.plan
    for number in range(plan.rounds):
        bench.say(f"logins: round {number + 1} of {plan.rounds}")
        rate, refused = Crowd.start(daemon, CLIENTS, plan.login_seconds).finish()
        if refused:
            raise Failure(f"{refused} logins were refused")
        logins.append(rate)
        by_python.append(rate_of_python(daemon, plan.login_seconds))
        bare.append(derivation.run(derivation.BLOCK_FUNCTION, max(plan.login_seconds // 2, 1)))
        reference.append(derivation.run(derivation.REFERENCE, max(plan.login_seconds // 2, 1)))
    daemon.stop()
    name = f"logins ({derivation.ITERATIONS:,} iterations) beside"
    bench.report.compare(f"{name} OpenSSL's derivations", logins,
                         [each.per_second for each in reference], per_second,
                         "PKCS5_PBKDF2_HMAC ", Target(AT_LEAST, 2.2))
    bench.report.compare(f"{name} OpenSSL's, {PYTHON_CLIENTS} Python clients", by_python,
                         [each.per_second for each in reference], per_second,
                         "PKCS5_PBKDF2_HMAC ", Target(AT_LEAST, 2.9))
    bench.report.compare(f"{name} its own derivations", logins,
                         [each.per_second for each in bare], per_second, "bare ",
                         Target(AT_LEAST, 0.95))
    bench.report.notes.append(
        f"Logins: {CLIENTS} clients without pause, by hey; the references derive keys and nothing "
        "else, on all cores.")
    derivation.measure(bench)


def rate_of_python(daemon: QuietDaemon, seconds: int) -> float:
    """Logins a second of a few clients that wait for each response."""
    request = wire.login(population.email(0))
    with ThreadPoolExecutor(PYTHON_CLIENTS) as clients:
        begin = time.monotonic()
        counts = clients.map(lambda _: logins_until(begin + seconds, daemon, request),
                             range(PYTHON_CLIENTS))
        return sum(counts) / (time.monotonic() - begin)


def logins_until(deadline: float, daemon: QuietDaemon, request: bytes) -> int:
    """How many one client made."""
    count = 0
    with wire.Connection(daemon.port) as connection:
        while time.monotonic() < deadline:
            connection.exchange(request)
            count += 1
    return count
