"""A server that is killed and comes back; one that does not; one that may only be read."""

import time

from faults.invariants import is_unavailable
from harness.database_servers import DatabaseServer
from harness.process import wait_for
from harness.topic import Context
from postgresql.fleet import Fleet
from postgresql.load import Load

STALE_SECONDS = 3
# An exit status of sysexits.h: EX_UNAVAILABLE.
UNAVAILABLE = 69


def run_killed(context: Context) -> None:
    """A server that comes back on the same address is met again without a restart of a daemon."""
    server = DatabaseServer(context.directory / "server")
    server.make_database()
    fleet = Fleet(context, server.address())
    load = Load(fleet, context.options.seed)
    load.start()
    for _ in range(3):
        load.wait(100)
        fleet.is_faulty = True
        server.kill()
        time.sleep(1)
        server.start()
        for seat in fleet.seats:
            context.check("writes succeed again without a restart", wait_for(seat.can_store, 15))
        fleet.is_faulty = False
    load.wait(100)
    load.stop()
    load.audit()
    fleet.end()


def run_stale(context: Context) -> None:
    """Signed-in users are served from memory for a time, and get 503 after it, never 401."""
    server = DatabaseServer(context.directory / "server")
    server.make_database()
    fleet = Fleet(context, server.address(), count=2, DATABASE_STALESECONDS=STALE_SECONDS)
    reader = fleet.seats[0].sign_up("reader")
    leaver = fleet.seats[0].sign_up("leaver")
    fleet.seats[0].request("POST", "/auth/logout", None, leaver.with_cookie)
    means = [reader.with_cookie, reader.with_token, fleet.owner]
    for seat in fleet.seats:
        for fields in means * 3:
            context.check("a session is live", seat.me(fields).status == 200)
    server.kill()
    killed = time.monotonic()
    found: list[tuple[float, int]] = []
    wrong = []
    while (passed := time.monotonic() - killed) < STALE_SECONDS + 2:
        for seat in fleet.seats:
            for fields in means:
                me = seat.me(fields)
                found.append((passed, me.status))
                if me.status != 200 and not is_unavailable(me):
                    wrong.append(me)
        time.sleep(0.05)
    context.check("signed-in users get 200 or 503, never 401", not wrong, wrong[:3])
    # The last look at the changes was up to half a second before the kill.
    early = [(round(passed, 2), status) for passed, status in found
             if passed < STALE_SECONDS - 0.6 and status != 200]
    context.check("they are served from memory at first", not early, (len(early), early[:5]))
    late = {status for passed, status in found if passed > STALE_SECONDS + 0.2}
    context.check(f"and are 503 after {STALE_SECONDS} s", late == {503}, late)
    for seat in fleet.seats:
        me = seat.me(leaver.with_cookie)
        context.check("a session that was ended stays ended, or is 503",
                      me.status == 401 or is_unavailable(me), me)
        login = seat.post("login", "reader")
        context.check("a login is 503", is_unavailable(login), login)
    server.start()
    for seat in fleet.seats:
        context.check("writes succeed again", wait_for(seat.can_store, 15))
        for fields in means:
            me = seat.me(fields)
            context.check("the session is live again", me.status == 200, me)
        context.check("the ended one is not", seat.me(leaver.with_cookie).status == 401)
    fleet.end()


def run_replica(context: Context) -> None:
    """A server that may only be read is passed over; where there is no other, requests are 503."""
    primary = DatabaseServer(context.directory / "primary")
    primary.make_database()
    replica = primary.make_replica(context.directory / "replica")
    address = primary.address().replace("127.0.0.1:", f"127.0.0.1:{replica.port},127.0.0.1:")
    fleet = Fleet(context, address, count=1)
    seat = fleet.seats[0]
    reader = seat.sign_up("reader")
    context.check("a replica that the address names first is passed over", seat.can_store())
    done = fleet.run("check")
    context.check("lunauth check passes it over, too", done.returncode == 0,
                  done.stdout[-300:] + done.stderr)
    # By mistake the primary becomes a replica: as after a failover of which the daemon was not told.
    primary.execute("SELECT pg_switch_wal()")
    primary.stop()
    (primary.data / "standby.signal").touch()
    primary.start()
    responses = [seat.post("signup", "refused"), seat.post("login", "reader"),
                 seat.request("POST", "/auth/logout", None, reader.with_token)]
    context.check("with replicas alone a request is 503", all(map(is_unavailable, responses)),
                  responses)
    daemon = seat.daemon
    status = daemon.stop()
    context.check("the daemon exits with 0 without its database", status == 0, status)
    daemon.start(wait=False)
    wait_for(lambda: daemon.process.status is not None, 45)
    context.check(f"a start with replicas alone ends with {UNAVAILABLE}",
                  daemon.process.status == UNAVAILABLE, daemon.process.text[-300:])
    replica.promote()
    daemon.start()
    me = seat.me(reader.with_token)
    context.check("the session is live after the promotion", me.status == 200, me)
    context.check("writes succeed", seat.can_store())
    fleet.end()
