"""Clients of several daemons that write down what is acknowledged, and go on after a fault."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from faults.audit import Audit
from faults.ledger import Account, Administrator, Client, Unacknowledged
from harness.process import Failure, wait_for
from postgresql.fleet import INVALIDATION_SECONDS, Fleet, Seat

CLIENTS_PER_DAEMON = 2
# Between two requests of a client that are not acknowledged.
PAUSE_SECONDS = 0.05


class Persistent(Client):
    """Goes on with other accounts where a request was not acknowledged: of one, one thing is unknown."""

    def __init__(self, seat: Seat, chance: random.Random) -> None:
        super().__init__(seat, chance)
        self.retired: list[Account] = []
        self.unacknowledged = 0

    def run(self) -> None:
        while not self.is_over:
            try:
                self.act()
            except Unacknowledged:
                self.unacknowledged += 1
                self.retire()
                time.sleep(PAUSE_SECONDS)

    def retire(self) -> None:
        """Leaves what is unknown to the audit."""
        self.retired += self.accounts
        self.accounts = []

    def gather(self) -> None:
        """Hands everything to the audit."""
        self.retire()
        self.accounts = self.retired


class PersistentAdministrator(Administrator):
    """The same with settings and invitations."""

    def __init__(self, seat: Seat, chance: random.Random) -> None:
        super().__init__(seat, chance)
        self.retired: dict = {}
        self.unacknowledged = 0

    def run(self) -> None:
        Persistent.run(self)

    def retire(self) -> None:
        """Leaves what is unknown to the audit."""
        unknown = {id: live for id, live in self.invitations.items() if not live.is_surely(True)}
        self.retired |= unknown
        for id in unknown:
            del self.invitations[id]

    def gather(self) -> None:
        """Hands everything to the audit."""
        self.invitations |= self.retired


class Load:
    """Clients at every daemon, each always at the same: of its own writes it sees all at once."""

    def __init__(self, fleet: Fleet, seed: int, clients: int = CLIENTS_PER_DAEMON) -> None:
        self.fleet, self.context = fleet, fleet.context
        chance = random.Random(seed)
        self.clients = [Persistent(seat, random.Random(chance.random()))
                        for seat in fleet.seats for _ in range(clients)]
        self.administrator = PersistentAdministrator(fleet.seats[-1], random.Random(chance.random()))
        self.all: list[Persistent | PersistentAdministrator] = [*self.clients, self.administrator]

    @property
    def count(self) -> int:
        """Requests that were acknowledged."""
        return sum(each.count for each in self.all)

    def start(self) -> None:
        """Starts all clients."""
        for each in self.all:
            each.start()

    def wait(self, count: int, seconds: float = 60) -> None:
        """Waits until so many more requests were acknowledged."""
        goal = self.count + count
        if not wait_for(lambda: self.count >= goal, seconds):
            raise Failure(f"only {self.count} of {goal} requests were acknowledged in time")

    def at(self, seat: Seat) -> list[Persistent]:
        """The clients of a daemon."""
        return [each for each in self.clients if each.server is seat]

    def stop(self) -> None:
        """Stops all clients after their requests, each of which got a right response, or none."""
        for each in self.all:
            each.is_over = True
        for each in self.all:
            each.join()
        wrong = [it for each in self.all for it in each.wrong]
        self.context.check("every response is right", not wrong,
                           (len(wrong), wrong[:3], self.fleet.faults().most_common(3)))

    def audit(self) -> int:
        """Compares every daemon with what the clients of another one know; the comparisons."""
        time.sleep(INVALIDATION_SECONDS)
        seats = self.fleet.seats
        audits = []
        for each in self.all:
            each.gather()
        lock = threading.Lock()

        def compare(client: Persistent) -> None:
            next_seat = seats[(seats.index(client.server) + 1) % len(seats)]
            audit = Audit(next_seat)
            audit.compare(client)
            with lock:
                audits.append(audit)

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(compare, self.clients))
        shown = [seat.request("GET", "/auth/config").json["approval"] for seat in seats]
        self.context.check("all daemons have the same settings", len(set(shown)) == 1, shown)
        audits[0].compare_settings(self.administrator)
        wrong = [it for audit in audits for it in audit.wrong]
        count = sum(audit.count for audit in audits)
        self.context.check("what was acknowledged is stored, what ended stays ended, and no change is "
                           "half done", count and not wrong, (len(wrong), wrong[:3]))
        unacknowledged = sum(each.unacknowledged for each in self.all)
        self.context.note(f"{self.count} acknowledged requests, {unacknowledged} that were not, "
                          f"{count} comparisons")
        return count
