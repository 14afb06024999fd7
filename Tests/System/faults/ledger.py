"""Clients that write down what the server has acknowledged."""

import http.client
import itertools
import random
import threading
from typing import TYPE_CHECKING

from faults.invariants import is_unavailable
from faults.scene import PASSWORD
from harness.accounts import Person
from harness.site import Fields, Response

if TYPE_CHECKING:
    from faults.kill import KilledServer

NAMES = itertools.count()


class Unacknowledged(Exception):
    """A request got no response, or one that does not say whether it was done."""


class Known:
    """What a client knows of a value: one value, or several while a change is unacknowledged."""

    def __init__(self, *values: object) -> None:
        self.values = values

    def is_surely(self, value: object) -> bool:
        """Whether it can be nothing else."""
        return self.values == (value,)

    def allows(self, value: object) -> bool:
        """Whether it may be this."""
        return value in self.values

    def may_become(self, value: object) -> None:
        """A request is being sent that would change it."""
        self.values = tuple(dict.fromkeys((*self.values, value)))

    def become(self, value: object) -> None:
        """A response or an audit has said what it is."""
        self.values = (value,)


class Session:
    """A session as its client knows it."""

    def __init__(self, response: Response) -> None:
        person = Person(response)
        self.id, self.live = person.id, Known(True)
        self.means = itertools.cycle((person.with_cookie, person.with_token))


class Account:
    """An account as its client knows it."""

    def __init__(self) -> None:
        self.name = f"account-{next(NAMES)}"
        self.exists, self.enabled, self.shown = Known(False), Known(True), Known(self.name)
        self.password = Known(PASSWORD)
        self.sessions: list[Session] = []
        self.keys: list[tuple[str, str, Known]] = []

    def is_certain(self) -> bool:
        """Whether it can be used."""
        return (self.exists.is_surely(True) and self.enabled.is_surely(True)
                and len(self.password.values) == 1)


class Client(threading.Thread):
    """Does one thing after the other with its own accounts, and writes down the responses."""

    def __init__(self, server: "KilledServer", chance: random.Random) -> None:
        super().__init__(daemon=True)
        self.server, self.chance = server, chance
        self.accounts: list[Account] = []
        self.wrong: list[tuple] = []
        self.count = 0
        self.is_over = False

    def request(self, method: str, path: str, body: dict | None = None,
                fields: Fields = ()) -> Response:
        """One request that has to succeed, unless the server is gone."""
        try:
            response = self.server.request(method, path, body, fields)
        except (OSError, http.client.HTTPException) as error:
            raise Unacknowledged from error
        if response.status not in (200, 201):
            if not (self.server.is_faulty and is_unavailable(response)):
                self.wrong.append((method, path, response))
            raise Unacknowledged
        self.count += 1
        return response

    def run(self) -> None:
        """Works until it is told to stop, or a request is not acknowledged."""
        try:
            while not self.is_over:
                self.act()
        except Unacknowledged:
            pass

    def act(self) -> None:
        """Does one thing."""
        certain = [account for account in self.accounts[-12:] if account.is_certain()]
        if len(certain) < 3 or self.chance.random() < 0.15:
            self.sign_up()
            return
        account = self.chance.choice(certain)
        live = [session for session in account.sessions if session.live.is_surely(True)]
        if not live:
            self.log_in(account)
            return
        action = self.chance.choice([
            self.log_in, self.log_in, self.log_out, self.log_out, self.change_password,
            self.make_key, self.revoke_key, self.disable, self.rename])
        if action in (self.log_in, self.disable):
            action(account)
        else:
            action(account, self.chance.choice(live))

    def sign_up(self) -> None:
        """Opens an account."""
        account = Account()
        self.accounts.append(account)
        account.exists.may_become(True)
        response = self.request("POST", "/auth/signup",
                                {"email": f"{account.name}@example.com", "password": PASSWORD})
        account.exists.become(True)
        account.sessions.append(Session(response))

    def log_in(self, account: Account) -> None:
        """Begins a session."""
        response = self.request("POST", "/auth/login", {
            "email": f"{account.name}@example.com", "password": account.password.values[0]})
        account.sessions.append(Session(response))

    def log_out(self, account: Account, session: Session) -> None:
        """Ends a session."""
        session.live.may_become(False)
        self.request("POST", "/auth/logout", None, next(session.means))
        session.live.become(False)

    def change_password(self, account: Account, session: Session) -> None:
        """Changes the password, which ends the other sessions."""
        new = f"secret number {next(NAMES)}"
        others = [each for each in account.sessions if each is not session]
        body = {"currentPassword": account.password.values[0], "newPassword": new}
        account.password.may_become(new)
        for each in others:
            each.live.may_become(False)
        self.request("POST", "/auth/password/change", body, next(session.means))
        account.password.become(new)
        for each in others:
            each.live.become(False)

    def make_key(self, account: Account, session: Session) -> None:
        """Makes an API key, up to a number: those whose response a kill took count, too."""
        if len(account.keys) < 5:
            made = self.request("POST", "/auth/api-keys", {"name": "a key", "scopes": ["read"]},
                                next(session.means)).json
            account.keys.append((made["id"], made["key"], Known(True)))

    def revoke_key(self, account: Account, session: Session) -> None:
        """Revokes the oldest API key."""
        for id, _, live in account.keys:
            if live.is_surely(True):
                live.may_become(False)
                self.request("DELETE", f"/auth/api-keys/{id}", None, next(session.means))
                live.become(False)
                return

    def disable(self, account: Account) -> None:
        """The owner disables the account, which ends its sessions, and enables it again."""
        path = f"/auth/users/{account.sessions[0].id}"
        account.enabled.may_become(False)
        for session in account.sessions:
            session.live.may_become(False)
        self.request("PATCH", path, {"status": "disabled"}, self.server.owner)
        account.enabled.become(False)
        for session in account.sessions:
            session.live.become(False)
        account.enabled.may_become(True)
        self.request("PATCH", path, {"status": "active"}, self.server.owner)
        account.enabled.become(True)

    def rename(self, account: Account, session: Session) -> None:
        """Changes the name."""
        new = f"Name {next(NAMES)}"
        account.shown.may_become(new)
        self.request("PATCH", "/auth/me", {"name": new}, next(session.means))
        account.shown.become(new)


class Administrator(Client):
    """Changes settings and invitations."""

    def __init__(self, server: "KilledServer", chance: random.Random) -> None:
        super().__init__(server, chance)
        self.approval = Known(True)
        self.invitations: dict[str, Known] = {}

    def act(self) -> None:
        if self.chance.random() < 0.5:
            new = not self.approval.values[-1]
            self.approval.may_become(new)
            self.request("POST", "/auth/config/update", {"approval": new}, self.server.owner)
            self.approval.become(new)
        elif len(self.invitations) < 20:
            made = self.request("POST", "/auth/invites", {}, self.server.owner).json
            self.invitations[made["id"]] = Known(True)
        else:
            id = next(iter(self.invitations))
            self.invitations[id].may_become(False)
            self.request("DELETE", f"/auth/invites/{id}", None, self.server.owner)
            del self.invitations[id]
