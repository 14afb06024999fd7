"""10,000 idle clients, 1,000 that send a byte a second, 200 that never read, and a normal one."""

import pathlib
import time

from harness.process import Failure, allow_descriptors
from harness.tables import mebibytes
from harness.topic import Context
from load import normal_client
from load.bad_clients import DEAF, IDLE, SLOW, BadClients
from load.normal_client import NormalClient
from load.observed import ObservedDaemon

IDLE_CLIENTS, SLOW_CLIENTS, DEAF_CLIENTS = 10_000, 1_000, 200
DESCRIPTORS = 14_000
# Of the daemon: how long a client may take for a head (its default; slow ones are closed after half of
# it), and to read its responses.
HEAD_SECONDS, WRITE_SECONDS = 10, 10
# Of passwords: cheap ones, since this load is about connections.
ITERATIONS = 10_000
# Long enough for every slow client to be closed, and for some of those that replaced them.
SECONDS = 11
# How much longer that may take on a busy machine.
PATIENCE_SECONDS = 60
# The default limit of connections.
LIMIT = 10_000
# By how many it may be exceeded for a moment.
OVERSHOOT = 80


def run(context: Context) -> None:
    """The crowd below the limit of connections, and one that exceeds it."""
    if (allowed := allow_descriptors()) < DESCRIPTORS:
        raise Failure(f"{DESCRIPTORS:,} open files are needed, {allowed:,} are allowed (ulimit -Hn)")
    stay(context, "within the limit", 12_000)
    stay(context, "beyond the limit", LIMIT)


def stay(context: Context, title: str, limit: int) -> None:
    """Lets a crowd connect, stay for a while beside a normal client, and leave."""
    daemon = ObservedDaemon(
        context.directory / title.split()[0], HTTP_MAXIMUMCONNECTIONS=limit,
        HTTP_HEADSECONDS=HEAD_SECONDS, HTTP_WRITESECONDS=WRITE_SECONDS,
        PASSWORD_ITERATIONS=ITERATIONS)
    before = daemon.warm_up()
    client = NormalClient(daemon)
    crowd = BadClients(daemon.port, daemon.owner.token)
    try:
        crowd.add(IDLE, IDLE_CLIENTS)
        idle = daemon.resident_bytes()
        crowd.add(SLOW, SLOW_CLIENTS)
        crowd.add(DEAF, DEAF_CLIENTS)
        largest, kernel = 0, 0
        end = time.monotonic() + SECONDS
        while time.monotonic() < end or (
                time.monotonic() < end + PATIENCE_SECONDS
                and (crowd.closed[SLOW] < SLOW_CLIENTS or crowd.closed[DEAF] < DEAF_CLIENTS)):
            crowd.work(1)
            largest = max(largest, daemon.resident_bytes())
            kernel = max(kernel, kernel_bytes())
        results = client.finish()
        check(context, title, crowd, limit)
        normal_client.report(context, results, f"{title}: ")
        context.note(f"{title}: memory {mebibytes(before.resident)} before, {mebibytes(idle)} with "
                     f"{IDLE_CLIENTS:,} idle connections, at most {mebibytes(largest)} with all; in "
                     f"the kernel, for all sockets, at most {mebibytes(kernel)}")
    finally:
        crowd.close()
    daemon.check_return(context, before, f"{title}: ")
    daemon.stop()


def check(context: Context, title: str, crowd: BadClients, limit: int) -> None:
    """Checks which connections were closed, and how."""
    context.check(f"{title}: clients that send a byte a second get 408",
                  crowd.closed[SLOW] >= SLOW_CLIENTS, crowd.closed)
    context.check(f"{title}: connections of clients that never read are closed",
                  crowd.closed[DEAF] >= DEAF_CLIENTS, crowd.closed)
    context.check(f"{title}: no other connection is closed, and none in another way",
                  not crowd.surprises, crowd.surprises[:5])
    closed = crowd.closed_idle
    if limit >= IDLE_CLIENTS + SLOW_CLIENTS + DEAF_CLIENTS:
        context.check(f"{title}: no idle connection is closed", not closed, len(closed))
        served = crowd.request_on_idle(100)
        context.check(f"{title}: requests on idle connections succeed", served == 100, served)
        return
    context.check(f"{title}: idle connections are closed for new ones, but none of the newer half",
                  len(closed) >= IDLE_CLIENTS + SLOW_CLIENTS + DEAF_CLIENTS - limit - OVERSHOOT
                  and max(closed) < IDLE_CLIENTS // 2, (len(closed), max(closed, default=0)))


def kernel_bytes() -> int:
    """The memory of all TCP sockets of the machine."""
    words = pathlib.Path("/proc/net/sockstat").read_text().split("TCP:")[1].split()
    return int(words[words.index("mem") + 1]) * 4096
