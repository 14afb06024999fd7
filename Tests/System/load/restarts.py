"""Restarts by socket activation under load: nobody is refused, reset or left without an answer."""

import asyncio
import pathlib
import signal
import socket
import subprocess

import client
import population
from activated import Activated
from swarm import Swarm, Task
from trial import Trial
from wrk import NUMBER, Generator, counts

RESTARTS = 20
# As deploy/lunauth.socket has it.
BACKLOG = 1024
# Passwords are cheap here, so that many requests are under way and none is refused.
ITERATIONS = 1_000
CLIENTS, WRK_CONNECTIONS = 32, 32
# Longer than all restarts: wrk is told to end.
WRK_SECONDS = 600
# How long a process serves before it is replaced.
SERVING_SECONDS = 0.3


def run(trial: Trial) -> None:
    """Restarts as systemd does them, and with the new process started before the old one ends."""
    for name, is_overlapping in (("one after the other", False), ("overlapping", True)):
        restart_under_load(trial, f"restarts, {name}", is_overlapping)


def restart_under_load(trial: Trial, title: str, is_overlapping: bool) -> None:
    """Twenty restarts under wrk and under clients that account for each request."""
    trial.say(title)
    directory = trial.directory / title.replace(" ", "-").replace(",", "")
    with socket.create_server(("127.0.0.1", 0), backlog=BACKLOG) as listener:
        daemon = Activated(directory, listener, PASSWORD_ITERATIONS=ITERATIONS)
        token = client.set_up(daemon.port).token
        population.fill(daemon, 1, ITERATIONS)
        wrk = start_wrk(directory, daemon.port, client.me(token))
        tasks = [Task(client.me(token), (200,)),
                 Task(client.login(population.email(0)), (200,)),
                 Task(client.signup(f"new-{NUMBER}@example.com"), (201,)),
                 Task(client.request("GET", "/health"), (200,))]
        # Some ask without pause; others after one, so that the end finds them idle.
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
    trial.check(f"{title}: {len(processes) - 1} restarts, each by a process that ends orderly",
                len(processes) == RESTARTS + 1 and set(statuses) == {0}, (processes, statuses))
    closed = sum(each.account.told_to_close for each in (eager, calm))
    for name, each in (("without pause", eager.account), ("with a pause", calm.account)):
        trial.check(f"{title}: of clients {name} no request is refused, reset or unanswered",
                    each.lost == 0 and each.asked == sum(each.statuses.values()) > 0
                    and not each.wrong, (str(each), each.wrong[:3]))
        trial.note(f"clients {name}: {each}")
    trial.check(f"{title}: clients were told to take another connection, {closed:,} times",
                closed >= RESTARTS, closed)
    trial.check(f"{title}: of {found['requests']:,} requests of wrk none failed",
                found["requests"] > 0 and found["refused"] + found["broken"] == 0, found)
    daemon.stop()


async def work(daemon: Activated, swarms: list[Swarm],
               is_overlapping: bool) -> tuple[list[int], list[int]]:
    """Restarts the daemon while the swarms ask; the processes there were, and how each ended."""
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
    """wrk asking for `me` without pause, until it is told to end."""
    path = directory / "request"
    path.write_bytes(request)
    command = Generator(WRK_CONNECTIONS).command(port, WRK_SECONDS, str(path), "cycle", 0, 1)
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                            stdin=subprocess.DEVNULL)
