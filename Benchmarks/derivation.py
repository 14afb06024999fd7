"""PBKDF2 by itself: derivations a second, and cycles an iteration beside the core's SHA-256."""

import json
import os
import pathlib
import re
import subprocess
from dataclasses import dataclass

import counters
from bench import Bench
from harness.paths import ROOT
from harness.process import Failure

PROGRAM = ROOT / ".build/release/derivation-benchmark"
BLOCK_FUNCTION, REFERENCE = "block-function", "reference"
ITERATIONS = 600_000
# HMAC hashes an inner and an outer message of one block each.
BLOCKS_EACH, BLOCK_BYTES = 2, 64
SPEED_BYTES = 16_384


@dataclass(frozen=True)
class Derivations:
    """What the program printed."""

    count: int
    per_second: float


def command(function: str, threads: int, seconds: int) -> list[str]:
    """The command line of the program."""
    return [str(PROGRAM), function, str(threads), str(seconds), str(ITERATIONS)]


def parse(output: str) -> Derivations:
    """What the program printed."""
    found = json.loads(output)
    return Derivations(found["derivations"], found["perSecond"])


def run(function: str, seconds: int) -> Derivations:
    """Derives on all cores."""
    done = subprocess.run(command(function, os.cpu_count() or 1, seconds), capture_output=True,
                          text=True, timeout=seconds + 60, check=False)
    if done.returncode:
        raise Failure(f"derivation-benchmark: {done.stdout}{done.stderr}")
    return parse(done.stdout)


def measure(bench: Bench) -> None:
    """The row with the cycles."""
    bench.say("PBKDF2: cycles an iteration")
    seconds = 1 if bench.plan.is_quick else 2
    speed = ["openssl", "speed", "-seconds", "1", "-bytes", str(SPEED_BYTES), "sha256"]
    is_counted = counters.are_there(["cycles:u"])
    if is_counted:
        ours = own_cycles(command(BLOCK_FUNCTION, 1, seconds))
        theirs = own_cycles(command(REFERENCE, 1, seconds))
        counts, output = counters.of_command(["cycles:u"], speed)
        block = counts["cycles:u"] / (hashes(output) * SPEED_BYTES / BLOCK_BYTES)
        unit = "cycles"
    else:
        frequency = tick_frequency()
        ours, theirs = (nominal_cycles(command(function, 1, seconds), frequency)
                        for function in (BLOCK_FUNCTION, REFERENCE))
        output = subprocess.run(speed, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                timeout=60, check=True).stdout
        elapsed = float(re.search(r" in ([\d.]+)s", output)[1])
        block = elapsed * frequency / (hashes(output) * SPEED_BYTES / BLOCK_BYTES)
        unit = "cycles of the time stamp counter"
    bench.report.compare("PBKDF2, an iteration (two SHA-256 blocks)", [ours],
                         [block * BLOCKS_EACH], lambda value: f"{value:.0f} cycles",
                         "two blocks of `openssl speed sha256`: ")
    bench.report.notes.append(
        f"PBKDF2: {ours:.0f} {unit} an iteration by lunauth, {theirs:.0f} by PKCS5_PBKDF2_HMAC; "
        f"`openssl speed` takes {block:.0f} for a SHA-256 block, an iteration hashes two. One "
        f"thread; " + ("counted by the processor in user space." if is_counted else
                       "time multiplied by the nominal frequency."))


def own_cycles(program: list[str]) -> float:
    """Cycles of an iteration by the processor's counter."""
    counts, output = counters.of_command(["cycles:u"], program)
    return counts["cycles:u"] / (parse(output).count * ITERATIONS)


def nominal_cycles(program: list[str], frequency: float) -> float:
    """Cycles of an iteration by time."""
    done = subprocess.run(program, capture_output=True, text=True, timeout=120, check=True)
    return frequency / (parse(done.stdout).per_second * ITERATIONS)


def hashes(output: str) -> int:
    """How many messages `openssl speed` hashed."""
    found = re.search(r"size blocks: (\d+) sha256", output)
    if not found:
        raise Failure(f"openssl speed prints something else: {output[-300:]}")
    return int(found[1])


def tick_frequency() -> float:
    """The nominal frequency in hertz, which is that of the time stamp counter."""
    found = re.search(r"cpu MHz\s*: ([\d.]+)", pathlib.Path("/proc/cpuinfo").read_text())
    if not found:
        raise Failure("/proc/cpuinfo tells no frequency")
    return float(found[1]) * 1e6
