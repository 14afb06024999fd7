"""Accounts of a daemon with their credentials, made through its API and its database."""

import hashlib
import os
import secrets
import sqlite3
import string
import time
import zlib

from harness.daemon import Daemon
from harness.process import Failure, wait_for
from harness.site import Fields, Response, Site

PASSWORD = "correct horse battery staple"
DIGITS = string.digits + string.ascii_uppercase + string.ascii_lowercase


class Person:
    """The owner of an account, with a session."""

    def __init__(self, response: Response) -> None:
        """From the response to a setup, signup, registration or login."""
        if response.status not in (200, 201, 202):
            raise Failure(f"no account: {response}")
        self.id = response.json["user"]["id"]
        self.cookie = response.cookie.split(";")[0]
        self.token = response.json.get("token")

    @property
    def with_cookie(self) -> Fields:
        """The fields of a request that is authenticated by cookie."""
        return [("Cookie", self.cookie)]

    @property
    def with_token(self) -> Fields:
        """The fields of a request that is authenticated by token."""
        return [("Authorization", f"Bearer {self.token}")]


class Accounts:
    """An account of each kind: the owner, a customer, a member, and one that is pending."""

    def __init__(self, daemon: Daemon) -> None:
        """Makes them on a fresh daemon, without a proxy."""
        self.daemon = daemon
        self.site = Site(daemon.port)
        self.owner = Person(self.post("setup", "owner", username="owner"))
        self.customer = Person(self.post("signup", "customer"))
        self.pending = Person(self.post("register", "pending", username="pending"))
        self.member = Person(self.post("register", "member", username="Zoë M"))
        self.change(self.member, "status = 'active'")
        self.member = Person(self.log_in("member"))
        self.key = self.make_key(self.member)

    def post(self, verb: str, name: str, **members: str) -> Response:
        """A request with the email and the password of an account."""
        code = [("X-Setup-Code", self.daemon.setup_code())] if verb == "setup" else []
        body = {"email": f"{name}@example.com", "password": PASSWORD, **members}
        return self.site.request("POST", f"/auth/{verb}", body, code)

    def log_in(self, name: str) -> Response:
        """A login."""
        return self.post("login", name)

    def execute(self, statement: str, *values: object) -> None:
        """Changes the database as another process; the daemon follows within half a second."""
        base = sqlite3.connect(self.daemon.data / "lunauth.db", timeout=10)
        base.execute(statement, values)
        base.commit()
        base.close()

    def change(self, person: Person, columns: str) -> None:
        """Changes the row of an account."""
        self.execute(f"UPDATE accounts SET {columns} WHERE id = ?", octets(person.id))

    def make_key(self, person: Person) -> str:
        """An API key with all scopes: `luna_`, 32 characters and their checksum."""
        text = "luna_" + "".join(secrets.choice(DIGITS) for _ in range(32))
        rest = zlib.crc32(text.encode())
        for place in reversed(range(6)):
            text += DIGITS[rest // 62**place % 62]
        self.execute(
            "INSERT INTO api_keys (id, key_hash, account_id, name, prefix, scopes, created_at)"
            " VALUES (?, ?, ?, 'a key', ?, 3, ?)", os.urandom(16),
            hashlib.sha256(text.encode()).digest(), octets(person.id), text[:12],
            int(time.time() * 1000))
        is_known = wait_for(lambda: self.site.request(
            "GET", "/auth/verify?keys=allow", fields=[("Authorization", f"Bearer {text}")]
        ).status == 200)
        if not is_known:
            raise Failure("the daemon does not accept the API key")
        return text


def octets(id: str) -> bytes:
    """An id as the database stores it."""
    return bytes.fromhex(id.replace("-", ""))
