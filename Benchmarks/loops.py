"""Two event loops beside one, with both cores shared with the load generator."""

from bench import Bench
from harness import wire
from harness.daemon import QuietDaemon
from harness.tables import per_second
from harness.wrk import Generator
from me import DEPTH, Series


def measure(bench: Bench) -> None:
    """Two rows: plain, and pipelined, where the generator needs less for a request."""
    one, two = (QuietDaemon(bench.directory / f"loops-{count}", EVENTLOOPS=count) for count in (1, 2))
    bearers = {server: wire.me(wire.set_up(server.port).token) for server in (one, two)}
    generator = Generator(threads=2)
    for name, depth in ("", 1), (f", {DEPTH}-deep pipelining", DEPTH):
        series = {server: Series() for server in (one, two)}
        for number in range(bench.plan.side_rounds):
            bench.say(f"two event loops{name}: round {number + 1} of {bench.plan.side_rounds}")
            for server, bearer in bearers.items():
                series[server].run(server, generator, bearer * depth, bench.plan.me_seconds)
        bench.report.compare(f"me, two event loops beside one{name}", series[two].rates,
                             series[one].rates, per_second, "one ")
        bench.report.notes.append(
            f"Two event loops{name}: nothing is pinned and the generator has two threads on the "
            f"same two cores; the server computed {series[one].busy:.2f} s in a second with one "
            f"loop and {series[two].busy:.2f} s with two, the rest was the generator's.")
    one.stop()
    two.stop()
