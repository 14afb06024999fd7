"""The disk of the database server is full."""

import os
import pathlib

from faults.disk import full, small_disk
from faults.invariants import is_unavailable
from harness.database_servers import DatabaseServer
from harness.process import wait_for
from harness.site import Fields
from harness.topic import Context
from postgresql.fleet import Fleet

SIZE = "96m"
MOST_SIGNUPS = 1_000


def run(context: Context) -> None:
    """Writes are 503 until there is space, and what was acknowledged is stored."""
    if os.geteuid() != 0:
        context.check("SKIPPED: only root can mount a small file system", False)
        return
    disk = context.directory / "disk"
    with small_disk(disk, SIZE):
        server = DatabaseServer(disk / "server")
        server.make_database()
        fleet = Fleet(context, server.address(), count=2)
        seat = fleet.seats[0]
        reader = seat.sign_up("reader")
        leaver = seat.sign_up("leaver")
        seat.request("POST", "/auth/logout", None, leaver.with_cookie)
        acknowledged = fill(context, fleet, disk / "ballast", reader.with_cookie)
        if server.process.status is not None:
            context.note("the server has ended, and is started again as its supervisor would")
            server.start()
        for each in fleet.seats:
            context.check("writes succeed again once there is space", wait_for(each.can_store, 15))
            me = each.me(reader.with_cookie)
            context.check("a live session is live", me.status == 200, me)
            me = each.me(leaver.with_cookie)
            context.check("an ended session stays ended", me.status == 401, me)
        lost = [name for name in acknowledged if fleet.seats[1].post("login", name).status != 200]
        context.check("every acknowledged signup is stored", not lost, (len(lost), lost[:3]))
        context.note(f"{len(acknowledged)} signups were acknowledged on a full disk")
        fleet.end()
        server.stop()


def fill(context: Context, fleet: Fleet, ballast: pathlib.Path, live: Fields) -> list[str]:
    """Fills the disk, and signs up until nothing is stored any more; who was acknowledged."""
    seat = fleet.seats[0]
    acknowledged, refused, wrong = [], 0, []
    with full(ballast):
        for number in range(MOST_SIGNUPS):
            name = f"late-{number}"
            response = seat.post("signup", name)
            if response.status == 201:
                acknowledged.append(name)
            elif is_unavailable(response):
                refused += 1
            else:
                wrong.append(response)
            if refused >= 20:
                break
        me = seat.me(live)
        context.check("a live session is served, or 503", me.status == 200 or is_unavailable(me), me)
        login = seat.post("login", "reader", password="not the password")
        context.check("a wrong password is 401, or 503",
                      login.status == 401 or is_unavailable(login), login)
    context.check("a signup is 201 or 503 with Retry-After", not wrong, wrong[:3])
    context.check("signups are refused for lack of space", refused >= 20, refused)
    logged = [line for line in seat.daemon.lines("") if "No space left" in str(line)]
    context.check("the log says why", logged, seat.daemon.lines("")[-2:])
    return acknowledged
