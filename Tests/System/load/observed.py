"""The daemon with what it holds: descriptors, threads and memory before and after a load."""

import os
import pathlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from harness import procfs, wire
from harness.daemon import LANE_THREADS, QuietDaemon
from harness.process import Failure, wait_for
from harness.tables import mebibytes
from harness.topic import Context

CORES = os.cpu_count() or 1
# Enough requests that the threads of the two lanes which a normal load needs get one: each opens its
# database and what it waits for commits with.
HASHING, STORE = 24 * CORES, 12 * CORES
# A thread of the two lanes that is started later opens three descriptors.
LATE = 3 * LANE_THREADS
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


class ObservedDaemon(QuietDaemon):
    """lunauth without rate limits, with an owner, the admin listener on a Unix-domain socket."""

    def __init__(self, directory: pathlib.Path, **settings: object) -> None:
        self.admin = str(directory / "admin.sock")
        super().__init__(directory, ADMIN_LISTEN=f"unix:{self.admin}", **settings)
        self.owner = wire.set_up(self.port)

    def holdings(self) -> Holdings:
        """What it holds now."""
        targets = procfs.descriptors(self.pid).values()
        sockets = sum(each.startswith("socket:") for each in targets)
        return Holdings(sockets, len(targets), len(procfs.threads(self.pid)),
                        self.resident_bytes())

    def warm_up(self) -> Holdings:
        """Has the threads work; what it holds from then on, while it has no clients."""
        # Not as the owner: of a hundred sessions the oldest ends.
        wire.exchange(self.port, wire.signup(WARMING))
        bearer = {"Authorization": f"Bearer {self.owner.token}"}
        change = wire.request("PATCH", "/auth/me", bearer, {"name": "owner"})
        requests = [wire.login(WARMING)] * HASHING + [change] * STORE
        before = None
        with ThreadPoolExecutor(8 * CORES) as pool:
            for _ in range(WARM_ROUNDS):
                list(pool.map(lambda each: wire.exchange(self.port, each), requests))
                self.wait_until_idle()
                now = self.holdings()
                if before and now.descriptors == before.descriptors:
                    return now
                before = now
        raise Failure(f"the number of descriptors does not settle: {before}")

    def check_return(self, context: Context, before: Holdings, prefix: str = "") -> None:
        """Checks that everything a load made it hold is given back."""
        def is_back() -> bool:
            now = self.holdings()
            return (now.sockets == before.sockets
                    and now.threads <= before.threads + LANE_THREADS
                    and now.descriptors <= before.descriptors + LATE)

        is_kept = wait_for(is_back, 20, process=self.process)
        now = self.holdings()
        context.check(f"{prefix}sockets are as many as before, with no descriptors and threads but those of lanes", is_kept,
                      f"before {before}, now {now}")
        context.note(f"{prefix}{before} before, {mebibytes(now.resident)} afterwards")
