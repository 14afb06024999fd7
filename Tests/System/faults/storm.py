"""Calls that fail now and then, under load: every response is true, whatever it says."""

import random

from faults.disk import FAULTS
from faults.injector import Injector, Rule
from faults.kill import CLIENTS, KilledServer, audit, next_round
from faults.ledger import Administrator, Client
from faults.scene import check_integrity
from harness.accounts import Person
from harness.topic import Context


def random_rules(chance: random.Random) -> list[Rule]:
    """Some calls fail from some moment on, each with some probability."""
    chosen = FAULTS[chance.choice(sorted(FAULTS))]
    return [Rule(rule.calls, rule.error, chance.randrange(200),
                 chance.choice((5, 20, 100, 1000)), rule.suffix) for rule in chosen]


def run(context: Context) -> None:
    """Clients work until each has met a fault; then the same server, or the next, is audited."""
    rounds, seed = context.options.rounds, context.options.seed
    chance = random.Random(seed)
    directory = context.directory / "storm"
    faults = Injector(context.directory, directory / "data")
    server = KilledServer(directory, faults.environment)
    server.daemon.start()
    server.owner = Person(server.set_up()).with_token
    clients = [Client(server, random.Random(chance.random())) for _ in range(CLIENTS)]
    administrator = Administrator(server, random.Random(chance.random()))
    acknowledged = met = 0
    for number in range(rounds):
        name = f"round {number + 1} of seed {seed}"
        clients, administrator = [next_round(it) for it in clients], next_round(administrator)
        everybody = [*clients, administrator]
        server.is_faulty = True
        with faults.failing(*random_rules(chance)):
            for each in everybody:
                each.start()
            for each in everybody:
                each.join(chance.uniform(0, 0.4))
            met += faults.hits(0)
        # Clients that met no fault stop after the request they are at.
        for each in everybody:
            each.is_over = True
        for each in everybody:
            each.join()
            acknowledged += each.count
            context.check(f"{name}: every response is right", not each.wrong, each.wrong[:3])
        server.is_faulty = False
        if chance.random() < 0.3:
            server.daemon.kill()
            server.daemon.start()
        audit(server, clients, administrator, context, name)
        found = check_integrity(server.daemon.data)
        context.check(f"{name}: the database is intact", not found, found)
    context.check("faults were met, and requests were acknowledged",
                  met > rounds / 2 and acknowledged > rounds, (met, acknowledged))
    context.note(f"{rounds} rounds, seed {seed}: {met} calls failed, {acknowledged} acknowledged "
                 "requests")
    server.daemon.stop()
