"""A disk that is full, broken or read-only."""

import contextlib
import errno
import os
import pathlib
import subprocess
from collections.abc import Iterator

from faults.injector import OPEN, READ, SYNC, TRUNCATE, WRITE, Injector, Rule
from faults.invariants import Invariants
from faults.scene import Scene
from harness.topic import Context

# The calls that fail.
FAULTS = {
    "ENOSPC of the log": [Rule(WRITE | TRUNCATE, errno.ENOSPC, suffix="-wal")],
    "ENOSPC of all files": [Rule(WRITE | TRUNCATE | OPEN, errno.ENOSPC)],
    "EDQUOT": [Rule(WRITE | TRUNCATE, errno.EDQUOT)],
    "EIO of a flush": [Rule(SYNC, errno.EIO)],
    "EIO of a write": [Rule(WRITE, errno.EIO)],
    "EROFS": [Rule(WRITE | TRUNCATE | SYNC, errno.EROFS)],
}


def try_injected(context: Context) -> None:
    """Each kind of failing call, one after the other, on the same daemon."""
    directory = context.directory / "injected"
    faults = Injector(context.directory, directory / "data")
    scene = Scene(directory, faults)
    for name, rules in FAULTS.items():
        invariants = Invariants(scene, context, name)
        invariants.fill_memory()
        with faults.failing(*rules):
            invariants.writes_are_unavailable(
                *(os.strerror(rule.error) for rule in rules), "disk is full")
            invariants.memory_is_served()
            invariants.ended_sessions_stay_ended((401, 503))
            hits = [faults.hits(index) for index in range(len(rules))]
        invariants.check("calls have failed", all(hits), hits)
        invariants.service_returns()
        invariants.nothing_is_lost()
    try_flushes(scene, faults, context)
    try_reading(scene, faults, context)
    Invariants(scene, context, "after all of them").nothing_is_lost_by_a_restart()
    scene.daemon.stop()


def try_flushes(scene: Scene, faults: Injector, context: Context) -> None:
    """What is acknowledged is on the disk, not on its way there."""
    faults.set_rule(0, Rule(SYNC, suffix="-wal"))
    stored = sum(scene.can_store() for _ in range(10))
    flushes = faults.hits(0)
    faults.clear()
    context.check("each acknowledged write was flushed", stored == 10 and flushes >= 10,
                  (stored, flushes))


def try_reading(scene: Scene, faults: Injector, context: Context) -> None:
    """An account that cannot be read cannot be told from an unknown one, so a login is 503."""
    invariants = Invariants(scene, context, "EIO of a read")
    scene.restart()
    invariants.fill_memory()
    with faults.failing(Rule(READ | WRITE | OPEN, errno.EIO)):
        invariants.writes_are_unavailable(os.strerror(errno.EIO))
        invariants.memory_is_served()
        invariants.ended_sessions_stay_ended((401, 503))
        invariants.wrong_password_is(503)
    invariants.service_returns()
    invariants.nothing_is_lost()


@contextlib.contextmanager
def small_disk(path: pathlib.Path, size: str = "2m") -> Iterator[None]:
    """A file system of 2 MiB, or of another size, which only root can mount."""
    path.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", path], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", path], check=True)


def try_full(context: Context) -> None:
    """A file system that is really full."""
    if os.geteuid() != 0:
        context.check("SKIPPED: only root can mount a small file system", False)
        return
    data = context.directory / "disk"
    with small_disk(data):
        scene = Scene(context.directory / "full", DATADIRECTORY=str(data))
        invariants = Invariants(scene, context, "a full disk")
        invariants.fill_memory()
        with full(data / "ballast"):
            # What is left of the last page of the log takes some more.
            fill = [scene.log_in("victim").status for _ in range(60)]
            invariants.check("logins are 200 until no space is left, then 503",
                             set(fill) <= {200, 503}, fill)
            invariants.writes_are_unavailable("disk is full")
            invariants.memory_is_served()
            invariants.ended_sessions_stay_ended((401, 503))
            invariants.wrong_password_is(401)
        invariants.service_returns()
        invariants.nothing_is_lost()
        invariants.nothing_is_lost_by_a_restart()
        scene.daemon.stop()


@contextlib.contextmanager
def full(ballast: pathlib.Path) -> Iterator[None]:
    """Fills a file system with one file."""
    with open(ballast, "wb", buffering=0) as file:
        with contextlib.suppress(OSError):
            while True:
                file.write(bytes(4096))
    try:
        yield
    finally:
        ballast.unlink()


def run(context: Context) -> None:
    """Failing calls, then a file system that is full."""
    try_injected(context)
    try_full(context)
