"""A forward-auth proxy whose lunauth is down, faulty, or replaced by a recorder."""

import hashlib
import os

from harness.accounts import Accounts
from harness.process import wait_for
from harness.recorder import Recorder
from harness.site import CLIENT, Fields
from harness.topic import Context
from proxies.application import NAME
from proxies.browsers import PAGE
from proxies.guards import Guard
from proxies.spoofing import CLAIMS, DISGUISE

RESPONSES = {
    "503": (b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n"
            b"Remote-User: x\r\n\r\n"),
    "500": b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n",
    "no HTTP": b"hello\r\n\r\n",
}


def check_outage(guard: Guard, accounts: Accounts, context: Context) -> None:
    """Without a decision of lunauth nothing reaches the application."""
    guard.daemon.stop()
    fields = accounts.member.with_cookie + CLAIMS
    down = [guard.https.request("GET", "/outage", fields=PAGE + fields),
            guard.https.request("POST", "/outage", {}, fields),
            guard.https.request("GET", "/outage")]
    context.check("without lunauth every request is rejected",
                  all(each.status >= 500 for each in down), down)
    for name, response in RESPONSES.items():
        recorder = Recorder(guard.daemon.port, response)
        try:
            found = [guard.https.request("GET", "/outage", fields=PAGE + fields),
                     guard.https.request("POST", "/outage", {}, fields)]
            context.check(f"a response of {name} admits no request", recorder.heads
                          and all(each.status >= 500 for each in found), found)
        finally:
            recorder.close()
    context.check("none of these requests reaches the application",
                  not guard.application.seen("/outage"), guard.application.seen("/outage"))
    check_subrequest(guard, fields, context)
    guard.daemon.start()
    back = wait_for(
        lambda: guard.https.request("GET", "/back", fields=fields).status == 200)
    context.check("requests are admitted once lunauth runs again", back)


def admission(identity: dict[str, list[str]]) -> bytes:
    """The response of lunauth that admits a request with an identity."""
    fields = "".join(f"{name}: {values[0]}\r\n" for name, values in identity.items())
    return f"HTTP/1.1 200 OK\r\n{fields}Content-Length: 0\r\n\r\n".encode()


def check_subrequest(guard: Guard, fields: Fields, context: Context) -> None:
    """What the proxy sends to lunauth, and what it passes on of the response."""
    wanted = {"remote-user": ["x"], "remote-name": ["x%20y"], "remote-groups": ["x"],
              "x-auth-tier": ["x"]}
    recorder = Recorder(guard.daemon.port, admission(wanted))
    try:
        body = os.urandom(200_000)
        guard.https.request("POST", "/named?keys=allow", body, list(fields) + DISGUISE + [
            ("Expect", "100-continue"), ("Sec-Fetch-Site", "cross-site")])
        seen = guard.application.seen("/named")
        context.check("identity fields that lunauth does not send are absent",
                      len(seen) == 1 and seen[0].identity == wanted
                      and seen[0].digest == hashlib.sha256(body).hexdigest(), seen)
        head = recorder.heads[-1]
        sent = {"x-forwarded-method": "POST", "x-forwarded-proto": "https",
                "x-forwarded-host": f"{NAME}:{guard.https.port}",
                "x-forwarded-uri": "/named?keys=allow", "x-forwarded-for": CLIENT}
        context.check("lunauth gets the original request",
                      head[""].startswith("GET /auth/verify?") and "keys" not in head[""]
                      and all(head.get(name) == value and head["names"].count(name) == 1
                              for name, value in sent.items()), head)
        context.check("lunauth gets nothing of the body", head.get("content-length", "0") == "0"
                      and "transfer-encoding" not in head, head)
        wanted.update({"remote-email": ["{a'b.c}|$1@example.com"], "x-auth-scopes": ["read write"]})
        recorder.response = admission(wanted)
        guard.https.request("GET", "/all", fields=fields)
        seen = guard.application.seen("/all")
        context.check("identity fields of lunauth arrive unchanged",
                      len(seen) == 1 and seen[0].identity == wanted, seen)
    finally:
        recorder.close()
