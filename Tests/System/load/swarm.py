"""Many clients that send requests without pause, and an exact account of what became of each."""

import asyncio
import itertools
import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from harness import wire, wrk

# A client that gets 503 waits so long, whatever Retry-After says.
PAUSE_SECONDS = 0.2
RESPONSE_SECONDS = 60
# In a request: a number that no other request has.
MARKER = wrk.NUMBER.encode()
NUMBERS = itertools.count(1)


@dataclass
class Account:
    """What became of the requests."""

    sent: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    # Connections that could not be made, or were reset, and requests without a whole response.
    refused: int = 0
    reset: int = 0
    unacknowledged: int = 0
    # Connections that the server announced to close, and that it closed while they were idle.
    announced_closes: int = 0
    closed_idle: int = 0
    wrong: list[str] = field(default_factory=list)
    times: dict[int, list[float]] = field(default_factory=dict)

    @property
    def lost(self) -> int:
        """What must never happen."""
        return self.refused + self.reset + self.unacknowledged

    def __str__(self) -> str:
        return (f"{self.sent:,} requests: "
                + ", ".join(f"{number:,} {status}" for status, number in self.statuses.items())
                + f"; {self.refused} connections refused, {self.reset} reset, "
                f"{self.unacknowledged} requests without a response")


@dataclass(frozen=True)
class Task:
    """A request, which may contain the marker, and the statuses that are right for it."""

    message: bytes
    statuses: tuple[int, ...]


class Swarm:
    """The clients: each sends the tasks in turn, on a connection that it keeps while it may."""

    def __init__(self, port: int, tasks: list[Task], clients: int, pause: float = 0) -> None:
        self.port, self.tasks, self.clients, self.pause = port, tasks, clients, pause
        self.account = Account()
        self.is_over = False

    async def work(self) -> None:
        """Sends requests until it is over; waits for every response."""
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
                await self._use(reader, writer, tasks)
            except ConnectionError:
                self.account.reset += 1
            except (asyncio.IncompleteReadError, TimeoutError):
                self.account.unacknowledged += 1
            finally:
                writer.close()

    async def _use(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter,
                   tasks: Iterator[Task]) -> None:
        """Sends requests on one connection until the server announces that it closes it."""
        while not self.is_over:
            task = next(tasks)
            if reader.at_eof():
                # Closed before anything was sent: a client opens another connection then.
                self.account.closed_idle += 1
                return
            self.account.sent += 1
            begin = time.perf_counter()
            writer.write(task.message.replace(MARKER, b"%010d" % next(NUMBERS)))
            response = await asyncio.wait_for(self._read(reader), RESPONSE_SECONDS)
            self._count(task, response, (time.perf_counter() - begin) * 1000)
            if response.field("Connection") == "close":
                self.account.announced_closes += 1
                return
            pause = PAUSE_SECONDS if response.status == 503 else self.pause
            if pause:
                await asyncio.sleep(pause)

    async def _read(self, reader: asyncio.StreamReader) -> wire.Response:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = int(wire.Response(head, b"").field("Content-Length") or 0)
        return wire.Response(head, await reader.readexactly(length))

    def _count(self, task: Task, response: wire.Response, milliseconds: float) -> None:
        account = self.account
        account.statuses[response.status] += 1
        account.times.setdefault(response.status, []).append(milliseconds)
        problem = ""
        if response.status not in task.statuses:
            problem = "another status"
        elif response.status == 503 and not (response.field("Retry-After") or "").isdigit():
            problem = "no Retry-After"
        try:
            json.loads(response.body)
        except ValueError:
            problem = "no JSON"
        if problem:
            account.wrong.append(f"{problem}: {response.head[:300]!r} {response.body[:200]!r}")


def run(swarms: list[Swarm], seconds: float) -> None:
    """Lets swarms work at the same time for a while."""
    async def work() -> None:
        async def end() -> None:
            await asyncio.sleep(seconds)
            for swarm in swarms:
                swarm.is_over = True

        await asyncio.gather(end(), *(swarm.work() for swarm in swarms))

    asyncio.run(work())
