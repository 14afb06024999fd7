"""Load by wrk: raw requests over keep-alive connections, and what became of them."""

import json
import pathlib
import resource
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass

from harness.process import Failure

SCRIPT = pathlib.Path(__file__).with_name("wrk.lua")
# In a request: ten digits that differ from one request to the next.
NUMBER = "#" * 10


@dataclass(frozen=True)
class Load:
    """What wrk counted in one run; latencies in milliseconds."""

    requests: int
    seconds: float
    bytes: int
    p50: float
    p99: float
    # What wrk itself computed.
    cpu_seconds: float

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds


@dataclass(frozen=True)
class Generator:
    """A number of connections and threads, on one core where that is named."""

    connections: int = 64
    threads: int = 1
    core: int | None = None
    pause_milliseconds: int = 0

    def command(self, port: int, seconds: int, path: str, mode: str, population: int,
                seed: int) -> list[str]:
        """The command line of wrk."""
        pinned = [] if self.core is None else ["taskset", "-c", str(self.core)]
        return pinned + [
            "wrk", "-t", str(self.threads), "-c", str(self.connections), "-d", f"{seconds}s",
            "--timeout", "30s", "-s", str(SCRIPT), f"http://127.0.0.1:{port}/", "--", path, mode,
            str(population), str(seed), str(self.pause_milliseconds)]

    def run(self, port: int, requests: bytes | Sequence[bytes], seconds: int, mode: str = "cycle",
            population: int = 0, seed: int = 1, before: Sequence[str] = ()) -> Load:
        """Sends for some seconds; every request has to succeed.

        `before` is a command that is given wrk's as its last arguments, and passes its output on.
        """
        text = requests if isinstance(requests, bytes) else b"\0".join(requests)
        with tempfile.NamedTemporaryFile(prefix="lunauth-requests-") as file:
            file.write(text)
            file.flush()
            command = self.command(port, seconds, file.name, mode, population, seed)
            cpu = children_cpu_seconds()
            done = subprocess.run([*before, *command], capture_output=True, text=True,
                                  timeout=seconds + 60, check=False)
            cpu = children_cpu_seconds() - cpu
        found = counts(done.stdout + done.stderr)
        if found["refused"] or found["broken"] or not found["requests"]:
            raise Failure(f"of {found['requests']} requests {found['refused']} were refused and "
                          f"{found['broken']} broken")
        return Load(found["requests"], found["microseconds"] / 1e6, found["bytes"],
                    found["p50"] / 1e3, found["p99"] / 1e3, cpu)


def counts(output: str) -> dict[str, int]:
    """What the script counted, which wrk prints at its end."""
    line = next((line for line in output.splitlines() if line.startswith("RESULT ")), "")
    if not line:
        raise Failure(f"wrk failed: {output[-600:]}")
    return json.loads(line.removeprefix("RESULT "))


def children_cpu_seconds() -> float:
    """What those of our children computed that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
