"""Holds a server that was killed and started again to what its clients were told."""

from ledger import Signed


class Audit:
    """Compares, and settles what nobody knew."""

    def __init__(self, server):
        self.server, self.wrong, self.count = server, [], 0

    def hold(self, claim, holds, *found):
        self.count += 1
        if not holds:
            self.wrong.append((claim, *found))

    def log_in(self, account, password):
        return self.server.ask("POST", "/auth/login", {
            "email": f"{account.name}@example.com", "password": password})

    def look_at(self, client):
        for account in client.accounts:
            self.look_at_account(account)
        client.accounts = [each for each in client.accounts if each.exists.allows(True)]
        client.wrong.clear()

    def look_at_account(self, account):
        """One account; no more than one thing about it can be unknown."""
        answers = {password: self.log_in(account, password)
                   for password in account.password.values}
        right = [password for password, it in answers.items() if it.status in (200, 403)]
        if not right:
            statuses = [it.status for it in answers.values()]
            self.hold("an account is there", account.exists.allows(False) and
                      set(statuses) == {401}, account.name, statuses)
            account.exists.settle(False)
            return
        self.hold("one password is right", len(right) == 1, account.name, answers)
        answer = answers[right[0]]
        is_enabled = answer.status == 200
        self.hold("it is enabled or disabled as was said",
                  account.enabled.allows(is_enabled), account.name, answer)
        is_kept = is_enabled and right[0] == account.password.values[0]
        self.look_at_sessions(account, is_kept)
        account.exists.settle(True)
        account.enabled.settle(is_enabled)
        account.password.settle(right[0])
        if is_enabled:
            account.sessions.append(Signed(answer))
            self.look_at_name(account, answer.json["user"]["name"])
            self.look_at_keys(account)
        elif account.sessions:
            self.server.ask("PATCH", f"/auth/users/{account.sessions[0].id}",
                            {"status": "active"}, self.server.owner)
            account.enabled.settle(True)

    def look_at_sessions(self, account, is_kept):
        """What was to end all of them ended all, or none."""
        unknown = [signed for signed in account.sessions if len(signed.live.values) > 1]
        found = {signed: self.server.ask("GET", "/auth/me", None, next(signed.means)).status
                 for signed in account.sessions}
        for signed, status in found.items():
            self.hold("a session is live or ended as was said",
                      status in (200, 401) and signed.live.allows(status == 200),
                      account.name, signed.live.values, status)
            signed.live.settle(status == 200)
        if len(unknown) > 1:
            self.hold("all sessions end with a password, or none",
                      {found[signed] for signed in unknown} == {200 if is_kept else 401},
                      account.name, found.values(), is_kept)
        account.sessions = account.sessions[-8:]

    def look_at_name(self, account, name):
        self.hold("the name is as was said", account.shown.allows(name),
                  account.shown.values, name)
        account.shown.settle(name)

    def look_at_keys(self, account):
        for _, key, live in account.keys:
            fields = [("Authorization", f"Bearer {key}")]
            status = self.server.ask("GET", "/auth/me", None, fields).status
            self.hold("an API key is good or revoked as was said",
                      status in (200, 401) and live.allows(status == 200), live.values, status)
            live.settle(status == 200)

    def look_at_settings(self, administrator):
        approval = self.server.ask("GET", "/auth/config").json["approval"]
        self.hold("the settings are as was said", administrator.approval.allows(approval),
                  administrator.approval.values, approval)
        administrator.approval.settle(approval)
        listed = self.server.ask("GET", "/auth/invites?limit=100", None, self.server.owner).json
        present = {each["id"] for each in listed["items"]}
        for id, live in administrator.invitations.items():
            self.hold("an invitation is there as was said", live.allows(id in present), id)
        # Those that nobody was told of are there for good.
        for id in present:
            self.server.ask("DELETE", f"/auth/invites/{id}", None, self.server.owner)
        administrator.invitations.clear()
