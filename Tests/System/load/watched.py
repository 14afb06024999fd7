"""The daemon, with what it holds: descriptors, threads and memory before and after a load."""

import os
import pathlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import client
from processes import Daemon, Failure, wait_for
from table import mebibytes
from trial import Trial

CORES = os.cpu_count() or 1
# Requests that every thread of the two lanes gets one of, since they take turns: it opens its
# database and what it waits for commits with.
HASHING, STORE = 24 * CORES, 12 * CORES
# A thread that had its first request later all the same holds three descriptors more: two such.
LATE = 6
WARM_ROUNDS = 20
WARMING = "warming@example.com"


@dataclass(frozen=True)
class Holdings:
    """What a process holds."""

    sockets: int
    descriptors: int
    threads: int
    resident: int

    def __str__(self) -> str:
        return (f"{self.sockets} sockets, {self.descriptors} descriptors, {self.threads} threads, "
                f"{mebibytes(self.resident)}")


class Watched(Daemon):
    """lunauth without limits, with an owner, the admin entrance on a Unix-domain socket."""

    def __init__(self, directory: pathlib.Path, **settings: object) -> None:
        self.admin = str(directory / "admin.sock")
        super().__init__(directory, ADMIN_LISTEN=f"unix:{self.admin}", **settings)
        self.owner = client.set_up(self.port)

    def holdings(self) -> Holdings:
        """What it holds now."""
        found = self.descriptors()
        sockets = sum(each.startswith("socket:") for each in found)
        return Holdings(sockets, len(found), self.threads(), self.resident_bytes())

    def warm_up(self) -> Holdings:
        """Has every thread work; what it holds from then on, while nobody is there."""
        # Not the owner's: of a hundred sessions the oldest ends.
        client.exchange(self.port, client.signup(WARMING))
        bearer = {"Authorization": f"Bearer {self.owner.token}"}
        change = client.request("PATCH", "/auth/me", bearer, {"name": "owner"})
        requests = [client.login(WARMING)] * HASHING + [change] * STORE
        before = None
        with ThreadPoolExecutor(CORES) as pool:
            for _ in range(WARM_ROUNDS):
                list(pool.map(lambda each: client.exchange(self.port, each), requests))
                self.settle()
                now = self.holdings()
                if before and now.descriptors == before.descriptors:
                    return now
                before = now
        raise Failure(f"descriptors become more and more: {before}")

    def check_return(self, trial: Trial, name: str, before: Holdings) -> None:
        """Checks that everything a load made it hold is given back."""
        def is_back() -> bool:
            now = self.holdings()
            return (now.sockets == before.sockets and now.threads == before.threads
                    and now.descriptors <= before.descriptors + LATE)

        is_kept = wait_for(is_back, while_running=self.process)
        now = self.holdings()
        trial.check(f"{name}: afterwards the daemon has as many sockets, descriptors and threads "
                    "as before", is_kept, f"before {before}, now {now}")
        trial.note(f"{before} before, {mebibytes(now.resident)} afterwards")
