"""What has to hold while something is wrong, and after it."""

import itertools
import re
from concurrent.futures import ThreadPoolExecutor

from processes import wait_for
from scene import PASSWORD

# Nothing of a fault's inside is a client's business.
INSIDE = re.compile(rb"sqlite|\.db|/|errno|disk|descriptor|SELECT|INSERT|locked|permission", re.I)
NAMES = (f"person-{number}" for number in itertools.count())


class Wish:
    """A request that changes something."""

    def __init__(self, label, method, path, body=None, fields=()):
        self.label, self.request = label, (method, path, body, fields)


def wishes(scene):
    """One of each kind of write."""
    reader, owner = scene.reader, scene.owner
    name = next(NAMES)
    return [
        Wish("signup", "POST", "/auth/signup", scene.credentials(name)),
        Wish("register", "POST", "/auth/register",
             {"username": "joiner", **scene.credentials("joined-" + name)}),
        Wish("logout by cookie", "POST", "/auth/logout", None, reader.with_cookie),
        Wish("logout by token", "GET", "/auth/logout", None, reader.with_token),
        Wish("password", "POST", "/auth/password/change",
             {"currentPassword": PASSWORD, "newPassword": "another secret"}, reader.with_token),
        Wish("other sessions", "DELETE", "/auth/sessions", None, reader.with_cookie),
        Wish("name", "PATCH", "/auth/me", {"name": "Somebody Else"}, reader.with_cookie),
        Wish("settings", "POST", "/auth/config/update", {"signup": False}, owner.with_token),
        Wish("invitation", "POST", "/auth/invites", {}, owner.with_token),
        Wish("API key", "POST", "/auth/api-keys", {"name": "a key"}, reader.with_cookie),
        Wish("disabling", "PATCH", f"/auth/users/{reader.id}", {"status": "disabled"},
             owner.with_cookie),
    ]


class Proof:
    """The checks around one fault of one daemon."""

    def __init__(self, scene, check, name):
        self.scene, self.name = scene, name
        self.check = lambda claim, holds, found="": check(f"{name}: {claim}", holds, found)

    def refuses_writes(self, *reasons):
        """During a fault that lets no write through, more often than a login may fail."""
        scene = self.scene
        before = len(scene.faults())
        wanted = wishes(scene)
        login = Wish("login", "POST", "/auth/login", scene.credentials("victim"))
        answers = []
        with ThreadPoolExecutor(2 * len(wanted)) as pool:
            # Those that are under way count as well, until it is known that they did not fail.
            # No more at once than may wait for a derivation at one address.
            for batch in wanted + [login] * 4, [login] * 4, [login] * 4:
                answers += pool.map(lambda wish: scene.ask(*wish.request), batch)
        wanted += [login] * 12
        for kind in dict.fromkeys(wish.label for wish in wanted):
            of_kind = [it for wish, it in zip(wanted, answers) if wish.label == kind]
            self.check(f"{kind} is 503 with Retry-After, clears no cookie and tells nothing",
                       all(is_honest(it) for it in of_kind), describe(of_kind))
        ids = {it.id for it in answers}
        logged = wait_for(lambda: ids <= {line["id"] for line in scene.faults()[before:]}, 2)
        lines = scene.faults()[before:]
        self.check("the log has a line for each, with its id", logged,
                   ids - {line["id"] for line in lines})
        details = {line["detail"] for line in lines}
        self.check("the line says what happened",
                   any(reason in detail for detail in details for reason in reasons), details)

    def answers_from_memory(self):
        """During any fault."""
        for person in self.scene.reader, self.scene.owner:
            for means in person.with_cookie, person.with_token:
                me = self.scene.me(means)
                self.check("what is in memory is answered", me.status == 200, me)
        for path in "/auth/config", "/health", "/auth/setup/exists":
            answer = self.scene.ask("GET", path)
            self.check(f"{path} is answered", answer.status == 200, answer)

    def lets_nobody_in(self, statuses=(401,)):
        """Ended sessions do not come back; 503 where the database has to be asked and cannot be."""
        for name, fields in self.scene.ended.items():
            me = self.scene.me(fields)
            self.check(f"a session {name} stays ended",
                       me.status in statuses and (me.status == 401 or is_honest(me)), me)

    def refuses_a_wrong_password(self, status):
        answer = self.scene.log_in("reader", "not the password")
        self.check(f"a wrong password is {status}", answer.status == status, answer)

    def returns(self):
        """After the fault, without a restart."""
        scene = self.scene
        self.check("the service returns by itself", wait_for(scene.is_back, 10))
        self.check("it is the same process",
                   scene.daemon.process.popen.poll() is None, scene.daemon.process.text[-300:])
        login = scene.log_in("victim")
        self.check("no fault was counted as a failed login", login.status == 200, login)

    def lost_nothing(self):
        """What was acknowledged is there, what was refused is not."""
        scene = self.scene
        for person in scene.reader, scene.elsewhere, scene.owner, scene.victim:
            for means in person.with_cookie, person.with_token:
                me = scene.me(means)
                self.check("who was signed in still is", me.status == 200, me)
        login = scene.log_in("reader")
        self.check("the password is what it was", login.status == 200, login)
        self.check("the settings are what they were", scene.config().get("signup") is True)
        self.lets_nobody_in()
        self.check("the database is whole", not scene.integrity(), scene.integrity())

    def holds_through_a_restart(self):
        self.scene.restart()
        self.lost_nothing()


def is_honest(answer):
    """Whether an answer says that the fault is ours, and no more."""
    return (answer.status == 503 and answer.code in ("unavailable", "overloaded")
            and int(answer.fields["Retry-After"] or 0) > 0 and not answer.cookie
            and not answer.fields["WWW-Authenticate"] and not INSIDE.search(answer.body))


def describe(answers):
    return sorted({f"{it} {it.cookie[:30]} {it.fields['Retry-After']}" for it in answers})
