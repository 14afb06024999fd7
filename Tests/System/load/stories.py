"""What people and programs do, all endpoints of the daemon among it; each leaves nothing behind."""

import itertools
from collections import Counter

import client
from processes import Failure
from watched import Watched

NUMBERS = itertools.count(1)
NEW_PASSWORD = "another battery, another staple"


class Person:
    """Somebody with a connection who may have an account; every answer has to be the right one."""

    def __init__(self, daemon: Watched, counted: Counter[int]) -> None:
        self.daemon, self.counted = daemon, counted
        self.owner = client.Credentials(daemon.owner.token, daemon.owner.cookie)
        self.connection: client.Connection | None = None

    def close(self) -> None:
        """Leaves."""
        if self.connection:
            self.connection.socket.close()
        self.connection = None

    def ask(self, method: str, target: str, status: int, body: dict[str, object] | None = None,
            **fields: str) -> client.Answer:
        """One request on the connection that is kept, or on another where it has ended."""
        named = {name.replace("_", "-"): value for name, value in fields.items()}
        message = client.request(method, target, named, body)
        self.connection = self.connection or client.Connection(self.daemon.port)
        answer = self.connection.ask(message)
        if answer.field("Connection") == "close":
            self.close()
        self.counted[answer.status] += 1
        if answer.status != status:
            raise Failure(f"{method} {target}: {answer.status} instead of {status}, "
                          f"{answer.body[:200]!r}")
        return answer


def customer(person: Person) -> None:
    """Signs up, looks around, changes everything, and closes the account."""
    email = f"customer-{next(NUMBERS)}@example.com"
    ask = person.ask
    answer = ask("POST", "/auth/signup", 201, {"email": email, "password": client.PASSWORD})
    ask("POST", "/auth/signup", 409, {"email": email, "password": client.PASSWORD})
    ask("POST", "/auth/login", 401, {"email": email, "password": NEW_PASSWORD})
    answer = ask("POST", "/auth/login", 200, {"email": email, "password": client.PASSWORD})
    signed_in = client.Credentials.of(answer)
    cookie = {"Cookie": f"session_token={signed_in.cookie}"}
    token = {"Authorization": f"Bearer {signed_in.token}"}
    for credential in (cookie, token) * 10:
        ask("GET", "/auth/me", 200, **credential)
    ask("PATCH", "/auth/me", 200, {"name": "Somebody"}, **token)
    ask("POST", "/auth/refresh", 200, **token)
    ask("GET", "/auth/sessions", 200, **token)
    ask("GET", "/auth/me/export", 200, **token)
    ask("GET", "/auth/verify?role=user", 200, **cookie)
    ask("GET", "/auth/verify?role=admin", 403, **cookie)
    made = ask("POST", "/auth/api-keys", 201, {"name": "a program"}, **token).members
    key = {"Authorization": f"Bearer {made['key']}"}
    ask("GET", "/auth/me", 200, **key)
    ask("GET", "/auth/verify?role=user&keys=allow", 200, **key)
    ask("GET", "/auth/api-keys", 200, **token)
    ask("DELETE", f"/auth/api-keys/{made['id']}", 200, **token)
    ask("GET", "/auth/me", 401, **key)
    ask("POST", "/auth/password/change", 200,
        {"currentPassword": client.PASSWORD, "newPassword": NEW_PASSWORD}, **token)
    ask("DELETE", "/auth/sessions", 200, **token)
    ask("POST", "/auth/password/forgot", 503, {"email": email})
    ask("DELETE", "/auth/me", 403, {"password": client.PASSWORD}, **token)
    ask("DELETE", "/auth/me", 200, {"password": NEW_PASSWORD}, **token)
    ask("GET", "/auth/me", 401, **token)


def member(person: Person) -> None:
    """Is invited or approved by the owner, signs in and out, and is removed."""
    number = next(NUMBERS)
    email = f"member-{number}@example.com"
    owner = {"Authorization": f"Bearer {person.owner.token}"}
    ask = person.ask
    joining = {"username": f"member {number}", "email": email, "password": client.PASSWORD}
    if number % 2:
        invite = ask("POST", "/auth/invites", 201, {"role": "member"}, **owner).members
        answer = ask("POST", f"/auth/register?invite={invite['code']}", 201, joining)
        ask("GET", "/auth/invites", 200, **owner)
        ask("DELETE", f"/auth/invites/{invite['id']}", 200, **owner)
    else:
        answer = ask("POST", "/auth/register", 202, joining)
        ask("POST", "/auth/login", 403, {"email": email, "password": client.PASSWORD})
        ask("POST", f"/auth/users/{answer.members['user']['id']}/approve", 200, {}, **owner)
    account = f"/auth/users/{answer.members['user']['id']}"
    ask("GET", "/auth/users?query=member", 200, **owner)
    ask("PATCH", account, 200, {"tier": "pro"}, **owner)
    answer = ask("POST", "/auth/login", 200, {"email": email, "password": client.PASSWORD})
    cookie = {"Cookie": f"session_token={client.Credentials.of(answer).cookie}"}
    ask("GET", "/auth/verify", 200, **cookie)
    ask("POST", "/auth/logout", 200, **cookie)
    ask("GET", "/auth/verify", 401, **cookie)
    ask("PATCH", account, 200, {"status": "disabled"}, **owner)
    ask("POST", "/auth/login", 403, {"email": email, "password": client.PASSWORD})
    ask("DELETE", account, 200, **owner)
    ask("GET", account, 404, **owner)


def stranger(person: Person) -> None:
    """Asks for what anybody may, and for what nobody may."""
    ask = person.ask
    for target in ("/health", "/auth/config", "/auth/setup/exists", "/openapi.json",
                   "/auth/password/reset?token=none"):
        ask("GET", target, 200)
    ask("GET", "/auth/email/verify?token=none", 400)
    ask("GET", "/auth/me", 401)
    ask("GET", "/auth/me", 401, Authorization="Bearer " + "a" * 43)
    ask("GET", "/auth/verify", 302, Accept="text/html", Sec_Fetch_Mode="navigate",
        X_Forwarded_Method="GET", X_Forwarded_Proto="http", X_Forwarded_Host="127.0.0.1:8080",
        X_Forwarded_Uri="/")
    ask("GET", "/nowhere", 404)
    ask("DELETE", "/auth/config", 405)
    ask("POST", "/auth/login", 400, {"email": "nobody@example.com"})
    ask("POST", "/auth/login", 401,
        {"email": "nobody@example.com", "password": client.PASSWORD})
    ask("POST", "/auth/login", 403, {"email": client.OWNER, "password": client.PASSWORD},
        Origin="https://elsewhere.example")
    ask("POST", "/auth/setup", 409, {"username": "owner", "email": client.OWNER,
                                     "password": client.PASSWORD})
    ask("POST", "/auth/password/forgot", 503, {"email": "nobody@example.com"})
    ask("POST", "/auth/password/reset", 400, {"token": "none", "password": NEW_PASSWORD})
    ask("POST", "/auth/email/verify", 400, {"token": "none"})
    ask("POST", "/auth/email/verify/reject", 400, {"token": "none"})
    ask("POST", "/auth/email/change/cancel", 400, {"token": "none"})


def watcher(person: Person) -> None:
    """Asks at the admin entrance."""
    with client.Connection(person.daemon.admin) as connection:
        for target in ("/livez", "/readyz", "/metrics"):
            person.counted[connection.exchange(client.request("GET", target)).status] += 1


STORIES = [customer, member, stranger, watcher]
