"""An account with an authenticator app, for requests that need its codes; used by prerequisites.py."""

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Callable

Call = Callable[..., dict]


def code(secret: str) -> str:
    """The code of now (RFC 6238)."""
    key, step = base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(key, step, hashlib.sha1)
    start = digest[-1] & 15
    number = int.from_bytes(digest[start:start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def enrol(call: Call, token: str) -> list[str]:
    """Adds an app to the account of a token; its recovery codes."""
    secret = call("/auth/totp", {}, token=token)["secret"]
    return call("/auth/totp/confirm", {"code": code(secret)}, token=token)["recoveryCodes"]


def enrol_and_prove(call: Call, token: str, password: str) -> list[str]:
    """Adds an app, and proves it by a recovery code; the codes that are left."""
    first, *others = enrol(call, token)
    call("/auth/reauthenticate", {"method": "recovery", "password": password, "code": first},
         token=token)
    return others
