"""Calls that fail now and then, under load: every answer is honest, and what it says is so."""

import random

from accounts import Person
from disk import FAULTS
from injector import Injector
from kill import CLIENTS, Server, again, audit
from ledger import Administrator, Client
from scene import check_integrity


def rules(chance):
    """Some calls fail from some moment on, each with some probability."""
    chosen = FAULTS[chance.choice(sorted(FAULTS))]
    return [(calls, error, {**options, "skip": chance.randrange(200),
                            "permille": chance.choice((5, 20, 100, 1000))})
            for calls, error, options in chosen]


def try_all(directory, library, check, rounds, seed):
    """Clients work until each has met a fault; then the same server, or the next, is asked."""
    chance = random.Random(seed)
    place = directory / "storm"
    faults = Injector(library, directory, place / "data")
    server = Server(place, **faults.environment)
    server.daemon.start()
    server.owner = Person(server.set_up()).with_token
    clients = [Client(server, random.Random(chance.random())) for _ in range(CLIENTS)]
    administrator = Administrator(server, random.Random(chance.random()))
    answered = met = 0
    for number in range(rounds):
        name = f"round {number + 1} of seed {seed}"
        clients, administrator = [again(each) for each in clients], again(administrator)
        everybody = [*clients, administrator]
        server.is_faulty = True
        with faults.failing(*rules(chance)):
            for each in everybody:
                each.start()
            for each in everybody:
                each.join(chance.uniform(0, 0.4))
            met += faults.hits(0)
        # Those whom no fault met stop at the end of this one.
        for each in everybody:
            each.is_over = True
        for each in everybody:
            each.join()
            answered += each.count
            check(f"{name}: every answer is as it has to be", not each.wrong, each.wrong[:3])
        server.is_faulty = False
        if chance.random() < 0.3:
            server.kill()
            server.daemon.start()
        audit(server, clients, administrator, check, name)
        found = check_integrity(place / "data")
        check(f"{name}: the database is whole", not found, found)
    check("faults were met, and something was done", met > rounds / 2 and answered > rounds,
          (met, answered))
    print(f"        {rounds} rounds, seed {seed}: {met} calls failed,"
          f" {answered} acknowledged requests", flush=True)
    server.daemon.stop()

