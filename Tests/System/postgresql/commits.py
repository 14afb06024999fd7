"""Connections that are cut while a COMMIT is carried out."""

import itertools
import time

from harness.database_proxy import Cut, DatabaseProxy
from harness.database_servers import USER, DatabaseServer
from harness.process import Failure, wait_for
from harness.topic import Context
from postgresql.fleet import Fleet
from postgresql.load import Load

CUTS = 60


def cut_under_load(fleet: Fleet, proxy: DatabaseProxy, context: Context) -> None:
    """The outcome is looked up on another connection: no client notices."""
    load = Load(fleet, context.options.seed, clients=3)
    load.start()
    load.wait(50)
    for _, cut in zip(range(CUTS), itertools.cycle(Cut)):
        proxy.cut(cut)
        if not wait_for(lambda: proxy.are_cuts_done, 10):
            raise Failure("no commit is met")
        time.sleep(0.02)
    load.wait(50)
    load.stop()
    unacknowledged = sum(each.unacknowledged for each in load.all)
    context.check("a client gets the truth, although the connection was cut", not unacknowledged,
                  unacknowledged)
    load.audit()


def cut_and_refuse(fleet: Fleet, proxy: DatabaseProxy, context: Context) -> None:
    """Where nothing can be looked up, the client is told that, and the ledger allows both."""
    fleet.is_faulty = True
    proxy.refuses_after_cuts = True
    for cut in Cut:
        load = Load(fleet, context.options.seed + 1, clients=3)
        load.start()
        load.wait(50)
        told = False
        # The commit that is met may be one of the daemon itself, of which no client is told.
        for _ in range(4):
            told = cut_once(fleet, proxy, cut)
            context.check("writes succeed again", wait_for(fleet.seats[0].can_store, 10))
            if told:
                break
        context.check(f"cut {cut.value}, with no server to ask: the log says that the outcome is "
                      "unknown", told)
        load.wait(50)
        load.stop()
        load.audit()
    fleet.is_faulty = False
    proxy.refuses_after_cuts = False


def cut_once(fleet: Fleet, proxy: DatabaseProxy, cut: Cut) -> bool:
    """Whether the log says that an outcome is unknown."""
    daemon = fleet.seats[0].daemon
    offset = daemon.output.stat().st_size
    proxy.cut(cut)
    is_told = wait_for(lambda: any("a commit was left open" in str(line)
                                   for line in daemon.lines("fault", offset)), 10)
    proxy.is_refusing = False
    return is_told


def run(context: Context) -> None:
    """The outcome of a lost commit is never guessed."""
    server = DatabaseServer(context.directory / "server")
    server.make_database()
    proxy = DatabaseProxy(server.port)
    address = f"postgres://{USER}@127.0.0.1:{proxy.port}/lunauth?sslmode=disable"
    fleet = Fleet(context, address, count=1)
    seat = fleet.seats[0]
    cut_under_load(fleet, proxy, context)
    known = seat.metric('lunauth_database_lookups_total{outcome="known"}')
    unknown = seat.metric('lunauth_database_lookups_total{outcome="unknown"}')
    context.check("lost commits were looked up", known > 0 and not unknown, (known, unknown))
    cut_and_refuse(fleet, proxy, context)
    unknown = seat.metric('lunauth_database_lookups_total{outcome="unknown"}')
    context.check("what could not be looked up is counted", unknown > 0, unknown)
    fleet.end()
    proxy.close()
