"""What people and programs do, with every endpoint of the daemon; each story leaves nothing behind."""

import itertools
from collections import Counter

from harness import wire
from harness.accounts import PASSWORD
from harness.process import Failure
from load.observed import ObservedDaemon

NUMBERS = itertools.count(1)
NEW_PASSWORD = "another battery, another staple"


class Person:
    """A person with a connection and perhaps an account; every response has to be the right one."""

    def __init__(self, daemon: ObservedDaemon, counted: Counter[int]) -> None:
        self.daemon, self.counted = daemon, counted
        self.owner = wire.Credentials(daemon.owner.token, daemon.owner.cookie)
        self.connection: wire.Connection | None = None

    def close(self) -> None:
        """Closes the connection."""
        if self.connection:
            self.connection.socket.close()
        self.connection = None

    def request(self, method: str, target: str, status: int, body: dict[str, object] | None = None,
            **fields: str) -> wire.Response:
        """One request on the kept connection, or on a new one where that was closed."""
        named = {name.replace("_", "-"): value for name, value in fields.items()}
        message = wire.request(method, target, named, body)
        self.connection = self.connection or wire.Connection(self.daemon.port)
        response = self.connection.send(message)
        if response.field("Connection") == "close":
            self.close()
        self.counted[response.status] += 1
        if response.status != status:
            raise Failure(f"{method} {target}: {response.status} instead of {status}, "
                          f"{response.body[:200]!r}")
        return response


def customer(person: Person) -> None:
    """Signs up, reads and changes everything of the account, and deletes it."""
    email = f"customer-{next(NUMBERS)}@example.com"
    request = person.request
    response = request("POST", "/auth/signup", 201, {"email": email, "password": PASSWORD})
    request("POST", "/auth/signup", 409, {"email": email, "password": PASSWORD})
    request("POST", "/auth/login", 401, {"email": email, "password": NEW_PASSWORD})
    response = request("POST", "/auth/login", 200, {"email": email, "password": PASSWORD})
    signed_in = wire.Credentials.of(response)
    cookie = {"Cookie": f"session_token={signed_in.cookie}"}
    token = {"Authorization": f"Bearer {signed_in.token}"}
    for credential in (cookie, token) * 10:
        request("GET", "/auth/me", 200, **credential)
    request("PATCH", "/auth/me", 200, {"name": "A Customer"}, **token)
    request("POST", "/auth/refresh", 200, **token)
    request("GET", "/auth/sessions", 200, **token)
    request("GET", "/auth/me/export", 200, **token)
    request("GET", "/auth/verify?role=user", 200, **cookie)
    request("GET", "/auth/verify?role=admin", 403, **cookie)
    made = request("POST", "/auth/api-keys", 201, {"name": "a program"}, **token).members
    key = {"Authorization": f"Bearer {made['key']}"}
    request("GET", "/auth/me", 200, **key)
    request("GET", "/auth/verify?role=user&keys=allow", 200, **key)
    request("GET", "/auth/api-keys", 200, **token)
    request("DELETE", f"/auth/api-keys/{made['id']}", 200, **token)
    request("GET", "/auth/me", 401, **key)
    request("POST", "/auth/password/change", 200,
        {"currentPassword": PASSWORD, "newPassword": NEW_PASSWORD}, **token)
    request("DELETE", "/auth/sessions", 200, **token)
    request("POST", "/auth/password/forgot", 503, {"email": email})
    request("DELETE", "/auth/me", 403, {"password": PASSWORD}, **token)
    request("DELETE", "/auth/me", 200, {"password": NEW_PASSWORD}, **token)
    request("GET", "/auth/me", 401, **token)


def member(person: Person) -> None:
    """Is invited or approved by the owner, signs in and out, and is removed."""
    number = next(NUMBERS)
    email = f"member-{number}@example.com"
    owner = {"Authorization": f"Bearer {person.owner.token}"}
    request = person.request
    joining = {"username": f"member {number}", "email": email, "password": PASSWORD}
    if number % 2:
        invite = request("POST", "/auth/invites", 201, {"role": "member"}, **owner).members
        response = request("POST", f"/auth/register?invite={invite['code']}", 201, joining)
        request("GET", "/auth/invites", 200, **owner)
        request("DELETE", f"/auth/invites/{invite['id']}", 200, **owner)
    else:
        response = request("POST", "/auth/register", 202, joining)
        request("POST", "/auth/login", 403, {"email": email, "password": PASSWORD})
        request("POST", f"/auth/users/{response.members['user']['id']}/approve", 200, {}, **owner)
    account = f"/auth/users/{response.members['user']['id']}"
    request("GET", "/auth/users?query=member", 200, **owner)
    request("PATCH", account, 200, {"tier": "pro"}, **owner)
    response = request("POST", "/auth/login", 200, {"email": email, "password": PASSWORD})
    cookie = {"Cookie": f"session_token={wire.Credentials.of(response).cookie}"}
    request("GET", "/auth/verify", 200, **cookie)
    request("POST", "/auth/logout", 200, **cookie)
    request("GET", "/auth/verify", 401, **cookie)
    request("PATCH", account, 200, {"status": "disabled"}, **owner)
    request("POST", "/auth/login", 403, {"email": email, "password": PASSWORD})
    request("DELETE", account, 200, **owner)
    request("GET", account, 404, **owner)


def stranger(person: Person) -> None:
    """Sends what needs no account, and what an unauthenticated client may not."""
    request = person.request
    for target in ("/health", "/auth/config", "/auth/setup/exists", "/openapi.json"):
        request("GET", target, 200)
    request("GET", "/auth/password/forgot", 200, Accept="text/html")
    request("GET", "/auth/password/reset?token=none", 400, Accept="text/html")
    request("GET", "/auth/email/verify?token=none", 400, Accept="text/html")
    request("GET", "/auth/me", 401)
    request("GET", "/auth/me", 401, Authorization="Bearer " + "a" * 43)
    request("GET", "/auth/verify", 302, Accept="text/html", Sec_Fetch_Mode="navigate",
        X_Forwarded_Method="GET", X_Forwarded_Proto="http", X_Forwarded_Host="127.0.0.1:8080",
        X_Forwarded_Uri="/")
    request("GET", "/nowhere", 404)
    request("DELETE", "/auth/config", 405)
    request("POST", "/auth/login", 400, {"email": "nobody@example.com"})
    request("POST", "/auth/login", 401,
        {"email": "nobody@example.com", "password": PASSWORD})
    request("POST", "/auth/login", 403, {"email": wire.OWNER, "password": PASSWORD},
        Origin="https://elsewhere.example")
    request("POST", "/auth/setup", 409, {"username": "owner", "email": wire.OWNER,
                                     "password": PASSWORD})
    request("POST", "/auth/password/forgot", 503, {"email": "nobody@example.com"})
    request("POST", "/auth/password/reset", 400, {"token": "none", "password": NEW_PASSWORD})
    request("POST", "/auth/email/verify", 400, {"token": "none"})
    request("POST", "/auth/email/verify/reject", 400, {"token": "none"})
    request("POST", "/auth/email/change/cancel", 400, {"token": "none"})


def monitor(person: Person) -> None:
    """Reads health and metrics on the admin listener."""
    with wire.Connection(person.daemon.admin) as connection:
        for target in ("/livez", "/readyz", "/metrics"):
            person.counted[connection.exchange(wire.request("GET", target)).status] += 1


STORIES = [customer, member, stranger, monitor]
