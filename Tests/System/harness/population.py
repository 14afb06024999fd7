"""Accounts and sessions written straight into a database, and credentials for them."""

import base64
import hashlib
import hmac
import json
import sqlite3
import subprocess
import time
import uuid
from collections.abc import Iterator

from harness.accounts import PASSWORD
from harness.daemon import Daemon
from harness.paths import BINARY
from harness.process import Failure

DAY = 86_400


def encode(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def octets(kind: str, number: int, size: int = 16) -> bytes:
    """Bytes that look random, and are always the same for one thing."""
    return hashlib.blake2b(f"{kind} {number}".encode(), digest_size=size).digest()


def email(number: int | str) -> str:
    """The address of an account."""
    digits = f"{number:010d}" if isinstance(number, int) else number
    return f"u{digits}@example.com"


def password_hash(iterations: int) -> str:
    """The PHC string of the password of all accounts, under one salt."""
    salt = octets("salt", 0)
    key = hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), salt, iterations)
    salt64, key64 = (base64.b64encode(each).rstrip(b"=").decode() for each in (salt, key))
    return f"$pbkdf2-sha256$i={iterations}${salt64}${key64}"


def terms(database: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    """The words of names and addresses of all accounts that have none, each with its account."""
    accounts = database.execute(
        "SELECT key, folded_name, email FROM accounts WHERE key NOT IN"
        " (SELECT account_key FROM account_terms)")
    for key, name, address in accounts.fetchall():
        local, domain = address.split("@")
        for term in (*name.split(), local, *domain.split("."), address, f"@{domain}"):
            yield term, key


def fill(daemon: Daemon, accounts: int, iterations: int) -> None:
    """Restarts a daemon that was set up with so many more accounts, each with a session."""
    daemon.stop()
    now = int(time.time() * 1000)
    phc = password_hash(iterations)
    database = sqlite3.connect(daemon.data / "lunauth.db", isolation_level=None)
    try:
        # Nothing is lost if this is cut off.
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -1000000",
                       "foreign_keys = OFF"):
            database.execute(f"PRAGMA {pragma}")
        database.execute("BEGIN")
        database.executemany(
            "INSERT INTO accounts (id, email, name, folded_name, tier, role, status, created_at)"
            " VALUES (?, ?, ?, ?, 'free', 'user', 'active', ?)",
            ((octets("account", n), email(n), f"User {n}", f"user {n}", now - accounts + n)
             for n in range(accounts)))
        database.executemany(
            "INSERT INTO credentials (id, account_id, kind, data, created_at)"
            " VALUES (?1, ?1, 'password', ?2, ?3)",
            ((octets("account", n), phc.encode(), now) for n in range(accounts)))
        # What accounts are found by, in the order of the table: rows anywhere else are slow to add.
        database.execute("CREATE TEMP TABLE terms (term TEXT, key INTEGER)")
        database.executemany("INSERT INTO terms VALUES (?, ?)", terms(database))
        database.execute("INSERT OR IGNORE INTO account_terms (term, account_key)"
                         " SELECT term, key FROM terms ORDER BY term, key")
        database.executemany(
            "INSERT INTO sessions (id, token_hash, account_id, created_at, expires_at)"
            " VALUES (?, ?, ?, ?, ?)",
            ((octets("session", n), octets("token", n, 32), octets("account", n), now,
              now + 30 * DAY * 1000) for n in range(accounts)))
        database.execute("COMMIT")
        database.execute("PRAGMA journal_mode = WAL")
    finally:
        database.close()
    daemon.restart()


class Signer:
    """Signs tokens as the daemon would."""

    def __init__(self, daemon: Daemon, token: str) -> None:
        """Takes the header of one of the daemon's own tokens, and its key."""
        done = subprocess.run([str(BINARY), "secret", "jwt"], env=daemon.environment(),
                              cwd=daemon.directory, capture_output=True, text=True, timeout=30,
                              check=False)
        if done.returncode:
            raise Failure(f"lunauth secret jwt: {done.stderr[-300:]}")
        self.key = base64.urlsafe_b64decode(done.stdout.strip() + "=")
        self.header = token.split(".")[0]
        self.now = int(time.time())

    def token(self, number: int) -> str:
        """The token of an account's session."""
        claims = {"sub": str(uuid.UUID(bytes=octets("account", number))), "email": email(number),
                  "tier": "free", "iat": self.now, "exp": self.now + 7 * DAY,
                  "sid": str(uuid.UUID(bytes=octets("session", number))), "role": "user"}
        signed = f"{self.header}.{encode(json.dumps(claims, separators=(',', ':')).encode())}"
        mac = hmac.digest(self.key, signed.encode(), "sha256")
        return f"{signed}.{encode(mac)}"
