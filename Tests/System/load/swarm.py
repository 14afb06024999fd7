"""Many clients that ask without pause, and an exact account of what became of each request."""

import asyncio
import itertools
import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import client
import wrk

# A client that was told to come back later does so after this, whatever it was told.
PAUSE_SECONDS = 0.2
ANSWER_SECONDS = 60
# Stands in a request for a number that nobody else sends.
MARKER = wrk.NUMBER.encode()
NUMBERS = itertools.count(1)


@dataclass
class Account:
    """What became of the requests."""

    asked: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    # Connections that could not be made, or were reset, and requests that got no whole answer.
    refused: int = 0
    reset: int = 0
    unanswered: int = 0
    # Connections that the server announced to close, and that it closed while nothing was asked.
    told_to_close: int = 0
    closed_idle: int = 0
    wrong: list[str] = field(default_factory=list)
    times: dict[int, list[float]] = field(default_factory=dict)

    @property
    def lost(self) -> int:
        """What must never happen."""
        return self.refused + self.reset + self.unanswered

    def __str__(self) -> str:
        return (f"{self.asked:,} requests: "
                + ", ".join(f"{number:,} {status}" for status, number in self.statuses.items())
                + f"; {self.refused} connections refused, {self.reset} reset, "
                f"{self.unanswered} requests unanswered")


@dataclass(frozen=True)
class Task:
    """A request, which may hold the marker, and the statuses that are right for it."""

    message: bytes
    statuses: tuple[int, ...]


class Swarm:
    """The clients: each sends the tasks in turn, on a connection that it keeps while it may."""

    def __init__(self, port: int, tasks: list[Task], clients: int, pause: float = 0) -> None:
        self.port, self.tasks, self.clients, self.pause = port, tasks, clients, pause
        self.account = Account()
        self.is_over = False

    async def work(self) -> None:
        """Asks until it is over; every request that was sent is waited for."""
        await asyncio.gather(*(self._work(number) for number in range(self.clients)))

    async def _work(self, number: int) -> None:
        tasks = itertools.cycle(self.tasks[number % len(self.tasks):]
                                + self.tasks[:number % len(self.tasks)])
        while not self.is_over:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            except OSError:
                self.account.refused += 1
                await asyncio.sleep(PAUSE_SECONDS)
                continue
            try:
                await self._converse(reader, writer, tasks)
            except ConnectionError:
                self.account.reset += 1
            except (asyncio.IncompleteReadError, TimeoutError):
                self.account.unanswered += 1
            finally:
                writer.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter,
                        tasks: Iterator[Task]) -> None:
        """Asks on one connection until the server says that it is the last time."""
        while not self.is_over:
            task = next(tasks)
            if reader.at_eof():
                # Known before anything was sent: another connection is what a client takes then.
                self.account.closed_idle += 1
                return
            self.account.asked += 1
            begin = time.perf_counter()
            writer.write(task.message.replace(MARKER, b"%010d" % next(NUMBERS)))
            answer = await asyncio.wait_for(self._read(reader), ANSWER_SECONDS)
            self._judge(task, answer, (time.perf_counter() - begin) * 1000)
            if answer.field("Connection") == "close":
                self.account.told_to_close += 1
                return
            pause = PAUSE_SECONDS if answer.status == 503 else self.pause
            if pause:
                await asyncio.sleep(pause)

    async def _read(self, reader: asyncio.StreamReader) -> client.Answer:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = int(client.Answer(head, b"").field("Content-Length") or 0)
        return client.Answer(head, await reader.readexactly(length))

    def _judge(self, task: Task, answer: client.Answer, milliseconds: float) -> None:
        account = self.account
        account.statuses[answer.status] += 1
        account.times.setdefault(answer.status, []).append(milliseconds)
        problem = ""
        if answer.status not in task.statuses:
            problem = "another status"
        elif answer.status == 503 and not (answer.field("Retry-After") or "").isdigit():
            problem = "no Retry-After"
        try:
            json.loads(answer.body)
        except ValueError:
            problem = "no JSON"
        if problem:
            account.wrong.append(f"{problem}: {answer.head[:300]!r} {answer.body[:200]!r}")


def run(swarms: list[Swarm], seconds: float) -> None:
    """Lets swarms work at one time for a while."""
    async def work() -> None:
        async def end() -> None:
            await asyncio.sleep(seconds)
            for swarm in swarms:
                swarm.is_over = True

        await asyncio.gather(end(), *(swarm.work() for swarm in swarms))

    asyncio.run(work())
