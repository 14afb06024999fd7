"""kill -9 at random moments under load."""

import os
import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor

from accounts import Person
from audit import Audit
from client import Site
from ledger import Administrator, Client
from processes import Daemon
from scene import PASSWORD, check_integrity

CLIENTS = 4
# Longer than a start takes, where the machine is not busy.
START_SECONDS = 0.15


class Server:
    """A daemon that is killed, and its owner."""

    def __init__(self, directory, **settings):
        self.directory = directory
        self.daemon = Daemon(directory, starts=False, LUNAUTH_LOG_LEVEL="notice",
                             LUNAUTH_HTTP_DRAINSECONDS="2", **settings)
        self.site = Site(self.daemon.port)
        self.owner = []
        # Whether 503 is to be expected.
        self.is_faulty = False

    def ask(self, method, path, body=None, fields=()):
        return self.site.ask(method, path, body, fields, source="127.0.0.1", host="localhost")

    def kill(self):
        process = self.daemon.process
        os.kill(process.popen.pid, signal.SIGKILL)
        process.stop()

    def set_up(self, **settings):
        owner = {"username": "owner", "email": "owner@example.com", "password": PASSWORD}
        return self.ask("POST", "/auth/setup", owner | settings)


def try_rounds(directory, library, check, rounds, seed):
    """Clients do all there is to do until the server is gone; then it is started and asked."""
    chance = random.Random(seed)
    server = Server(directory / "rounds")
    server.daemon.start()
    server.owner = Person(server.set_up()).with_token
    clients = [Client(server, random.Random(chance.random())) for _ in range(CLIENTS)]
    administrator = Administrator(server, random.Random(chance.random()))
    answered = held = 0
    for number in range(rounds):
        name = f"round {number + 1} of seed {seed}"
        clients = [again(client) for client in clients]
        administrator = again(administrator)
        for each in [*clients, administrator]:
            each.start()
        time.sleep(chance.uniform(0.02, 0.6))
        server.kill()
        for each in [*clients, administrator]:
            each.join()
            answered += each.count
            check(f"{name}: every answer is as it has to be", not each.wrong, each.wrong[:3])
        while chance.random() < 0.3:
            server.daemon.start(wait=False)
            time.sleep(chance.uniform(0, START_SECONDS))
            server.kill()
        server.daemon.start()
        held += audit(server, clients, administrator, check, name)
        found = check_integrity(directory / "rounds/data")
        check(f"{name}: the database is whole", not found, found)
    check("something was done and looked at", answered > 20 * rounds and held > 20 * rounds,
          (answered, held))
    print(f"        {rounds} kills, seed {seed}: {answered} acknowledged requests,"
          f" {held} things looked at", flush=True)
    server.daemon.stop()


def again(client):
    """A thread for the next round, with the same ledger."""
    thread = type(client)(client.server, client.chance)
    # Those made long ago were looked at often enough.
    thread.accounts = client.accounts[-12:]
    if isinstance(client, Administrator):
        thread.approval = client.approval
    return thread


def audit(server, clients, administrator, check, name):
    audits = [Audit(server) for _ in clients]
    with ThreadPoolExecutor(len(clients)) as pool:
        list(pool.map(lambda pair: pair[0].look_at(pair[1]), zip(audits, clients)))
    audits[0].look_at_settings(administrator)
    for each in audits:
        check(f"{name}: what was acknowledged is there, what ended stays so, nothing is half done",
              not each.wrong, each.wrong[:3])
    return sum(each.count for each in audits)
