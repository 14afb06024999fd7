"""Restarts by socket activation under load: no request is refused, reset or left without response."""

import asyncio
import pathlib
import signal
import subprocess

from harness import population, wire
from harness.topic import Context
from harness.wrk import NUMBER, Generator, counts
from load.activated import ActivatedDaemon
from load.swarm import Swarm, Task

RESTARTS = 20
# Passwords are cheap here, so that many requests are in progress and none is refused.
ITERATIONS = 1_000
CLIENTS, WRK_CONNECTIONS = 32, 32
# Longer than all restarts: wrk is interrupted.
WRK_SECONDS = 600
# How long a process serves before it is replaced.
SERVING_SECONDS = 0.3


def run(context: Context) -> None:
    """Restarts as systemd does them, and with the new process started before the old one ends."""
    for title, is_overlapping in (("in sequence", False), ("overlapping", True)):
        restart_under_load(context, title, is_overlapping)


def restart_under_load(context: Context, title: str, is_overlapping: bool) -> None:
    """Twenty restarts under wrk and under clients that account for each request."""
    directory = context.directory / title.split()[-1]
    daemon = ActivatedDaemon(directory, PASSWORD_ITERATIONS=ITERATIONS)
    token = wire.set_up(daemon.port).token
    population.fill(daemon, 1, ITERATIONS)
    wrk = start_wrk(directory, daemon.port, wire.me(token))
    tasks = [Task(wire.me(token), (200,)),
             Task(wire.login(population.email(0)), (200,)),
             Task(wire.signup(f"new-{NUMBER}@example.com"), (201,)),
             Task(wire.request("GET", "/health"), (200,))]
    # Some without pause; others with one, so that a restart finds their connections idle.
    eager = Swarm(daemon.port, tasks, CLIENTS // 2)
    calm = Swarm(daemon.port, tasks, CLIENTS // 2, pause=0.02)
    try:
        processes, statuses = asyncio.run(work(daemon, [eager, calm], is_overlapping))
        wrk.send_signal(signal.SIGINT)
        output, _ = wrk.communicate(timeout=60)
    finally:
        wrk.kill()
        wrk.wait()
    found = counts(output)
    context.check(f"{title}: each of {len(processes) - 1} processes exits with 0",
                  len(processes) == RESTARTS + 1 and set(statuses) == {0}, (processes, statuses))
    for name, account in (("without pause", eager.account), ("with a pause", calm.account)):
        context.check(f"{title}: clients {name} lose no request",
                      account.lost == 0 and account.sent == sum(account.statuses.values()) > 0
                      and not account.wrong, (str(account), account.wrong[:3]))
        context.note(f"{title}: clients {name}: {account}")
    closed = sum(each.account.announced_closes for each in (eager, calm))
    context.check(f"{title}: clients are told to open another connection", closed >= RESTARTS,
                  closed)
    context.check(f"{title}: none of wrk's requests fails",
                  found["requests"] > 0 and found["refused"] + found["broken"] == 0, found)
    daemon.stop()


async def work(daemon: ActivatedDaemon, swarms: list[Swarm],
               is_overlapping: bool) -> tuple[list[int], list[int]]:
    """Restarts the daemon while the swarms work; the processes there were, and how each ended."""
    swarming = asyncio.gather(*(swarm.work() for swarm in swarms))
    processes, statuses = [daemon.pid], []
    try:
        for _ in range(RESTARTS):
            await asyncio.sleep(SERVING_SECONDS)
            statuses.append(await asyncio.to_thread(daemon.replace, is_overlapping))
            processes.append(daemon.pid)
        await asyncio.sleep(SERVING_SECONDS)
    finally:
        for swarm in swarms:
            swarm.is_over = True
        await swarming
    return processes, statuses


def start_wrk(directory: pathlib.Path, port: int, request: bytes) -> subprocess.Popen:
    """wrk sending one request without pause, until it is interrupted."""
    path = directory / "request"
    path.write_bytes(request)
    command = Generator(WRK_CONNECTIONS).command(port, WRK_SECONDS, str(path), "cycle", 0, 1)
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                            stdin=subprocess.DEVNULL)
