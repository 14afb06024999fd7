"""Compares a server that was killed and started again with what its clients know."""

from typing import TYPE_CHECKING

from faults.ledger import Account, Administrator, Client, Session
from harness.site import Response

if TYPE_CHECKING:
    from faults.kill import KilledServer


class Audit:
    """Compares, and decides what was unknown."""

    def __init__(self, server: "KilledServer") -> None:
        self.server = server
        self.wrong: list[tuple] = []
        self.count = 0

    def expect(self, claim: str, holds: bool, *found: object) -> None:
        """Counts one comparison."""
        self.count += 1
        if not holds:
            self.wrong.append((claim, *found))

    def log_in(self, account: Account, password: str) -> Response:
        """A login."""
        return self.server.request("POST", "/auth/login", {
            "email": f"{account.name}@example.com", "password": password})

    def compare(self, client: Client) -> None:
        """All accounts of a client."""
        for account in client.accounts:
            self.compare_account(account)
        client.accounts = [each for each in client.accounts if each.exists.allows(True)]
        client.wrong.clear()

    def compare_account(self, account: Account) -> None:
        """One account; at most one thing about it can be unknown."""
        responses = {password: self.log_in(account, password)
                     for password in account.password.values}
        right = [password for password, it in responses.items() if it.status in (200, 403)]
        if not right:
            statuses = [it.status for it in responses.values()]
            self.expect("the account exists", account.exists.allows(False) and
                        set(statuses) == {401}, account.name, statuses)
            account.exists.become(False)
            return
        self.expect("one password is right", len(right) == 1, account.name, responses)
        response = responses[right[0]]
        is_enabled = response.status == 200
        self.expect("the account is enabled or disabled as acknowledged",
                    account.enabled.allows(is_enabled), account.name, response)
        is_kept = is_enabled and right[0] == account.password.values[0]
        self.compare_sessions(account, is_kept)
        account.exists.become(True)
        account.enabled.become(is_enabled)
        account.password.become(right[0])
        if is_enabled:
            account.sessions.append(Session(response))
            self.compare_name(account, response.json["user"]["name"])
            self.compare_keys(account)
        elif account.sessions:
            self.server.request("PATCH", f"/auth/users/{account.sessions[0].id}",
                                {"status": "active"}, self.server.owner)
            account.enabled.become(True)

    def compare_sessions(self, account: Account, is_kept: bool) -> None:
        """A change that ends all sessions has ended all, or none."""
        unknown = [session for session in account.sessions if len(session.live.values) > 1]
        found = {session: self.server.request("GET", "/auth/me", None, next(session.means)).status
                 for session in account.sessions}
        for session, status in found.items():
            self.expect("a session is live or ended as acknowledged",
                        status in (200, 401) and session.live.allows(status == 200),
                        account.name, session.live.values, status)
            session.live.become(status == 200)
        if len(unknown) > 1:
            self.expect("a new password ends all sessions or none",
                        {found[session] for session in unknown} == {200 if is_kept else 401},
                        account.name, found.values(), is_kept)
        account.sessions = account.sessions[-8:]

    def compare_name(self, account: Account, name: str) -> None:
        """The name as acknowledged."""
        self.expect("the name is as acknowledged", account.shown.allows(name),
                    account.shown.values, name)
        account.shown.become(name)

    def compare_keys(self, account: Account) -> None:
        """The API keys as acknowledged."""
        for _, key, live in account.keys:
            fields = [("Authorization", f"Bearer {key}")]
            status = self.server.request("GET", "/auth/me", None, fields).status
            self.expect("an API key is valid or revoked as acknowledged",
                        status in (200, 401) and live.allows(status == 200), live.values, status)
            live.become(status == 200)

    def compare_settings(self, administrator: Administrator) -> None:
        """The settings and the invitations as acknowledged."""
        approval = self.server.request("GET", "/auth/config").json["approval"]
        self.expect("the settings are as acknowledged", administrator.approval.allows(approval),
                    administrator.approval.values, approval)
        administrator.approval.become(approval)
        listed = self.server.request(
            "GET", "/auth/invites?limit=100", None, self.server.owner).json
        present = {each["id"] for each in listed["items"]}
        for id, live in administrator.invitations.items():
            self.expect("an invitation exists as acknowledged", live.allows(id in present), id)
        # Those whose response was lost would stay for good.
        for id in present:
            self.server.request("DELETE", f"/auth/invites/{id}", None, self.server.owner)
        administrator.invitations.clear()
