"""10,000 idle clients, 1,000 that send a byte a second, 200 that never read, and a normal one."""

import pathlib
import time

from multitude import IDLE, MUTE, SLOW, Multitude
from processes import Failure, allow_descriptors
from table import mebibytes
from trial import Trial
from visitor import Visitor, tell
from watched import Watched

IDLE_CLIENTS, SLOW_CLIENTS, MUTE_CLIENTS = 10_000, 1_000, 200
DESCRIPTORS = 14_000
# Of the daemon: how long a client may take for a head (its default; slow ones go after half of it),
# and to read its answers.
HEAD_SECONDS, WRITE_SECONDS = 10, 10
# Of passwords: few, since it is not them that the daemon is burdened with here.
ITERATIONS = 10_000
# Long enough for every slow client to be cut off, and for some of those who took its place.
SECONDS = 11
# How much longer that may take on a busy machine.
PATIENCE_SECONDS = 60
# The bound of connections by default.
BOUND = 10_000
# How many more there may be for a moment.
OVERSHOOT = 80


def run(trial: Trial) -> None:
    """The crowd below the bound of connections, and one that exceeds it."""
    if (limit := allow_descriptors()) < DESCRIPTORS:
        raise Failure(f"{DESCRIPTORS:,} open files are needed, {limit:,} are allowed (ulimit -Hn)")
    stay(trial, "crowd within the bound", 12_000)
    stay(trial, "crowd beyond the bound", BOUND)


def stay(trial: Trial, title: str, bound: int) -> None:
    """Lets a crowd come, stay for a while beside a normal client, and go."""
    daemon = Watched(trial.directory / title.replace(" ", "-"), HTTP_MAXIMUMCONNECTIONS=bound,
                     HTTP_HEADSECONDS=HEAD_SECONDS, HTTP_WRITESECONDS=WRITE_SECONDS,
                     PASSWORD_ITERATIONS=ITERATIONS)
    trial.say(f"{title}: {bound:,} connections")
    before = daemon.warm_up()
    visitor = Visitor(daemon)
    crowd = Multitude(daemon.port, daemon.owner.token)
    try:
        crowd.add(IDLE, IDLE_CLIENTS)
        idle = daemon.resident_bytes()
        crowd.add(SLOW, SLOW_CLIENTS)
        crowd.add(MUTE, MUTE_CLIENTS)
        largest, kernel = 0, 0
        end = time.monotonic() + SECONDS
        while time.monotonic() < end or (
                time.monotonic() < end + PATIENCE_SECONDS
                and (crowd.cut[SLOW] < SLOW_CLIENTS or crowd.cut[MUTE] < MUTE_CLIENTS)):
            crowd.work(1)
            largest = max(largest, daemon.resident_bytes())
            kernel = max(kernel, kernel_bytes())
        visits = visitor.finish()
        check(trial, title, crowd, bound)
        tell(trial, title, visits)
        trial.note(f"memory: {mebibytes(before.resident)} before, {mebibytes(idle)} with "
                   f"{IDLE_CLIENTS:,} idle connections, at most {mebibytes(largest)} with all; in "
                   f"the kernel, for all sockets, at most {mebibytes(kernel)}")
    finally:
        crowd.close()
    daemon.check_return(trial, title, before)
    daemon.stop()


def check(trial: Trial, title: str, crowd: Multitude, bound: int) -> None:
    """Checks who was cut off, and how."""
    trial.check(f"{title}: who sends a byte a second is cut off with 408, {crowd.cut[SLOW]:,} "
                "times", crowd.cut[SLOW] >= SLOW_CLIENTS, crowd.cut)
    trial.check(f"{title}: who never reads is cut off, {crowd.cut[MUTE]:,} times",
                crowd.cut[MUTE] >= MUTE_CLIENTS, crowd.cut)
    trial.check(f"{title}: nobody else and in no other way", not crowd.surprises,
                crowd.surprises[:5])
    if bound >= IDLE_CLIENTS + SLOW_CLIENTS + MUTE_CLIENTS:
        trial.check(f"{title}: no idle connection was closed", not crowd.closed_idle,
                    len(crowd.closed_idle))
        served = crowd.ask_idle(100)
        trial.check(f"{title}: who was idle is still served", served == 100, served)
        return
    closed = crowd.closed_idle
    trial.check(f"{title}: room was made by closing {len(closed):,} idle connections, none of the "
                "half that came last",
                len(closed) >= IDLE_CLIENTS + SLOW_CLIENTS + MUTE_CLIENTS - bound - OVERSHOOT
                and max(closed) < IDLE_CLIENTS // 2, (len(closed), max(closed, default=0)))


def kernel_bytes() -> int:
    """The memory of all TCP sockets of the machine."""
    words = pathlib.Path("/proc/net/sockstat").read_text().split("TCP:")[1].split()
    return int(words[words.index("mem") + 1]) * 4096
