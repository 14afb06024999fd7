"""Hardware counters by perf, where the machine has them."""

import contextlib
import pathlib
import subprocess
import tempfile
from collections.abc import Sequence


def prefix(events: Sequence[str], output: str, pid: int | None = None) -> list[str]:
    """What to put before a command so that its events, or those of a process meanwhile, count."""
    of = [] if pid is None else ["-p", str(pid)]
    return ["perf", "stat", "-x", ";", "-o", output, "-e", ",".join(events), *of, "--"]


def read(output: str) -> dict[str, float]:
    """The events that were counted all the time."""
    counts = {}
    for line in pathlib.Path(output).read_text().splitlines():
        fields = line.split(";")
        with contextlib.suppress(ValueError, IndexError):
            counts[fields[2]] = float(fields[0])
    return counts


def are_there(events: Sequence[str]) -> bool:
    """Whether this machine counts these events."""
    with tempfile.NamedTemporaryFile(prefix="lunauth-perf-") as file:
        try:
            subprocess.run([*prefix(events, file.name), "true"], capture_output=True, timeout=30,
                           check=True)
        except (OSError, subprocess.SubprocessError):
            return False
        return set(events) <= set(read(file.name))


def of_command(events: Sequence[str], command: Sequence[str]) -> tuple[dict[str, float], str]:
    """The events of a command, and what it printed on both outputs."""
    with tempfile.NamedTemporaryFile(prefix="lunauth-perf-") as file:
        done = subprocess.run([*prefix(events, file.name), *command], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=120, check=True)
        return read(file.name), done.stdout
