"""Instructions by valgrind, for machines without a counter."""

import pathlib
import re
import subprocess
from contextlib import ExitStack
from dataclasses import dataclass

from harness import wire
from harness.daemon import QuietDaemon
from harness.process import Failure

# As many as where the processor counts: the more ask at once, the less each costs.
CONNECTIONS = 64


class Observed(QuietDaemon):
    """The daemon inside of valgrind."""

    def command(self) -> list[object]:
        program, *arguments = super().command()
        # valgrind fails on debug information newer than itself; the symbols have the names too.
        plain = self.directory / "lunauth"
        subprocess.run(["strip", "--strip-debug", "-o", plain, program], timeout=60, check=True)
        return ["valgrind", "--tool=callgrind", f"--callgrind-out-file={self.found}", plain,
                *arguments]

    @property
    def found(self) -> pathlib.Path:
        """What valgrind writes when the daemon ends."""
        return self.directory / "callgrind.out"


@dataclass(frozen=True)
class Found:
    """The cost of a request."""

    instructions: float
    outside_crypto: float
    shares: list[tuple[str, float]]


def difference(directory: pathlib.Path, fewer: int, more: int) -> Found:
    """What a request costs: the difference of two runs, in which the start cancels out."""
    first, second = (costs(directory / f"callgrind-{requests}", requests)
                     for requests in (fewer, more))
    each = {place: (cost - first.get(place, 0)) / (more - fewer) for place, cost in second.items()}
    total = sum(each.values())
    outside = sum(cost for (library, _), cost in each.items() if "libcrypto" not in library)
    shares = sorted(((name, cost / total) for (_, name), cost in each.items()),
                    key=lambda item: -item[1])
    return Found(total, outside, shares)


def costs(directory: pathlib.Path, requests: int) -> dict[tuple[str, str], int]:
    """The instructions of each function itself, by its library and name, in a run with some requests."""
    daemon = Observed(directory, EVENTLOOPS=1, PASSWORD_ITERATIONS=1000)
    bearer = wire.me(wire.set_up(daemon.port).token)
    with ExitStack() as stack:
        connections = [stack.enter_context(wire.Connection(daemon.port))
                       for _ in range(CONNECTIONS)]
        for _ in range(requests // CONNECTIONS):
            for connection in connections:
                connection.socket.sendall(bearer)
            for connection in connections:
                connection.receive()
    daemon.stop()
    done = subprocess.run(["callgrind_annotate", "--threshold=100", str(daemon.found)],
                          capture_output=True, text=True, timeout=120, check=False)
    found: dict[tuple[str, str], int] = {}
    for line in done.stdout.splitlines():
        # `1,234 ( 5.67%)  file:function [object]`
        part = re.match(r"\s*([\d,]+) (?:\(.*?\))?\s+\S*?:(.+?)(?: \[(.*)\])?$", line)
        if part:
            library, name = pathlib.Path(part[3] or "").name, part[2]
            # Of a library without symbols no more is known than its name.
            if name.startswith("0x") and library:
                name = f"({library})"
            found[library, name] = found.get((library, name), 0) + int(part[1].replace(",", ""))
    if not found:
        raise Failure(f"callgrind_annotate shows nothing: {done.stderr[-300:]}")
    return found
