"""kill -9 at random moments under load."""

import pathlib
import random
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

from faults.audit import Audit
from faults.ledger import Administrator, Client
from faults.scene import PASSWORD, check_integrity
from harness.accounts import Person
from harness.daemon import Daemon
from harness.paths import BINARY
from harness.site import Fields, Response, Site
from harness.topic import Context

CLIENTS = 4
# Longer than a start takes, where the machine is not busy.
START_SECONDS = 0.15


class KilledServer:
    """A daemon that is killed, and its owner."""

    def __init__(self, directory: pathlib.Path, environment: dict[str, str] | None = None) -> None:
        self.directory = directory
        self.daemon = Daemon(directory, starts=False, extra_environment=environment,
                             LOG_LEVEL="notice", HTTP_DRAINSECONDS=2)
        self.site = Site(self.daemon.port)
        self.owner: Fields = []
        # Whether 503 is a right response.
        self.is_faulty = False

    def request(self, method: str, path: str, body: dict | None = None,
                fields: Fields = ()) -> Response:
        """One request."""
        return self.site.request(
            method, path, body, fields, source="127.0.0.1", host="localhost")

    def set_up(self, **settings: str) -> Response:
        """Makes the owner."""
        owner = {"username": "owner", "email": "owner@example.com", "password": PASSWORD}
        return self.request("POST", "/auth/setup", owner | settings)


def run(context: Context) -> None:
    """Clients do everything there is to do until the server is gone; the next one is audited."""
    rounds, seed = context.options.rounds, context.options.seed
    chance = random.Random(seed)
    server = KilledServer(context.directory / "rounds")
    server.daemon.start()
    server.owner = Person(server.set_up()).with_token
    clients = [Client(server, random.Random(chance.random())) for _ in range(CLIENTS)]
    administrator = Administrator(server, random.Random(chance.random()))
    acknowledged = compared = 0
    for number in range(rounds):
        name = f"round {number + 1} of seed {seed}"
        clients = [next_round(client) for client in clients]
        administrator = next_round(administrator)
        for each in [*clients, administrator]:
            each.start()
        time.sleep(chance.uniform(0.02, 0.6))
        server.daemon.kill()
        for each in [*clients, administrator]:
            each.join()
            acknowledged += each.count
            context.check(f"{name}: every response is right", not each.wrong, each.wrong[:3])
        check_record(server, context, f"{name}: the record is intact after the kill")
        while chance.random() < 0.3:
            server.daemon.start(wait=False)
            time.sleep(chance.uniform(0, START_SECONDS))
            server.daemon.kill()
        server.daemon.start()
        compared += audit(server, clients, administrator, context, name)
        found = check_integrity(server.daemon.data)
        context.check(f"{name}: the database is intact", not found, found)
        check_record(server, context, f"{name}: the record is intact beside the next server")
    context.check("requests were acknowledged and audited",
                  acknowledged > 20 * rounds and compared > 20 * rounds, (acknowledged, compared))
    context.note(f"{rounds} kills, seed {seed}: {acknowledged} acknowledged requests, {compared} "
                 "comparisons")
    server.daemon.stop()


def check_record(server: KilledServer, context: Context, claim: str) -> None:
    """`lunauth audit verify`; what was not linked yet is no fault."""
    done = subprocess.run([BINARY, "audit", "verify"], env=server.daemon.environment(),
                          capture_output=True, text=True, timeout=60)
    context.check(claim, done.returncode == 0, done.stdout + done.stderr)


def next_round(client: Client) -> Client:
    """A thread for the next round, with the same ledger."""
    thread = type(client)(client.server, client.chance)
    # Accounts made long ago were audited often enough.
    thread.accounts = client.accounts[-12:]
    if isinstance(client, Administrator):
        thread.approval = client.approval
    return thread


def audit(server: KilledServer, clients: list[Client], administrator: Administrator,
          context: Context, name: str) -> int:
    """Compares the server with what its clients know; the number of comparisons."""
    audits = [Audit(server) for _ in clients]
    with ThreadPoolExecutor(len(clients)) as pool:
        list(pool.map(lambda pair: pair[0].compare(pair[1]), zip(audits, clients)))
    audits[0].compare_settings(administrator)
    for each in audits:
        context.check(f"{name}: what was acknowledged is stored, what ended stays ended, and no "
                      "change is half done", not each.wrong, each.wrong[:3])
    return sum(each.count for each in audits)
