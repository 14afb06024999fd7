"""A wall clock that is set back an hour, or a year ahead, while the server runs."""

import email.utils
import http.client
import time

from injector import Injector
from proof import Proof
from scene import PASSWORD, Person, Scene

HOUR, YEAR = 3_600, 366 * 86_400


class Watch:
    """What must not notice that the clock was set: a connection, and limits."""

    def __init__(self, scene, check):
        self.scene, self.check = scene, check
        self.connection = http.client.HTTPConnection("127.0.0.1", scene.daemon.port, timeout=10)
        self.ask()
        # All the failures that strangers have at an account; each comes from another address.
        for _ in range(60):
            scene.log_in("guessed", "not the password")

    def ask(self):
        self.connection.request("GET", "/health")
        answer = self.connection.getresponse()
        answer.read()
        return answer

    def look(self, when):
        limited = self.scene.log_in("guessed", "not the password")
        wait = int(limited.fields["Retry-After"] or 0)
        self.check(f"{when} a limit goes on as it was",
                   limited.status == 429 and 0 < wait <= 360, (limited, wait))
        answer = self.ask()
        self.check(f"{when} a connection goes on", answer.status == 200, answer.status)
        shown = email.utils.parsedate_to_datetime(answer.headers["Date"]).timestamp()
        return shown - time.time()


def try_back(scene, clock, check):
    """Who signed in within the hour has a token from the future: it is ours, and it is good."""
    proof = Proof(scene, check, "an hour back")
    watch = Watch(scene, proof.check)
    leaver = scene.sign_up("leaver-back")
    clock.set_clock(-HOUR)
    shown = watch.look("at once")
    proof.check("Date follows the clock", abs(shown + HOUR) < 60, shown)
    proof.answers_from_memory()
    proof.lost_nothing()
    refreshed = scene.ask("POST", "/auth/refresh", None, scene.reader.with_token)
    proof.check("a token can be refreshed", refreshed.status == 200, refreshed)
    try_new(scene, proof, "new-back")
    out = scene.ask("POST", "/auth/logout", None, leaver.with_token)
    proof.check("signing out with such a token works", out.status == 200, out)
    scene.ended["out an hour back, by cookie"] = leaver.with_cookie
    scene.ended["out an hour back, by token"] = leaver.with_token
    proof.lets_nobody_in()
    proof.holds_through_a_restart()
    clock.set_clock(0)
    proof = Proof(scene, check, "the hour again")
    proof.lost_nothing()
    proof.returns()


def try_ahead(scene, clock, check):
    """Everything has expired, which is said; nothing is forgotten that will be good again."""
    proof = Proof(scene, check, "a year ahead")
    watch = Watch(scene, proof.check)
    people = {name: scene.sign_up(f"{name}-ahead") for name in ("cookie", "token", "old", "off")}
    clock.set_clock(YEAR)
    shown = watch.look("at once")
    proof.check("Date follows the clock", abs(shown - YEAR) < 60, shown)
    for means, code in (("with_cookie", "unauthenticated"), ("with_token", "token_expired")):
        me = scene.me(getattr(scene.reader, means))
        proof.check(f"a session has expired ({code}), and no cookie is cleared",
                    me.status == 401 and me.code == code and not me.cookie, me)
    proof.lets_nobody_in()
    later = try_new(scene, proof, "new-ahead")
    end_while_ahead(scene, people, proof)
    for hours in range(6):
        # The purge comes a minute after the start, and every hour.
        clock.set_clock(YEAR, 61 + hours * (HOUR + 1))
        time.sleep(0.5)
    proof.check("it still runs", scene.daemon.process.popen.poll() is None)
    clock.set_clock(0, 61 + 5 * (HOUR + 1))
    proof = Proof(scene, check, "the year again")
    scene.ended |= {f"ended a year ahead ({name}) by {means}": getattr(person, f"with_{means}")
                    for name, person in people.items() for means in ("cookie", "token")}
    proof.answers_from_memory()
    proof.lost_nothing()
    me = scene.me(later.with_token)
    proof.check("who signed in meanwhile is not thrown out", me.status == 200, me)
    proof.returns()
    proof.holds_through_a_restart()


def try_new(scene, proof, name):
    """Somebody who comes while the clock is wrong."""
    person = scene.sign_up(name)
    for means in person.with_cookie, person.with_token:
        me = scene.me(means)
        proof.check("who signs up is signed in", me.status == 200, me)
    wrong = scene.log_in(name, "not the password")
    proof.check("a wrong password is 401", wrong.status == 401, wrong)
    return person


def end_while_ahead(scene, people, proof):
    """What has expired by the wrong clock is ended nevertheless."""
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
        answer = scene.ask(method, path, body, fields)
        proof.check(f"{path} works", answer.status == 200, answer)


def try_all(directory, library, check):
    place = directory / "daemon"
    clock = Injector(library, directory, place / "data")
    scene = Scene(place, clock)
    try_back(scene, clock, check)
    try_ahead(scene, clock, check)
    scene.daemon.stop()
