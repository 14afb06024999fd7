"""The daemon, with what it holds: descriptors, threads and memory before and after a load."""

import os
import pathlib
from dataclasses import dataclass

import client
from processes import Daemon, Failure, wait_for
from table import mebibytes
from trial import Trial

# Several for each thread of a lane, which take turns; each opens its database with its first.
WARM_REQUESTS = 40 * (os.cpu_count() or 1)
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
        client.exchange(self.port, client.signup(WARMING))
        bearer = {"Authorization": f"Bearer {self.owner.token}"}
        # One for each lane: an address that is taken, found out before the password is hashed.
        requests = [client.signup(WARMING),
                    client.request("PATCH", "/auth/me", bearer, {"name": "owner"})]
        before = None
        for _ in range(WARM_ROUNDS):
            with client.Connection(self.port) as connection:
                for message in requests * WARM_REQUESTS:
                    connection.ask(message)
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
            return (now.sockets, now.descriptors, now.threads) == (
                before.sockets, before.descriptors, before.threads)

        is_kept = wait_for(is_back, while_running=self.process)
        now = self.holdings()
        trial.check(f"{name}: afterwards the daemon has as many sockets, descriptors and threads "
                    "as before", is_kept, f"before {before}, now {now}")
        trial.note(f"{before} before, {mebibytes(now.resident)} afterwards")
