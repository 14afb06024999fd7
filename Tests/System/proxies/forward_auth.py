"""Forward-auth: a proxy that has lunauth authorize each request before an application gets it."""

import hashlib
import os
import subprocess
from collections.abc import Callable, Sequence

from harness.accounts import Accounts
from harness.ports import client_ports
from harness.site import HOST, Site
from harness.topic import Context
from proxies.admission import check_admitted, check_rejected
from proxies.application import NAME
from proxies.browsers import (
    PAGE, check_browsers, check_preflight_passed, check_preflight_rejected)
from proxies.guards import Guard
from proxies.outage import check_outage

Check = Callable[[Guard, Accounts, Context], None]


def check_bodies(guard: Guard, accounts: Accounts, context: Context) -> None:
    """Bodies reach the application unchanged, once, and only with an admitted request."""
    body = os.urandom(5_000_000)
    digest = hashlib.sha256(body).hexdigest()
    pieces = [body[start:start + 65_536] for start in range(0, len(body), 65_536)]
    for path, sent in ("/upload", body), ("/chunked", pieces):
        response = guard.https.request("POST", path, sent, accounts.member.with_cookie)
        seen = guard.application.seen(path)
        context.check(f"{path[1:]}: five megabytes arrive unchanged and once",
                      response.status == 200 and [each.digest for each in seen] == [digest],
                      (response, seen))
    response = guard.https.request("POST", "/refused", body)
    context.check("the body of a rejected request does not reach the application",
                  response.status == 401 and not guard.application.seen("/refused"), response)


def check_connections(guard: Guard, accounts: Accounts, context: Context) -> None:
    """The proxy reuses its connections to lunauth."""
    clients, each = 64, 157
    before = client_ports(guard.daemon.port)
    done = subprocess.run(
        ["hey", "-n", str(clients * each), "-c", str(clients), "-host", NAME,
         "-H", f"Cookie: {accounts.member.cookie}", f"https://127.0.0.1:{guard.https.port}/many"],
        capture_output=True, text=True, timeout=60, check=False)
    made = len(client_ports(guard.daemon.port) - before)
    is_served = f"[200]\t{clients * each} responses" in done.stdout
    context.check("ten thousand requests of 64 clients need fewer than 200 connections to lunauth",
                  is_served and 0 < made < 200, (made, done.stdout[-600:], done.stderr[-300:]))
    guard.application.requests.clear()


def check_both_sites(guard: Guard, accounts: Accounts, context: Context) -> None:
    """One frontend serves lunauth's own site and the application, each by its name."""
    for host, site in (NAME, guard.https), (HOST, Site(guard.https.port, guard.certificate)):
        moved = guard.redirect.request("GET", "/a?b=c", host=host)
        context.check(f"port 80 redirects {host} to https", moved.status == 308
                      and moved.location == f"https://{host}/a?b=c", (moved, moved.location))
        config = site.request("GET", "/auth/config", fields=accounts.member.with_cookie)
        is_application = bool(guard.application.seen("/auth/config"))
        context.check(f"{host} is served by its own backend", config.status == 200
                      and is_application == (host == NAME)
                      and ("approval" in config.json) != is_application, (config, is_application))
        guard.application.requests.clear()
    response = guard.https.request("GET", "/", fields=PAGE)
    context.check("an unauthenticated browser is redirected to sign-in", response.status == 302,
                  response)


# Rejected requests come first: nothing may have reached the application before.
CHECKS: Sequence[Check] = (
    check_rejected, check_preflight_rejected, check_admitted, check_browsers, check_bodies,
    check_connections, check_outage)


def run_guard(kind: type[Guard], context: Context) -> None:
    """Runs all checks with one proxy, as its file is shipped and with the lines for preflights."""
    run_checks(CHECKS, kind(context.directory / "shipped"), context)
    run_checks([check_preflight_passed],
               kind(context.directory / "preflights", allows_preflights=True), context)


def run_beside(kind: type[Guard], context: Context) -> None:
    """Runs what concerns a proxy that serves both sites."""
    run_checks([check_both_sites], kind(context.directory / "both"), context)


def run_checks(checks: Sequence[Check], guard: Guard, context: Context) -> None:
    """Runs checks one after the other; one that breaks off does not end the others."""
    context.check("it starts with the file of deploy/", True)
    accounts = Accounts(guard.daemon)
    for check in checks:
        try:
            check(guard, accounts, context)
        except Exception as error:
            context.check(f"{check.__name__} runs to its end", False, repr(error))
