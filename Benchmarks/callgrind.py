"""Instructions by valgrind, for machines without a counter."""

import pathlib
import re
import subprocess
from dataclasses import dataclass

from harness import wire
from harness.daemon import QuietDaemon
from harness.process import Failure



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
    shares: list[tuple[str, float]]


def difference(directory: pathlib.Path, fewer: int, more: int) -> Found:
    """What a request costs: the difference of two runs, in which the start cancels out."""
    first, second = (costs(directory / f"callgrind-{requests}", requests)
                     for requests in (fewer, more))
    each = {name: (cost - first.get(name, 0)) / (more - fewer) for name, cost in second.items()}
    total = sum(each.values())
    shares = sorted(((name, cost / total) for name, cost in each.items()),
                    key=lambda item: -item[1])
    return Found(total, shares)


def costs(directory: pathlib.Path, requests: int) -> dict[str, int]:
    """The instructions of each function itself, in a run with some requests."""
    daemon = Observed(directory, EVENTLOOPS=1, PASSWORD_ITERATIONS=1000)
    bearer = wire.me(wire.set_up(daemon.port).token)
    with wire.Connection(daemon.port) as connection:
        for _ in range(requests):
            connection.exchange(bearer)
    daemon.stop()
    done = subprocess.run(["callgrind_annotate", "--threshold=100", str(daemon.found)],
                          capture_output=True, text=True, timeout=120, check=False)
    found: dict[str, int] = {}
    for line in done.stdout.splitlines():
        # `1,234 ( 5.67%)  file:function [object]`
        part = re.match(r"\s*([\d,]+) (?:\(.*?\))?\s+\S*?:(.+?)(?: \[(.*)\])?$", line)
        if part:
            name = part[2]
            # Of a library without symbols no more is known than its name.
            if name.startswith("0x") and part[3]:
                name = f"({pathlib.Path(part[3]).name})"
            found[name] = found.get(name, 0) + int(part[1].replace(",", ""))
    if not found:
        raise Failure(f"callgrind_annotate shows nothing: {done.stderr[-300:]}")
    return found
