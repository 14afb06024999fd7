"""What one daemon has acknowledged, another one knows within a second."""

import time

from harness.accounts import Person
from harness.database_servers import PgBouncer, DatabaseServer
from harness.process import wait_for
from harness.topic import Context
from postgresql.fleet import INVALIDATION_SECONDS, Fleet, Seat
from postgresql.load import Load

# How many log out in CI, and where there is time (`make soak`).
FEW, MANY = 100, 1_000
MANY_ROUNDS = 100


def seconds_until_refused(others: list[Seat], person: Person) -> float:
    """How long the others still accept a session that has ended just now."""
    begin = time.monotonic()
    for seat in others:
        wait_for(lambda: seat.me(person.with_cookie).status == 401, 5, 0.005)
    return time.monotonic() - begin


def log_out_often(fleet: Fleet, context: Context, count: int) -> None:
    """A logout at one daemon is refused at the others."""
    seats = fleet.seats
    seconds = []
    for number in range(count):
        seat = seats[number % len(seats)]
        others = [each for each in seats if each is not seat]
        person = Person(seat.post("login", "leaver"))
        # All have it in memory.
        live = [each.me(person.with_cookie).status for each in (*seats, *seats)]
        ended = seat.request("POST", "/auth/logout", None, person.with_cookie)
        seconds.append(seconds_until_refused(others, person))
        context.check(f"a logout is refused elsewhere within {INVALIDATION_SECONDS:.0f} s",
                      set(live) == {200} and ended.status == 200
                      and seconds[-1] < INVALIDATION_SECONDS, (live, ended, seconds[-1]))
    seconds.sort()
    context.note(f"{count} logouts refused elsewhere: half within {seconds[count // 2] * 1000:.0f} ms,"
                 f" all within {seconds[-1] * 1000:.0f} ms")


def change_everything(fleet: Fleet, context: Context) -> None:
    """Disabling, roles, tiers, keys and settings take effect everywhere, too."""
    first, second = fleet.seats[0], fleet.seats[1]
    person = first.sign_up("changed")
    made = first.request("POST", "/auth/api-keys", {"name": "a key", "scopes": ["read"]},
                         person.with_cookie).json
    key = [("Authorization", f"Bearer {made['key']}")]
    for fields in person.with_cookie, key:
        second.me(fields)
    path = f"/auth/users/{person.id}"

    def changed(claim: str, found) -> None:
        context.check(f"{claim} within {INVALIDATION_SECONDS:.0f} s",
                      wait_for(found, INVALIDATION_SECONDS))

    first.request("PATCH", path, {"tier": "pro"}, fleet.owner)
    changed("another tier is known", lambda: second.me(
        person.with_cookie).json["tier"] == "pro")
    first.request("PATCH", path, {"role": "member"}, fleet.owner)
    changed("another role is known", lambda: second.me(
        person.with_cookie).json["role"] == "member")
    first.request("DELETE", f"/auth/api-keys/{made['id']}", None, person.with_cookie)
    changed("a revoked API key is refused", lambda: second.me(key).status == 401)
    first.request("PATCH", path, {"status": "disabled"}, fleet.owner)
    changed("a disabled account is refused", lambda: second.me(
        person.with_cookie).status in (401, 403))
    first.request("POST", "/auth/config/update", {"signup": False}, fleet.owner)
    changed("another setting is known", lambda: second.request(
        "GET", "/auth/config").json["signup"] is False)
    first.request("POST", "/auth/config/update", {"signup": True}, fleet.owner)
    changed("and its end", lambda: second.request(
        "GET", "/auth/config").json["signup"] is True)


def run_direct(context: Context) -> None:
    """Three daemons at a server."""
    server = DatabaseServer(context.directory / "server")
    server.make_database()
    fleet = Fleet(context, server.address())
    fleet.seats[0].sign_up("leaver")
    is_long = context.options.rounds >= MANY_ROUNDS
    log_out_often(fleet, context, MANY if is_long else FEW)
    change_everything(fleet, context)
    for seat in fleet.seats:
        status, checks = seat.ready()
        context.check("/readyz says that notifications arrive",
                      status == 200 and checks["notifications"] == "ok", checks)
    done = fleet.run("check")
    context.check("lunauth check says that notifications arrive", done.returncode == 0
                  and "notifications arrive" in done.stdout, done.stdout[-400:] + done.stderr)
    fleet.end()


def run_pooled(context: Context) -> None:
    """The same through PgBouncer, which pools transactions: with a direct address, and without."""
    server = DatabaseServer(context.directory / "server")
    server.make_database()
    pooler = PgBouncer(context.directory / "pgbouncer", server)
    fleet = Fleet(context, pooler.address(), DATABASE_POOLING="transaction",
                  DATABASE_DIRECT=server.address())
    fleet.seats[0].sign_up("leaver")
    log_out_often(fleet, context, FEW // 2)
    change_everything(fleet, context)
    for seat in fleet.seats:
        status, checks = seat.ready()
        context.check("with database.direct /readyz says that notifications arrive",
                      status == 200 and checks["notifications"] == "ok", checks)
    done = fleet.run("check")
    context.check("with database.direct lunauth check says so, too", done.returncode == 0
                  and "notifications arrive" in done.stdout, done.stdout[-400:] + done.stderr)
    load = Load(fleet, context.options.seed)
    load.start()
    load.wait(100)
    fleet.is_faulty = True
    pooler.kill()
    pooler.start()
    for seat in fleet.seats:
        context.check("writes succeed again after PgBouncer was killed",
                      wait_for(seat.can_store, 15))
    load.wait(100)
    load.stop()
    fleet.is_faulty = False
    load.audit()
    fleet.end()
    try_without_direct(pooler, context, server)


def try_without_direct(pooler: PgBouncer, context: Context, server: DatabaseServer) -> None:
    """Notifications are lost without a word: a probe says so, and changes are found by looking."""
    server.make_database("lunauth2")
    pooler.add("lunauth2")
    fleet = Fleet(context, pooler.address("lunauth2"), name="without-direct",
                  DATABASE_POOLING="transaction")
    for seat in fleet.seats:
        found = wait_for(lambda: seat.ready()[1]["notifications"] == "not_received")
        status, checks = seat.ready()
        context.check("without it /readyz is 200 and says not_received", found and status == 200,
                      checks)
    done = fleet.run("check")
    said = done.stdout + done.stderr
    context.check("without it lunauth check says that notifications do not arrive",
                  "notifications do not arrive" in said and "database.direct" in said, said[-600:])
    fleet.seats[0].sign_up("leaver")
    log_out_often(fleet, context, FEW // 5)
    change_everything(fleet, context)
    fleet.end()
