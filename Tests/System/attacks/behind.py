"""The table through a real proxy: it and the daemon have to agree on where each request ends.

The proxy gives each request an id, which is in the daemon's log and in the response. So each response
that a client gets leads to the path it is for, and each line of the log to the client that has to have
sent the request.
"""

import re
import time
import urllib.request
from urllib.parse import unquote_to_bytes

from attacks.downgrade import run_downgrade
from attacks.log import blame, read_log
from attacks.table import Case, read_table
from attacks.wire import exchange
from harness.daemon import Daemon
from harness.proxies import Caddy, HAProxy, Nginx, Proxy
from harness.site import CLIENT
from harness.topic import Context

OTHER_CLIENT = "127.0.0.3"
# After so many requests without a response the result is clear, and each costs its timeout.
MOST_HANGING = 4


class KeepingHAProxy(HAProxy):
    """Keeps idle connections as long as the shipped file says."""

    purge_delay = "5s"


PROXIES = (Nginx, Caddy, KeepingHAProxy)


class Attempt:
    """A case sent through a proxy, and a request of another client after it."""

    def __init__(self, proxy: Proxy, case: Case) -> None:
        self.case = case
        self.began = time.time()
        # Only what is complete for the daemon has to come to its end.
        seconds = 10 if case.end == "open" else 2
        self.own = exchange(
            proxy.http.port, [case.input], case.end == "waits", seconds, CLIENT)
        # Over the same connections to the daemon, where the rest of a message would wait.
        self.other = exchange(
            proxy.http.port, [case.follow_up("innocent")], source=OTHER_CLIENT)

    @property
    def hangs(self) -> bool:
        """Whether a response is missing that has to come."""
        return not self.other.ended or self.case.end == "open" and not self.own.ended

    def problem(self, log: dict) -> str | None:
        """What is wrong; None where nothing is. `log` has the daemon's lines by their id."""
        other = [log.get(each.id, {}).get("path") for each in self.other.responses]
        if other != [f"/innocent/{self.case.id}"]:
            return f"another client gets the response for {other}"
        # What the proxy sends on its own has no id of the daemon.
        ids = [each.id for each in self.own.responses if each.id]
        if unknown := [id for id in ids if id not in log]:
            return f"the daemon has not logged {unknown}"
        paths = [log[id]["path"] for id in ids if "path" in log[id]]
        if foreign := [path for path in paths if not self.has_sent(path)]:
            return f"the client gets the response for {foreign}, which it has not sent"
        if len(set(paths)) < len(paths) or f"/after/{self.case.id}" in paths[:-1]:
            return f"responses come twice or out of order: {paths}"
        return self.problem_at_end(paths) if self.case.end == "open" else None

    def has_sent(self, path: str) -> bool:
        """Whether a request of this client has this path; Caddy escapes what should have been."""
        is_sent = unquote_to_bytes(path) in unquote_to_bytes(self.case.input)
        return is_sent and "smuggled" not in path

    def problem_at_end(self, paths: list[str]) -> str | None:
        """The next request gets its response, or the connection ends with one that says so."""
        if not self.own.ended:
            return f"the connection hangs after {paths}"
        last = self.own.responses[-1] if self.own.responses else None
        if not last or not (last.closes or paths[-1:] == [f"/after/{self.case.id}"]):
            return f"the connection ends without an announcement after {paths}"
        return None


def unclaimed(attempts: list[Attempt], log: dict) -> list[dict]:
    """The lines of requests that no client has sent, or that were handled more than once."""
    received = {each.id for attempt in attempts
                for each in attempt.own.responses + attempt.other.responses}
    # Where a message is not complete, the client may be gone before the response.
    gone = [attempt for attempt in attempts if attempt.case.end != "open"]
    # nginx accepts HTTP/0.9, and passes on the daemon's response to it without an id.
    headless = sum(attempt.own.has_headless for attempt in attempts)
    ids = {attempt.case.id for attempt in attempts}
    seen, found = set(), []
    for line in log.values():
        path = line.get("path", "")
        is_claimed = line["id"] in received
        if not is_claimed and path:
            is_claimed = any(attempt.has_sent(path) for attempt in gone)
        elif not is_claimed and headless:
            headless -= 1
            is_claimed = True
        is_repeated = path in seen and ids & set(re.split("[^a-z0-9-]+", path))
        if not is_claimed or is_repeated or "smuggled" in path:
            found.append(line)
        seen.add(path)
    return found


def accepted(daemon: Daemon) -> int:
    """How many connections the daemon has accepted."""
    with urllib.request.urlopen(f"{daemon.admin_address}/metrics", timeout=10) as response:
        text = response.read().decode()
    return int(re.search(r"^lunauth_connections_accepted_total (\d+)", text, re.MULTILINE)[1])


def send_all(proxy: Proxy, cases: list[Case]) -> list[Attempt]:
    """Sends cases one after the other, until too many have no response."""
    attempts: list[Attempt] = []
    for case in cases:
        attempts.append(Attempt(proxy, case))
        if sum(attempt.hangs for attempt in attempts) >= MOST_HANGING:
            break
    return attempts


def run_proxy(kind: type[Proxy], context: Context) -> None:
    """Sends all cases through a proxy; reports each by name."""
    cases = read_table()
    daemon = Daemon(context.directory / "daemon", HTTP_IDLESECONDS=150)
    proxy = kind(daemon, context.directory / "proxy")
    attempts = send_all(proxy, [case for case in cases if not case.is_http2])
    connections = accepted(daemon)
    log = read_log(daemon, f"/innocent/{attempts[-1].case.id}")
    for attempt in attempts:
        problem = attempt.problem(log)
        context.check(attempt.case, not problem, problem)
    found = unclaimed(attempts, log)
    context.check("every request in the log was sent by a client", not found,
                  blame(attempts, found))
    # Each health check has a connection of its own.
    connections -= len(daemon.requests(path="/health"))
    context.check("clients share connections to the daemon", connections < len(log) / 2,
                  f"{connections} for {len(log)} requests")
    passed = sum(any(each.id for each in attempt.own.responses) for attempt in attempts)
    context.note(f"{passed} of {len(attempts)} cases reached the daemon, {len(log)} requests over "
                 f"{connections} connections")
    run_downgrade(proxy, [case for case in cases if case.is_http2], context)
