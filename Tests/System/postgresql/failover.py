"""The primary is killed under load, and its synchronous replica is promoted."""

import time
from collections.abc import Callable

from harness.database_servers import USER, PgBouncer, DatabaseServer, Replica
from harness.process import wait_for
from harness.topic import Context
from postgresql.fleet import Fleet
from postgresql.load import Load

# From the promotion until every daemon stores again.
RETURN_SECONDS = 15


def run_direct(context: Context) -> None:
    """Three daemons, whose address names both servers, lose nothing and return by themselves."""
    primary, replica = make_servers(context)
    fleet = Fleet(context, both(primary, replica))
    fail_over(context, fleet, primary.kill, replica.promote)
    fleet.end()


def run_frozen(context: Context) -> None:
    """The same with a primary that neither answers nor ends, as on a machine that hangs."""
    primary, replica = make_servers(context)
    fleet = Fleet(context, both(primary, replica))
    fail_over(context, fleet, primary.freeze, replica.promote)
    # Each of the commands that follow would wait for it.
    primary.kill()
    fleet.end()


def run_pooled(context: Context) -> None:
    """The same through PgBouncer, which is told of the promoted server by the operator."""
    primary, replica = make_servers(context)
    pooler = PgBouncer(context.directory / "pgbouncer", primary)
    fleet = Fleet(context, pooler.address(), DATABASE_POOLING="transaction",
                  DATABASE_DIRECT=both(primary, replica))

    def promote() -> None:
        replica.promote()
        pooler.configure(replica)
        pooler.reload()

    fail_over(context, fleet, primary.kill, promote)
    fleet.end()


def make_servers(context: Context) -> tuple[DatabaseServer, Replica]:
    """A primary that waits for its replica."""
    primary = DatabaseServer(context.directory / "primary")
    primary.make_database()
    return primary, primary.make_replica(context.directory / "replica")


def both(primary: DatabaseServer, replica: Replica) -> str:
    """The address of whichever may be written to."""
    return (f"postgres://{USER}@127.0.0.1:{primary.port},127.0.0.1:{replica.port}/lunauth"
            "?target_session_attrs=read-write")


def fail_over(context: Context, fleet: Fleet, fail: Callable[[], None],
              promote: Callable[[], None]) -> None:
    """The primary fails under load, and the replica is promoted."""
    load = Load(fleet, context.options.seed)
    load.start()
    load.wait(400)
    fleet.is_faulty = True
    before = load.count
    fail()
    time.sleep(2)
    promote()
    promoted = time.monotonic()
    seconds = []
    for seat in fleet.seats:
        has_returned = wait_for(seat.can_store, 2 * RETURN_SECONDS)
        seconds.append(time.monotonic() - promoted)
        context.check(f"a daemon stores again within {RETURN_SECONDS} s of the promotion",
                      has_returned and seconds[-1] < RETURN_SECONDS, seconds[-1])
    context.note("back after " + ", ".join(f"{each:.1f} s" for each in seconds))
    load.wait(200)
    load.stop()
    fleet.is_faulty = False
    context.check("requests were acknowledged before and after", before >= 400, before)
    load.audit()
    for seat in fleet.seats:
        status, checks = seat.ready()
        context.check("/readyz is 200", status == 200 and checks["notifications"] == "ok", checks)
