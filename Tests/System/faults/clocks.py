"""A wall clock that is set back an hour, or a year ahead, while the server runs."""

import email.utils
import http.client
import time

from faults.injector import Injector
from faults.invariants import Invariants
from faults.scene import PASSWORD, Scene
from harness.accounts import Person
from harness.topic import Context

HOUR, YEAR = 3_600, 366 * 86_400


class Watch:
    """What must not depend on the wall clock: a connection, and rate limits."""

    def __init__(self, scene: Scene, invariants: Invariants) -> None:
        self.scene, self.check = scene, invariants.check
        self.connection = http.client.HTTPConnection("127.0.0.1", scene.daemon.port, timeout=10)
        self.request()
        # Uses up the failed logins of an account; each comes from another address.
        for _ in range(60):
            scene.log_in("guessed", "not the password")

    def request(self) -> http.client.HTTPResponse:
        """A request on the connection."""
        self.connection.request("GET", "/health")
        response = self.connection.getresponse()
        response.read()
        return response

    def check_after(self) -> float:
        """Checks both after the clock was set; the seconds by which Date is ahead."""
        limited = self.scene.log_in("guessed", "not the password")
        wait = int(limited.fields["Retry-After"] or 0)
        self.check("a rate limit is unchanged",
                   limited.status == 429 and 0 < wait <= 360, (limited, wait))
        response = self.request()
        self.check("a connection stays open", response.status == 200, response.status)
        shown = email.utils.parsedate_to_datetime(response.headers["Date"]).timestamp()
        return shown - time.time()


def try_back(scene: Scene, clock: Injector, context: Context) -> None:
    """Tokens of the last hour are issued in the future now; they stay valid."""
    invariants = Invariants(scene, context, "an hour back")
    watch = Watch(scene, invariants)
    leaver = scene.sign_up("leaver-back")
    clock.set_clock(-HOUR)
    ahead = watch.check_after()
    invariants.check("Date follows the clock", abs(ahead + HOUR) < 60, ahead)
    invariants.memory_is_served()
    invariants.nothing_is_lost()
    refreshed = scene.request("POST", "/auth/refresh", None, scene.reader.with_token)
    invariants.check("a token can be refreshed", refreshed.status == 200, refreshed)
    try_new(scene, invariants, "new-back")
    out = scene.request("POST", "/auth/logout", None, leaver.with_token)
    invariants.check("logout with such a token succeeds", out.status == 200, out)
    scene.ended["logged out an hour back (cookie)"] = leaver.with_cookie
    scene.ended["logged out an hour back (token)"] = leaver.with_token
    invariants.ended_sessions_stay_ended()
    invariants.nothing_is_lost_by_a_restart()
    clock.set_clock(0)
    invariants = Invariants(scene, context, "after the hour back")
    invariants.nothing_is_lost()
    invariants.service_returns()


def try_ahead(scene: Scene, clock: Injector, context: Context) -> None:
    """Every session has expired, but none is deleted that is valid once the clock is right."""
    invariants = Invariants(scene, context, "a year ahead")
    watch = Watch(scene, invariants)
    people = {name: scene.sign_up(f"{name}-ahead") for name in ("cookie", "token", "old", "off")}
    clock.set_clock(YEAR)
    ahead = watch.check_after()
    invariants.check("Date follows the clock", abs(ahead - YEAR) < 60, ahead)
    for means, code in (("with_cookie", "unauthenticated"), ("with_token", "token_expired")):
        me = scene.me(getattr(scene.reader, means))
        invariants.check(f"a session has expired ({code}), and no cookie is cleared",
                         me.status == 401 and me.code == code and not me.cookie, me)
    invariants.ended_sessions_stay_ended()
    later = try_new(scene, invariants, "new-ahead")
    end_while_ahead(scene, people, invariants)
    for hours in range(6):
        # The purge runs a minute after the start, and every hour.
        clock.set_clock(YEAR, 61 + hours * (HOUR + 1))
        time.sleep(0.5)
    invariants.check("the daemon runs", scene.daemon.process.status is None)
    clock.set_clock(0, 61 + 5 * (HOUR + 1))
    invariants = Invariants(scene, context, "after the year ahead")
    scene.ended |= {f"ended a year ahead ({name}, {means})": getattr(person, f"with_{means}")
                    for name, person in people.items() for means in ("cookie", "token")}
    invariants.memory_is_served()
    invariants.nothing_is_lost()
    me = scene.me(later.with_token)
    invariants.check("a session that began meanwhile is live", me.status == 200, me)
    invariants.service_returns()
    invariants.nothing_is_lost_by_a_restart()


def try_new(scene: Scene, invariants: Invariants, name: str) -> Person:
    """A signup while the clock is wrong."""
    person = scene.sign_up(name)
    for means in person.with_cookie, person.with_token:
        me = scene.me(means)
        invariants.check("a new session is live", me.status == 200, me)
    wrong = scene.log_in(name, "not the password")
    invariants.check("a wrong password is 401", wrong.status == 401, wrong)
    return person


def end_while_ahead(scene: Scene, people: dict[str, Person], invariants: Invariants) -> None:
    """Sessions that have expired by the wrong clock can be ended."""
    owner = Person(scene.log_in("owner"))
    again = Person(scene.log_in("old-ahead"))
    for method, path, body, fields in (
            ("POST", "/auth/logout", None, people["cookie"].with_cookie),
            ("POST", "/auth/logout", None, people["token"].with_token),
            ("POST", "/auth/password/change",
             {"currentPassword": PASSWORD, "newPassword": "another secret"}, again.with_cookie),
            ("PATCH", f"/auth/users/{people['off'].id}", {"status": "disabled"},
             owner.with_cookie),
            ("PATCH", f"/auth/users/{people['off'].id}", {"status": "active"},
             owner.with_cookie)):
        response = scene.request(method, path, body, fields)
        invariants.check(f"{path} succeeds", response.status == 200, response)


def run(context: Context) -> None:
    """An hour back, then a year ahead, on the same daemon."""
    directory = context.directory / "daemon"
    clock = Injector(context.directory, directory / "data")
    scene = Scene(directory, clock)
    try_back(scene, clock, context)
    try_ahead(scene, clock, context)
    scene.daemon.stop()
