"""Instructions a request for `me`, and the functions that take most of them."""

import collections
import pathlib
import re
import subprocess

import callgrind
import counters
from bench import Bench
from harness import wire
from harness.daemon import QuietDaemon
from harness.process import Failure
from harness.server import Server
from harness.tables import count
from harness.wrk import Generator
from me import GENERATOR_CORE, SERVER_CORE, nginx_like

EVENTS = ["instructions:u", "instructions:k"]
LARGEST = 5
NAME_LENGTH = 110
# Above lie the addresses of the kernel.
USER_END = 1 << 63


def measure(bench: Bench) -> None:
    """The rows with the instructions, and the five largest costs."""
    bench.say("instructions a request")
    if counters.are_there(EVENTS):
        by_counter(bench)
    else:
        by_callgrind(bench)


def by_counter(bench: Bench) -> None:
    """As the processor counts, in user space and in the kernel."""
    daemon = QuietDaemon(bench.directory / "instructions", EVENTLOOPS=1)
    bearer = wire.me(wire.set_up(daemon.port).token)
    nginx = nginx_like(bench.directory / "nginx-instructions", daemon, bearer)
    seconds = bench.plan.me_seconds
    user, kernel = EVENTS
    ours, theirs = (each_request(server, bearer, seconds) for server in (daemon, nginx))
    bench.report.compare("instructions a request for me, user space", [ours[user]], [theirs[user]],
                         count, "nginx ")
    bench.report.compare("instructions a request for me, kernel", [ours[kernel]],
                         [theirs[kernel]], count, "nginx ")
    samples = bench.directory / "samples"
    Generator(core=GENERATOR_CORE).run(
        daemon.port, bearer, seconds,
        before=["perf", "record", "-q", "-e", user, "-o", str(samples), "-p", str(daemon.pid),
                "--"])
    bench.report.costs = shares(samples)
    bench.report.notes.append(
        "Instructions: counted by the processor while 64 connections ask with a Bearer token; the "
        "largest costs are shares of those in user space, by the functions themselves.")
    daemon.stop()
    nginx.stop()


def each_request(server: Server, request: bytes, seconds: int) -> dict[str, float]:
    """Instructions a request, while a server is asked without pause."""
    server.pin([SERVER_CORE])
    output = server.directory / "counts"
    load = Generator(core=GENERATOR_CORE).run(
        server.port, request, seconds, before=counters.prefix(EVENTS, str(output), server.pid))
    return {event: number / load.requests for event, number in counters.read(str(output)).items()}


def shares(samples: pathlib.Path) -> list[tuple[str, float]]:
    """The functions that were met most often, with their shares."""
    done = subprocess.run(["perf", "script", "-i", str(samples), "-F", "ip,sym,dso"],
                          capture_output=True, text=True, timeout=120, check=False)
    met: collections.Counter[str] = collections.Counter()
    for line in done.stdout.splitlines():
        found = re.match(r"\s*([0-9a-f]+) (.*?) \((.*?)\)$", line)
        # A counter that overflows late shows an address of the kernel, whose time it did not count.
        if found and int(found[1], 16) < USER_END:
            library = pathlib.Path(found[3]).name
            # Of a library without symbols no more is known than its name.
            met[f"({library})" if found[2] == "[unknown]" else found[2]] += 1
    if not met:
        raise Failure(f"perf script shows no samples: {done.stderr[-300:]}")
    total = met.total()
    largest = met.most_common(LARGEST)
    return [(readable(name), number / total) for name, number in largest]


def by_callgrind(bench: Bench) -> None:
    """As valgrind counts them, which sees user space alone."""
    few, many = (callgrind.CONNECTIONS * rounds
                 for rounds in (10, 50 if bench.plan.is_quick else 170))
    found = callgrind.difference(bench.directory, few, many)
    bench.report.tell("instructions a request for me, user space (callgrind)",
                      count(found.instructions))
    bench.report.tell("of these outside of libcrypto", count(found.outside_crypto))
    bench.report.costs = [(readable(name), share) for name, share in found.shares[:LARGEST]]
    bench.report.notes.append(
        "Instructions: this machine has no counter for them, so valgrind's callgrind counts. It "
        "sees user space alone, and its processor has no SHA instructions, for which OpenSSL "
        "takes another way.")


def readable(name: str) -> str:
    """A function as people write it."""
    done = subprocess.run(["swift", "demangle", "--compact", "--simplified"], input=name,
                          capture_output=True, text=True, timeout=30, check=False)
    text = " ".join((done.stdout or name).split())
    return text if len(text) <= NAME_LENGTH else text[:NAME_LENGTH - 1] + "…"
