"""What has to be true during a fault, and after it."""

import itertools
import re
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from faults.scene import PASSWORD, Scene
from harness.process import wait_for
from harness.site import Fields, Response
from harness.topic import Context

# The cause of an internal error is for the log, not for clients.
INTERNALS = re.compile(
    rb"sqlite|postgres|sqlstate|\.db|/|errno|disk|descriptor|SELECT|INSERT|locked|permission", re.I)
# More in all than an account may have failed logins. No more at once than may wait for a derivation at
# one account, and those in progress count until it is known that they have not failed.
LOGIN_BATCHES, LOGINS_AT_ONCE = 3, 4
NAMES = (f"person-{number}" for number in itertools.count())


@dataclass(frozen=True)
class Write:
    """A request that changes something."""

    label: str
    method: str
    path: str
    body: dict | None = None
    fields: Fields = ()


def writes(scene: Scene) -> list[Write]:
    """One of each kind."""
    reader, owner = scene.reader, scene.owner
    name = next(NAMES)
    return [
        Write("signup", "POST", "/auth/signup", scene.credentials(name)),
        Write("register", "POST", "/auth/register",
              {"username": "joiner", **scene.credentials("joined-" + name)}),
        Write("logout by cookie", "POST", "/auth/logout", None, reader.with_cookie),
        Write("logout by token", "GET", "/auth/logout", None, reader.with_token),
        Write("password change", "POST", "/auth/password/change",
              {"currentPassword": PASSWORD, "newPassword": "another secret"}, reader.with_token),
        Write("ending other sessions", "DELETE", "/auth/sessions", None, reader.with_cookie),
        Write("name change", "PATCH", "/auth/me", {"name": "Another Name"}, reader.with_cookie),
        Write("settings", "POST", "/auth/config/update", {"signup": False}, owner.with_token),
        Write("invitation", "POST", "/auth/invites", {}, owner.with_token),
        Write("API key", "POST", "/auth/api-keys", {"name": "a key"}, reader.with_cookie),
        Write("disabling an account", "PATCH", f"/auth/users/{reader.id}",
              {"status": "disabled"}, owner.with_cookie),
    ]


class Invariants:
    """The checks around one fault of one daemon."""

    def __init__(self, scene: Scene, context: Context, fault: str) -> None:
        self.scene, self.context, self.fault = scene, context, fault

    def check(self, claim: str, holds: object, found: object = "") -> None:
        """Counts one check."""
        self.context.check(f"{self.fault}: {claim}", holds, found)

    def writes_are_unavailable(self, *reasons: str) -> None:
        """During a fault that lets no write succeed."""
        scene = self.scene
        before = len(scene.fault_lines())
        sent = writes(scene)
        login = Write("login", "POST", "/auth/login", scene.credentials("victim"))
        responses = []
        with ThreadPoolExecutor(2 * len(sent)) as pool:
            logins = [login] * LOGINS_AT_ONCE
            for batch in sent + logins, *[logins] * (LOGIN_BATCHES - 1):
                responses += pool.map(lambda it: scene.request(
                    it.method, it.path, it.body, it.fields), batch)
        sent += logins * LOGIN_BATCHES
        for label in dict.fromkeys(write.label for write in sent):
            of_kind = [it for write, it in zip(sent, responses, strict=True)
                       if write.label == label]
            self.check(f"{label} is 503 with Retry-After, clears no cookie and discloses nothing",
                       all(is_unavailable(it) for it in of_kind), describe(of_kind))
        ids = {it.id for it in responses}
        logged = wait_for(lambda: ids <= {line["id"] for line in scene.fault_lines()[before:]}, 2)
        lines = scene.fault_lines()[before:]
        self.check("the log has a line for each with its id", logged,
                   ids - {line["id"] for line in lines})
        details = {line["detail"] for line in lines}
        self.check("the line has the cause",
                   any(reason in detail for detail in details for reason in reasons), details)

    def fill_memory(self) -> None:
        """Before a fault: what is read while a write is committed is not kept, so more than once."""
        for _ in range(3):
            for person in self.scene.reader, self.scene.owner:
                for means in person.with_cookie, person.with_token:
                    self.scene.me(means)
            time.sleep(0.05)

    def memory_is_served(self) -> None:
        """During any fault, after `fill_memory`."""
        for person in self.scene.reader, self.scene.owner:
            for means in person.with_cookie, person.with_token:
                me = self.scene.me(means)
                self.check("a session in memory is served", me.status == 200, me)
        for path in "/auth/config", "/health", "/auth/setup/exists":
            response = self.scene.request("GET", path)
            self.check(f"{path} is served", response.status == 200, response)

    def ended_sessions_stay_ended(self, statuses: Sequence[int] = (401,)) -> None:
        """Always; 503 where the database has to be read and cannot be."""
        for name, fields in self.scene.ended.items():
            me = self.scene.me(fields)
            self.check(f"a session {name} stays ended",
                       me.status in statuses and (me.status == 401 or is_unavailable(me)), me)

    def wrong_password_is(self, status: int) -> None:
        """401, or 503 where the account cannot be read."""
        response = self.scene.log_in("reader", "not the password")
        self.check(f"a wrong password is {status}", response.status == status, response)

    def service_returns(self) -> None:
        """After the fault, without a restart."""
        scene = self.scene
        self.check("writes succeed again without a restart", wait_for(scene.can_store, 10))
        self.check("the process is the same", scene.daemon.process.status is None,
                   scene.daemon.process.text[-300:])
        login = scene.log_in("victim")
        self.check("no fault was counted as a failed login", login.status == 200, login)

    def nothing_is_lost(self) -> None:
        """What was acknowledged is stored, what was refused is not."""
        scene = self.scene
        for person in scene.reader, scene.elsewhere, scene.owner, scene.victim:
            for means in person.with_cookie, person.with_token:
                me = scene.me(means)
                self.check("a live session is live", me.status == 200, me)
        login = scene.log_in("reader")
        self.check("the password is unchanged", login.status == 200, login)
        self.check("the settings are unchanged", scene.config().get("signup") is True)
        self.ended_sessions_stay_ended()
        self.check("the database is intact", not scene.integrity(), scene.integrity())

    def nothing_is_lost_by_a_restart(self) -> None:
        """The same once more, from the disk."""
        self.scene.restart()
        self.nothing_is_lost()


def is_unavailable(response: Response) -> bool:
    """Whether a response reports an internal error, and discloses nothing more."""
    return (response.status == 503 and response.code in ("unavailable", "overloaded")
            and int(response.fields["Retry-After"] or 0) > 0 and not response.cookie
            and not response.fields["WWW-Authenticate"] and not INTERNALS.search(response.body))


def describe(responses: Sequence[Response]) -> list[str]:
    """The different ones among some responses."""
    return sorted({f"{it} {it.cookie[:30]} {it.fields['Retry-After']}" for it in responses})
