"""Requests of HTTP/2, which each proxy turns into HTTP/1.1 for the daemon."""

import collections
import re
import time

from client import CLIENT
from h2 import Conversation
from log import accuse, read_log

# The request behind each case is answered by something that no case asks for.
SETTINGS_PATH = "/auth/config"
SETTINGS = b'{"nativeSignin"'
FOLLOW_UP = [(b":method", b"GET"), (b":scheme", b"https"), (b":authority", b"auth.example.com"),
             (b":path", SETTINGS_PATH.encode())]


class Attempt:
    """A case sent through a proxy over HTTP/2, and a request of somebody else after it."""

    def __init__(self, proxy, case):
        self.case = case
        self.began = time.time()
        with Conversation(proxy.https, proxy.certificate, CLIENT) as conversation:
            conversation.request(1, *case.request)
            conversation.request(3, FOLLOW_UP)
            self.ended = conversation.read(5)
            self.content = conversation.content
        self.other = proxy.https.ask("GET", f"/innocent/{case.id}")

    def judge(self, log):
        """What is wrong; None where nothing is."""
        if log.get(self.other.id, {}).get("path") != f"/innocent/{self.case.id}":
            return f"somebody else is answered {self.other}"
        if not self.ended:
            return "it goes on waiting"
        wanted = [each.split()[1].encode() for each in self.case.answers]
        if any(code not in self.content[1] for code in wanted) or (
                wanted and SETTINGS not in self.content[3]):
            return f"not passed on, or not what is behind it: {self.content}"
        if self.content[1].startswith(SETTINGS):
            return "the answer of the request behind it"
        if b'"code"' in self.content[3] or self.content[3].count(SETTINGS) > 1:
            return f"the request behind it is answered {self.content[3]}"
        return None


def unclaimed(attempts, log):
    """The lines of requests that nobody has sent, or more of them than were sent."""
    allowed = collections.Counter()
    for attempt in attempts:
        allowed.update([f"/{attempt.case.id}", f"/innocent/{attempt.case.id}", SETTINGS_PATH])
        # What the daemon does not take for a request has no path, but its client has the answer.
        allowed.update(code.decode() for code in re.findall(rb'"code":"(\w+)"', attempt.content[1]))
    found = []
    for line in log.values():
        # Caddy escapes what should have been, and what stands behind it is the case's own.
        what = re.split("[^a-z0-9/-]", line.get("path", ""))[0] or line["code"]
        allowed[what] -= 1
        if allowed[what] < 0:
            found.append(line)
    return found


def try_downgrade(proxy, cases, report):
    """Sends all cases through a proxy, one after the other; reports each by name."""
    name = f"{proxy.name} over HTTP/2"
    before = {line["id"] for line in proxy.daemon.requests()}
    attempts = [Attempt(proxy, case) for case in cases]
    log = read_log(proxy.daemon, f"/innocent/{cases[-1].id}", before)
    for attempt in attempts:
        wrong = attempt.judge(log)
        report(name, attempt.case, not wrong, wrong)
    found = unclaimed(attempts, log)
    report(name, "every request in the log was sent", not found, accuse(attempts, found))
    paths = {line.get("path") for line in log.values()}
    reached = sum(f"/{case.id}" in paths for case in cases)
    print(f"{name}: {reached} of {len(cases)} cases reached the daemon", flush=True)
