"""People and a program with credentials of a daemon, made through its API and its database."""

import hashlib
import os
import secrets
import sqlite3
import string
import time
import zlib

from client import Site
from processes import wait_for

DIGITS = string.digits + string.ascii_uppercase + string.ascii_lowercase


class Person:
    """Somebody with an account and a session."""

    def __init__(self, answer):
        if answer.status not in (200, 201, 202):
            raise RuntimeError(f"no account: {answer}")
        self.id = answer.json["user"]["id"]
        self.cookie = answer.cookie.split(";")[0]
        self.token = answer.json.get("token")

    @property
    def with_cookie(self):
        return [("Cookie", self.cookie)]

    @property
    def with_token(self):
        return [("Authorization", f"Bearer {self.token}")]


class Accounts:
    """The accounts of a daemon, which is asked without a proxy."""

    password = "secret of nobody"

    def __init__(self, daemon):
        self.daemon = daemon
        self.site = Site(daemon.port)
        self.owner = Person(self.post("setup", "owner", username="owner"))
        self.customer = Person(self.post("signup", "customer"))
        self.pending = Person(self.post("register", "pending", username="pending"))
        self.member = Person(self.post("register", "member", username="Zoë M"))
        self.change(self.member, "status = 'active'")
        self.member = Person(self.log_in("member"))
        self.key = self.make_key(self.member)

    def post(self, verb, name, **members):
        code = [("X-Setup-Code", self.daemon.setup_code())] if verb == "setup" else []
        body = {"email": f"{name}@example.com", "password": self.password, **members}
        return self.site.ask("POST", f"/auth/{verb}", body, code)

    def log_in(self, name):
        return self.post("login", name)

    def execute(self, statement, *values):
        """Changes the database as another process; the daemon follows within half a second."""
        base = sqlite3.connect(self.daemon.directory / "data/lunauth.db", timeout=10)
        base.execute(statement, values)
        base.commit()
        base.close()

    def change(self, person, columns):
        self.execute(f"UPDATE accounts SET {columns} WHERE id = ?",
                     bytes.fromhex(person.id.replace("-", "")))

    def make_key(self, person):
        """The text of an API key that may do all: `luna_`, 32 characters and their checksum."""
        text = "luna_" + "".join(secrets.choice(DIGITS) for _ in range(32))
        rest = zlib.crc32(text.encode())
        for place in reversed(range(6)):
            text += DIGITS[rest // 62**place % 62]
        self.execute(
            "INSERT INTO api_keys (id, key_hash, account_id, name, prefix, scopes, created_at)"
            " VALUES (?, ?, ?, 'a key', ?, 3, ?)", os.urandom(16),
            hashlib.sha256(text.encode()).digest(), bytes.fromhex(person.id.replace("-", "")),
            text[:12], int(time.time() * 1000))
        known = wait_for(lambda: self.site.ask(
            "GET", "/auth/verify?keys=allow", fields=[("Authorization", f"Bearer {text}")]
        ).status == 200)
        if not known:
            raise RuntimeError("the API key is not known")
        return text
