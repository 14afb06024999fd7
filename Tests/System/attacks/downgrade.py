"""Requests of HTTP/2, which each proxy translates to HTTP/1.1 for the daemon."""

import collections
import re
import time

from attacks.h2 import Connection
from attacks.log import blame, read_log
from attacks.table import Case
from harness.proxies import Proxy
from harness.site import CLIENT
from harness.topic import Context

# The next request asks for something that no case asks for.
SETTINGS_PATH = "/auth/config"
SETTINGS = b'{"nativeSignin"'
FOLLOW_UP = [(b":method", b"GET"), (b":scheme", b"https"), (b":authority", b"auth.example.com"),
             (b":path", SETTINGS_PATH.encode())]


class Attempt:
    """A case sent through a proxy over HTTP/2, and a request of another client after it."""

    def __init__(self, proxy: Proxy, case: Case) -> None:
        self.case = case
        self.began = time.time()
        with Connection(proxy.https, proxy.certificate, CLIENT) as connection:
            connection.request(1, *case.request)
            connection.request(3, FOLLOW_UP)
            self.ended = connection.read(5)
            self.content = connection.content
        self.other = proxy.https.request("GET", f"/innocent/{case.id}")

    def problem(self, log: dict) -> str | None:
        """What is wrong; None where nothing is."""
        if log.get(self.other.id, {}).get("path") != f"/innocent/{self.case.id}":
            return f"another client gets {self.other}"
        if not self.ended:
            return "the connection hangs"
        wanted = [each.split()[1].encode() for each in self.case.responses]
        if any(code not in self.content[1] for code in wanted) or (
                wanted and SETTINGS not in self.content[3]):
            return f"it or the next request does not reach the daemon: {self.content}"
        if self.content[1].startswith(SETTINGS):
            return "it gets the response of the next request"
        if b'"code"' in self.content[3] or self.content[3].count(SETTINGS) > 1:
            return f"the next request gets {self.content[3]}"
        return None


def unclaimed(attempts: list[Attempt], log: dict) -> list[dict]:
    """The lines of requests that no client has sent, or more of them than were sent."""
    allowed = collections.Counter()
    for attempt in attempts:
        allowed.update([f"/{attempt.case.id}", f"/innocent/{attempt.case.id}", SETTINGS_PATH])
        # What the daemon cannot parse has no path in the log, but a code in its response.
        allowed.update(code.decode() for code in re.findall(rb'"code":"(\w+)"', attempt.content[1]))
    found = []
    for line in log.values():
        # Caddy escapes what should have been, and what follows it belongs to the case.
        what = re.split("[^a-z0-9/-]", line.get("path", ""))[0] or line["code"]
        allowed[what] -= 1
        if allowed[what] < 0:
            found.append(line)
    return found


def run_downgrade(proxy: Proxy, cases: list[Case], context: Context) -> None:
    """Sends all cases through a proxy, one after the other; reports each by name."""
    before = {line["id"] for line in proxy.daemon.requests()}
    attempts = [Attempt(proxy, case) for case in cases]
    log = read_log(proxy.daemon, f"/innocent/{cases[-1].id}", before)
    for attempt in attempts:
        problem = attempt.problem(log)
        context.check(f"over HTTP/2: {attempt.case}", not problem, problem)
    found = unclaimed(attempts, log)
    context.check("over HTTP/2: every request in the log was sent by a client", not found,
                  blame(attempts, found))
    paths = {line.get("path") for line in log.values()}
    reached = sum(f"/{case.id}" in paths for case in cases)
    context.note(f"over HTTP/2: {reached} of {len(cases)} cases reached the daemon")
