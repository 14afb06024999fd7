"""Daemons that start at the same time, or with a wrong key."""

import base64
import json
import secrets
import threading
import time

from contract.codes import enrol
from harness.accounts import Person
from harness.daemon import Daemon
from harness.database_servers import DatabaseServer
from harness.process import wait_for
from harness.topic import Context
from postgresql.fleet import SETUP_CODE, Fleet, Seat
from postgresql.load import Load

AT_ONCE = 3
ROUNDS = 4
# From the command to the first token of the new key, and a little more.
ROTATION_SECONDS = 12
# An exit status of sysexits.h: EX_CONFIG.
CONFIGURATION = 78


def run_together(context: Context) -> None:
    """Daemons that start at once on an empty database: one makes the tables, all serve."""
    server = DatabaseServer(context.directory / "server", log_statement="ddl")
    key = secrets.token_hex(32)
    for number in range(ROUNDS):
        name = f"round{number}"
        server.make_database(name)
        daemons = [Daemon(context.directory / f"{name}-{each}", starts=False,
                          DATABASE=server.address(name), SECRET_KEY=key, LOG_LEVEL="notice")
                   for each in range(AT_ONCE)]
        threads = [threading.Thread(target=each.start, args=[False]) for each in daemons]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for each in daemons:
            context.check("a daemon of several that start at once serves",
                          wait_for(each.is_ready, 20, 0.02, each.process), each.process.text[-600:])
        made = server.output.read_text(errors="replace").count(": CREATE TABLE accounts ")
        context.check("one of them has made the tables", made == number + 1, made)
        for each in daemons:
            status = each.stop()
            context.check("the daemon exits with 0", status == 0, status)


def run_keys(context: Context) -> None:
    """A daemon whose key does not open what the database has sealed stops, and harms no other one."""
    server = DatabaseServer(context.directory / "server")
    server.make_database()
    fleet = Fleet(context, server.address(), count=2)
    seat = fleet.seats[0]
    person = seat.sign_up("careful")
    try_other_key(context, fleet, "the record of events")
    enrol(caller(seat), person.token)
    try_other_key(context, fleet, "second factors")
    done = fleet.run("check")
    context.check("lunauth check finds that the key fits", done.returncode == 0, done.stderr)
    fleet.end()


def run_rotation(context: Context) -> None:
    """No request notices that the key is replaced, while three daemons serve."""
    server = DatabaseServer(context.directory / "server")
    server.make_database()
    fleet = Fleet(context, server.address())
    person = fleet.seats[0].sign_up("before")
    load = Load(fleet, context.options.seed)
    load.start()
    load.wait(100)
    done = fleet.run("secret", "rotate")
    context.check("the key is replaced", done.returncode == 0, done.stdout + done.stderr)
    # A new key signs once every daemon has had the time to learn it.
    time.sleep(ROTATION_SECONDS)
    load.wait(100)
    load.stop()
    for seat in fleet.seats:
        me = seat.me(person.with_token)
        context.check("a token of before is valid", me.status == 200, me)
        after = Person(seat.post("login", "before"))
        context.check("another key signs", kid(after.token) != kid(person.token), kid(after.token))
        statuses = [each.me(after.with_token).status for each in fleet.seats]
        context.check("a token of after is valid everywhere", set(statuses) == {200}, statuses)
    load.audit()
    fleet.end()


def kid(token: str) -> str:
    """The name of the key that signed a token."""
    head = token.split(".")[0]
    return json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))["kid"]


def try_other_key(context: Context, fleet: Fleet, sealed: str) -> None:
    """A daemon with another key than the others, which go on."""
    settings = fleet.settings | {"SECRET_KEY": secrets.token_hex(32)}
    other = Daemon(context.directory / f"other-{secrets.token_hex(4)}", starts=False, **settings)
    other.start(wait=False)
    wait_for(lambda: other.process.status is not None, 20)
    context.check(f"a daemon whose key does not open {sealed} ends with {CONFIGURATION}",
                  other.process.status == CONFIGURATION, other.process.text[-600:])
    other.stop()
    context.check("the others go on", all(each.can_store() for each in fleet.seats),
                  fleet.faults().most_common(2))
    fleet.check_record(f"the record is intact after a daemon that does not open {sealed}")


def caller(seat: Seat):
    """Calls a daemon as `enrol` expects it."""
    def call(path: str, body: dict | None = None, token: str = "") -> dict:
        return seat.request("POST", path, body, [("Authorization", f"Bearer {token}"),
                                                 ("X-Setup-Code", SETUP_CODE)]).json
    return call
