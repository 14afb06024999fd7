"""The table through a real proxy: it and the daemon have to agree on where each request ends.

The proxy gives each request an id, under which the daemon logs it and which its answer carries. So
each answer that a client gets leads to the path that was answered, and each line of the log to the
client that has to have sent it.
"""

import re
import time
import urllib.request
from urllib.parse import unquote_to_bytes

from client import CLIENT
from downgrade import try_downgrade
from log import accuse, read_log
from processes import Caddy, Daemon, HAProxy, Nginx
from wire import exchange

SOMEBODY_ELSE = "127.0.0.3"
# So many requests without an answer are enough to know: each costs its time.
HANGING = 4


class KeepingHAProxy(HAProxy):
    """Keeps idle connections as long as the shipped file says."""

    purge_delay = "5s"


PROXIES = (Nginx, Caddy, KeepingHAProxy)


class Attempt:
    """A case sent through a proxy, and a request of somebody else after it."""

    def __init__(self, proxy, case):
        self.case = case
        self.began = time.time()
        # Only what is whole for the daemon has to come to its end.
        seconds = 10 if case.end == "open" else 2
        self.own = exchange(
            proxy.http.port, [case.input], case.end == "waits", seconds, CLIENT)
        # Over the same connections to the daemon, where the rest of a message would wait.
        self.other = exchange(
            proxy.http.port, [case.follow_up("innocent")], source=SOMEBODY_ELSE)

    @property
    def hangs(self):
        """Whether an answer is missing that was waited for."""
        return not self.other.ended or self.case.end == "open" and not self.own.ended

    def judge(self, log):
        """What is wrong; None where nothing is. `log` has the daemon's lines by their id."""
        other = [log.get(each.id, {}).get("path") for each in self.other.answers]
        if other != [f"/innocent/{self.case.id}"]:
            return f"somebody else is answered for {other}"
        # What the proxy answers by itself has no id of the daemon's.
        ids = [each.id for each in self.own.answers if each.id]
        if unknown := [id for id in ids if id not in log]:
            return f"the daemon does not know {unknown}"
        paths = [log[id]["path"] for id in ids if "path" in log[id]]
        if foreign := [path for path in paths if not self.has_sent(path)]:
            return f"answered for {foreign}, which it has not sent"
        if len(set(paths)) < len(paths) or f"/after/{self.case.id}" in paths[:-1]:
            return f"answers twice or out of order: {paths}"
        return self.judge_end(paths) if self.case.end == "open" else None

    def has_sent(self, path):
        """Whether a request of this client has this path; Caddy escapes what should have been."""
        sent = unquote_to_bytes(path) in unquote_to_bytes(self.case.input)
        return sent and "smuggled" not in path

    def judge_end(self, paths):
        """The request behind is answered, or the connection ends with an answer that says so."""
        if not self.own.ended:
            return f"it goes on waiting after {paths}"
        last = self.own.answers[-1] if self.own.answers else None
        if not last or not (last.closes or paths[-1:] == [f"/after/{self.case.id}"]):
            return f"the connection ends without a word after {paths}"
        return None


def unclaimed(attempts, log):
    """The lines of requests that no client has sent, or that were answered more than once."""
    answered = {each.id for attempt in attempts
                for each in attempt.own.answers + attempt.other.answers}
    # Where a message is not whole, the client may be gone before its answer.
    gone = [attempt for attempt in attempts if attempt.case.end != "open"]
    # nginx takes HTTP/0.9, and passes on without an id what the daemon answered to it.
    headless = sum(attempt.own.has_headless for attempt in attempts)
    ids = {attempt.case.id for attempt in attempts}
    seen, found = set(), []
    for line in log.values():
        path = line.get("path", "")
        claimed = line["id"] in answered
        if not claimed and path:
            claimed = any(attempt.has_sent(path) for attempt in gone)
        elif not claimed and headless:
            headless -= 1
            claimed = True
        is_repeated = path in seen and ids & set(re.split("[^a-z0-9-]+", path))
        if not claimed or is_repeated or "smuggled" in path:
            found.append(line)
        seen.add(path)
    return found


def accepted(daemon):
    """How many connections the daemon has taken in."""
    where = daemon.lines("metrics on")[-1]["message"].split()[-1]
    with urllib.request.urlopen(f"{where}/metrics", timeout=10) as answer:
        text = answer.read().decode()
    return int(re.search(r"^lunauth_connections_accepted_total (\d+)", text, re.MULTILINE)[1])


def send_all(proxy, cases):
    """Sends cases one after the other, until too many have no answer."""
    attempts = []
    for case in cases:
        attempts.append(Attempt(proxy, case))
        if sum(attempt.hangs for attempt in attempts) >= HANGING:
            break
    return attempts


def try_proxy(kind, directory, tls, cases, report):
    """Sends all cases through a proxy; reports each by name."""
    daemon = Daemon(directory / f"{kind.name}-daemon", LUNAUTH_HTTP_IDLESECONDS="150")
    proxy = kind(daemon, directory / kind.name, *tls)
    attempts = send_all(proxy, [case for case in cases if not case.is_http2])
    connections = accepted(daemon)
    log = read_log(daemon, f"/innocent/{attempts[-1].case.id}")
    for attempt in attempts:
        wrong = attempt.judge(log)
        report(kind.name, attempt.case, not wrong, wrong)
    found = unclaimed(attempts, log)
    report(kind.name, "every request in the log was sent", not found, accuse(attempts, found))
    # Each health check has a connection of its own.
    connections -= len(daemon.requests(path="/health"))
    report(kind.name, "clients share connections to the daemon", connections < len(log) / 2,
           f"{connections} for {len(log)} requests")
    passed = sum(any(each.id for each in attempt.own.answers) for attempt in attempts)
    print(f"{kind.name}: {passed} of {len(attempts)} cases reached the daemon, "
          f"{len(log)} requests over {connections} connections", flush=True)
    try_downgrade(proxy, [case for case in cases if case.is_http2], report)
