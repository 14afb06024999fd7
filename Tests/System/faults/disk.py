"""A disk that is full, broken, or not to be written."""

import contextlib
import errno
import os
import subprocess

from injector import OPEN, READ, SYNC, TRUNCATE, WRITE, Injector
from proof import Proof
from scene import Scene

# What goes wrong, and what is still possible.
FAULTS = {
    "ENOSPC of the log": [(WRITE | TRUNCATE, errno.ENOSPC, {"suffix": "-wal"})],
    "ENOSPC of all files": [(WRITE | TRUNCATE | OPEN, errno.ENOSPC, {})],
    "EDQUOT": [(WRITE | TRUNCATE, errno.EDQUOT, {})],
    "EIO at the flush": [(SYNC, errno.EIO, {})],
    "EIO at writing": [(WRITE, errno.EIO, {})],
    "EROFS": [(WRITE | TRUNCATE | SYNC, errno.EROFS, {})],
}


def try_injected(directory, library, check):
    data = directory / "injected" / "data"
    directory = data.parent
    control = directory.with_name("injected-control")
    control.mkdir()
    faults = Injector(library, control, data)
    scene = Scene(directory, faults)
    for name, rules in FAULTS.items():
        proof = Proof(scene, check, name)
        with faults.failing(*rules):
            proof.refuses_writes(*(os.strerror(rule[1]) for rule in rules), "disk is full")
            proof.answers_from_memory()
            proof.lets_nobody_in((401, 503))
            hits = [faults.hits(index) for index in range(len(rules))]
        proof.check("it did happen", all(hits), hits)
        proof.returns()
        proof.lost_nothing()
    try_flushes(scene, faults, check)
    try_reading(scene, faults, check)
    Proof(scene, check, "after all of them").holds_through_a_restart()
    scene.daemon.stop()


def try_flushes(scene, faults, check):
    """What is acknowledged is on the disk, not on its way there."""
    faults.set_rule(0, SYNC, suffix="-wal")
    stored = sum(scene.is_back() for _ in range(10))
    flushes = faults.hits(0)
    faults.clear()
    check("each acknowledged write was flushed", stored == 10 and flushes >= 10, (stored, flushes))


def try_reading(scene, faults, check):
    """Nothing can be read: who is not in memory cannot be told from nobody, so it is 503."""
    proof = Proof(scene, check, "EIO at reading")
    scene.restart()
    for person in scene.reader, scene.owner:
        scene.me(person.with_cookie), scene.me(person.with_token)
    with faults.failing((READ | WRITE | OPEN, errno.EIO, {})):
        proof.refuses_writes(os.strerror(errno.EIO))
        proof.answers_from_memory()
        proof.lets_nobody_in((401, 503))
        proof.refuses_a_wrong_password(503)
    proof.returns()
    proof.lost_nothing()


@contextlib.contextmanager
def small_disk(path):
    """A file system of 1 MiB; root alone may mount it."""
    path.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", path], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", path], check=True)


def try_full(directory, library, check):
    """A file system that is really full."""
    if os.geteuid() != 0:
        check("SKIPPED: only root can mount a small file system", False)
        return
    data = directory / "disk"
    with small_disk(data):
        scene = Scene(directory / "full", LUNAUTH_DATADIRECTORY=str(data))
        proof = Proof(scene, check, "a full disk")
        with full(data / "ballast"):
            # What is left of the last page of the log takes some more.
            fill = [scene.log_in("victim").status for _ in range(60)]
            proof.check("as long as there is room, it is used", set(fill) <= {200, 503}, fill)
            proof.refuses_writes("disk is full")
            proof.answers_from_memory()
            proof.lets_nobody_in((401, 503))
            proof.refuses_a_wrong_password(401)
        proof.returns()
        proof.lost_nothing()
        proof.holds_through_a_restart()
        scene.daemon.stop()


@contextlib.contextmanager
def full(ballast):
    with open(ballast, "wb", buffering=0) as file:
        with contextlib.suppress(OSError):
            while True:
                file.write(bytes(4096))
    try:
        yield
    finally:
        ballast.unlink()


def try_all(directory, library, check):
    try_injected(directory, library, check)
    try_full(directory, library, check)
