"""What clients were told, and whether the server still says so after a kill."""

import http.client
import itertools
import threading

from accounts import Person
from proof import is_honest
from scene import PASSWORD

NAMES = itertools.count()


class Unanswered(Exception):
    """Nobody knows whether it was done."""


class Known:
    """Something that is so, is not so, or may be either because nobody was answered."""

    def __init__(self, *values):
        self.values = values

    def is_surely(self, value):
        return self.values == (value,)

    def allows(self, value):
        return value in self.values

    def begin(self, value):
        """A request is on its way that would make it another."""
        self.values = tuple(dict.fromkeys((*self.values, value)))

    def settle(self, value):
        self.values = (value,)


class Signed:
    """A session as its client knows it."""

    def __init__(self, answer):
        person = Person(answer)
        self.id, self.live = person.id, Known(True)
        self.means = itertools.cycle((person.with_cookie, person.with_token))


class Account:
    """Somebody, with all that was done to the account."""

    def __init__(self):
        self.name = f"somebody-{next(NAMES)}"
        self.exists, self.enabled, self.shown = Known(False), Known(True), Known(self.name)
        self.password = Known(PASSWORD)
        self.sessions, self.keys = [], []

    def is_settled(self):
        return (self.exists.is_surely(True) and self.enabled.is_surely(True)
                and len(self.password.values) == 1)


class Client(threading.Thread):
    """Does one thing after the other with accounts of its own, and writes down what it was told."""

    def __init__(self, server, chance):
        super().__init__(daemon=True)
        self.server, self.chance = server, chance
        self.accounts, self.wrong, self.count = [], [], 0
        self.is_over = False

    def ask(self, method, path, body=None, fields=(), good=(200, 201)):
        """One request that has to succeed, unless nobody answers."""
        try:
            answer = self.server.ask(method, path, body, fields)
        except (OSError, http.client.HTTPException) as error:
            raise Unanswered from error
        if answer.status not in good:
            if not (self.server.is_faulty and is_honest(answer)):
                self.wrong.append((method, path, answer))
            raise Unanswered
        self.count += 1
        return answer

    def run(self):
        try:
            while not self.is_over:
                self.act()
        except Unanswered:
            pass

    def act(self):
        settled = [account for account in self.accounts[-12:] if account.is_settled()]
        if len(settled) < 3 or self.chance.random() < 0.15:
            return self.sign_up()
        account = self.chance.choice(settled)
        live = [signed for signed in account.sessions if signed.live.is_surely(True)]
        if not live:
            return self.log_in(account)
        action = self.chance.choice([
            self.log_in, self.log_in, self.log_out, self.log_out, self.change_password,
            self.make_key, self.revoke_key, self.disable, self.rename])
        return action(account) if action in (self.log_in, self.disable) else action(
            account, self.chance.choice(live))

    def sign_up(self):
        account = Account()
        self.accounts.append(account)
        account.exists.begin(True)
        answer = self.ask("POST", "/auth/signup",
                          {"email": f"{account.name}@example.com", "password": PASSWORD})
        account.exists.settle(True)
        account.sessions.append(Signed(answer))

    def log_in(self, account):
        answer = self.ask("POST", "/auth/login", {
            "email": f"{account.name}@example.com", "password": account.password.values[0]})
        account.sessions.append(Signed(answer))

    def log_out(self, account, signed):
        signed.live.begin(False)
        self.ask("POST", "/auth/logout", None, next(signed.means))
        signed.live.settle(False)

    def change_password(self, account, signed):
        new = f"secret number {next(NAMES)}"
        others = [each for each in account.sessions if each is not signed]
        body = {"currentPassword": account.password.values[0], "newPassword": new}
        account.password.begin(new)
        for each in others:
            each.live.begin(False)
        self.ask("POST", "/auth/password/change", body, next(signed.means))
        account.password.settle(new)
        for each in others:
            each.live.settle(False)

    def make_key(self, account, signed):
        if len(account.keys) < 20:
            made = self.ask("POST", "/auth/api-keys", {"name": "a key", "scopes": ["read"]},
                            next(signed.means)).json
            account.keys.append((made["id"], made["key"], Known(True)))

    def revoke_key(self, account, signed):
        for id, _, live in account.keys:
            if live.is_surely(True):
                live.begin(False)
                self.ask("DELETE", f"/auth/api-keys/{id}", None, next(signed.means))
                live.settle(False)
                return

    def disable(self, account):
        """The owner disables the account, which ends its sessions, and lets it in again."""
        path = f"/auth/users/{account.sessions[0].id}"
        account.enabled.begin(False)
        for signed in account.sessions:
            signed.live.begin(False)
        self.ask("PATCH", path, {"status": "disabled"}, self.server.owner)
        account.enabled.settle(False)
        for signed in account.sessions:
            signed.live.settle(False)
        self.enable(account)

    def enable(self, account):
        path = f"/auth/users/{account.sessions[0].id}"
        account.enabled.begin(True)
        self.ask("PATCH", path, {"status": "active"}, self.server.owner)
        account.enabled.settle(True)

    def rename(self, account, signed):
        new = f"Name {next(NAMES)}"
        account.shown.begin(new)
        self.ask("PATCH", "/auth/me", {"name": new}, next(signed.means))
        account.shown.settle(new)


class Administrator(Client):
    """Changes what concerns everybody."""

    def __init__(self, server, chance):
        super().__init__(server, chance)
        self.approval, self.invitations = Known(True), {}

    def act(self):
        if self.chance.random() < 0.5:
            new = not self.approval.values[-1]
            self.approval.begin(new)
            self.ask("POST", "/auth/config/update", {"approval": new}, self.server.owner)
            self.approval.settle(new)
        elif len(self.invitations) < 20:
            made = self.ask("POST", "/auth/invites", {}, self.server.owner).json
            self.invitations[made["id"]] = Known(True)
        else:
            id = next(iter(self.invitations))
            self.invitations[id].begin(False)
            self.ask("DELETE", f"/auth/invites/{id}", None, self.server.owner)
            del self.invitations[id]
