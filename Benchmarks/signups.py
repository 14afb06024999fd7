"""Durable signups beside SQLite with a commit for each row, on the same disk."""

import os
import pathlib
import statistics
import subprocess
import sys

from bench import Bench
from harness import wire
from harness.daemon import QuietDaemon
from harness.paths import ROOT
from harness.tables import milliseconds, per_second
from harness.wrk import NUMBER, Generator
from single_commits import ITERATIONS
from table import AT_LEAST, Target, spread

CLIENTS = 64


def measure(bench: Bench) -> None:
    """The rows about signups: on the disk that is there, and on one that is slower."""
    library = bench.directory / "slow_flush.so"
    subprocess.run(["clang", "-shared", "-fPIC", "-O2", "-o", library,
                    ROOT / "Benchmarks" / "slow_flush.c", "-ldl"], check=True)
    flushes, computed = measure_disk(bench, "this disk", None)
    slower, _ = measure_disk(bench, "a disk with 3 ms more a flush", library)
    bench.report.notes.append(
        "Signups: a signup writes an account, its password, the words it is found by and a session; "
        "the reference one row a commit, an account with its password (WAL, synchronous=FULL), from "
        "one Python thread. What a commit waits for is the disk's "
        f"flush: here {spread(flushes, milliseconds)} for a page. A signup costs the server "
        f"{statistics.median(computed) * 1000:.2f} ms of computing on the cores it shares with "
        "the generator, which group commit cannot save: it gains where a flush takes longer than "
        "that. So a second row gives both sides the same disk with a slower flush, "
        f"{spread(slower, milliseconds)}: a library preloaded into both waits 3 ms in each "
        "fsync(2) and fdatasync(2).")


def measure_disk(bench: Bench, disk: str,
                 preloaded: pathlib.Path | None) -> tuple[list[float], list[float]]:
    """Adds the row for a disk; gives the milliseconds of flushes and the computing of signups."""
    name = "signups-slow" if preloaded else "signups"
    daemon = QuietDaemon(
        bench.directory / name, extra_environment={"LD_PRELOAD": str(preloaded)} if preloaded else None,
        PASSWORD_ITERATIONS=ITERATIONS)
    wire.set_up(daemon.port)
    generator = Generator(CLIENTS)
    ours, theirs, flushes, computed = [], [], [], []
    rounds = bench.plan.side_rounds
    for number in range(rounds):
        bench.say(f"signups on {disk}: round {number + 1} of {rounds}")
        template = wire.signup(f"r{number}-{NUMBER}@example.com")
        before = daemon.cpu_seconds()
        load = generator.run(daemon.port, template, bench.plan.signup_seconds, "unique")
        computed.append((daemon.cpu_seconds() - before) / load.requests)
        ours.append(load.rate)
        directory = bench.directory / f"{name}-single-{number}"
        directory.mkdir()
        commits, flush = single_commits(directory, bench.plan.signup_seconds / 2, preloaded)
        theirs.append(commits)
        flushes.append(flush)
    daemon.stop()
    bench.report.compare(
        f"durable signups, {ITERATIONS:,} iterations, {CLIENTS} clients, {disk}", ours, theirs,
        per_second, "SQLite, a commit a row ", Target(AT_LEAST, 3))
    return flushes, computed


def single_commits(directory: pathlib.Path, seconds: float,
                   preloaded: pathlib.Path | None) -> tuple[float, float]:
    """Commits a second, and the milliseconds of a flush."""
    environment = os.environ | ({"LD_PRELOAD": str(preloaded)} if preloaded else {})
    found = subprocess.run(
        [sys.executable, "-B", ROOT / "Benchmarks" / "single_commits.py", directory, str(seconds)],
        env=environment, check=True, capture_output=True, text=True).stdout
    commits, flush = found.split()
    return float(commits), float(flush)
