"""Stories about an application behind a proxy that asks lunauth who is there."""

import hashlib
import os
import subprocess
import urllib.parse

from accounts import Accounts, Person
from client import CLIENT, HOST, Recorder, Site, upstream_ports
from guards import APPLICATION, CaddyGuard, HAProxyBesideGuard, HAProxyGuard, NginxGuard
from processes import Daemon, free_port, wait_for

PAGE = [("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")]
# What somebody who is signed in would send to pass for an administrator.
CLAIMS = [
    ("Remote-User", "admin"), ("remote-user", "admin"), ("REMOTE_USER", "admin"),
    ("Remote_User", "admin"), ("Remote.User", "admin"), ("Remote-Email", "admin@example.com"),
    ("Remote_Email", "admin@example.com"), ("Remote-Name", "admin"), ("Remote-Groups", "owner"),
    ("remote_groups", "owner"), ("X-Auth-Tier", "team"), ("X_Auth_Tier", "team"),
    ("X-Auth_Tier", "team"), ("X-Auth-Scopes", "read write"), ("x_auth-scopes", "write"),
]
# And to pass for another request.
DISGUISE = [
    ("X-Forwarded-Method", "HEAD"), ("X-Forwarded-Uri", "/public"),
    ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "http"),
    ("X-Forwarded-For", "127.0.0.1"), ("X-Original-Method", "HEAD"), ("X-Original-URL", "/public"),
]
# What a browser asks for a page of another origin, and what a client might put beside it.
PREFLIGHT = [
    ("Origin", "https://other.example"), ("Access-Control-Request-Method", "DELETE"),
    ("Access-Control-Request-Headers", "authorization"), ("X-HTTP-Method-Override", "DELETE"),
    ("X_HTTP_Method_Override", "DELETE"), ("X-Method-Override", "DELETE"),
]
HIDING = ("Connection", "Remote-User, Remote-Groups, X-Forwarded-Uri, Cookie, Authorization")


def check_strangers(guard, accounts, check):
    ended = Person(accounts.log_in("owner"))
    accounts.site.ask("POST", "/auth/logout", fields=ended.with_token)
    forged = accounts.member.token.rsplit(".", 1)[0] + "." + "A" * 43
    key = [("Authorization", f"Bearer {accounts.key}")]
    strangers = {
        "nobody": ([], 401), "an empty cookie": ([("Cookie", "session_token=")], 401),
        "a forged cookie": ([("Cookie", "session_token=" + "A" * 43)], 401),
        "a forged token": ([("Authorization", f"Bearer {forged}")], 401),
        "another scheme": ([("Authorization", "Basic YWRtaW46YWRtaW4=")], 401),
        "an ended session": (ended.with_cookie, 401), "its token": (ended.with_token, 401),
        "who waits for approval": (accounts.pending.with_cookie, 403),
        "another role": (accounts.customer.with_cookie, 403),
        "the token of another role": (accounts.customer.with_token, 403),
        "an API key": (key, 403), "two cookies that differ": (
            [("Cookie", f"session_token=x; {accounts.member.cookie}")], 401),
    }
    for name, (fields, status) in strangers.items():
        answers = [guard.https.ask(method, f"/stranger{query}", body, fields + claims)
                   for method, body in (("GET", None), ("POST", b"x" * 1000), ("DELETE", None))
                   for query in ("", "?role=user", "?keys=allow", "?role=user&keys=allow")
                   for claims in ([], CLAIMS + DISGUISE, [HIDING])]
        check(f"{name}: stays outside",
              {each.status for each in answers} == {status}, answers)
    paths = ["/auth/verify", "/.lunauth", "/.lunauth/x", "//", "/%2e/", "/x/../.lunauth", "*"]
    asked = [guard.https.ask("GET", path) for path in paths]
    check("no path leads around", all(each.status >= 400 for each in asked), asked)
    check("nothing of all that reached the application",
          not guard.application.requests, guard.application.requests)


def check_visitors(guard, accounts, check):
    member = accounts.member
    wanted = {"remote-user": [member.id], "remote-name": ["Zo%C3%AB%20M"],
              "remote-groups": ["member"], "x-auth-tier": ["free"]}
    basic = ("Authorization", "Basic YWRtaW46YWRtaW4=")
    visits = {
        "by cookie": member.with_cookie, "by token": member.with_token,
        "by cookie beside others": [
            ("Cookie", f"a=b; {member.cookie}; session_token_device=x; c=d"), basic],
    }
    for number, (name, fields) in enumerate(visits.items()):
        path = f"/visit{number}"
        answer = guard.https.ask("GET", f"{path}?q=1", fields=fields)
        seen = (guard.application.seen(path) or [None])[-1]
        check(f"{name}: is let in", answer.status == 200 and seen
              and seen.path == f"{path}?q=1" and seen.values("host") == [
                  f"{APPLICATION}:{guard.https.port}"], (answer, seen))
        check(f"{name}: the application knows who it is", seen and seen.identity == wanted, seen)
        check(f"{name}: the application gets no credential of lunauth's",
              seen and not any("session_token" in value or "Bearer" in value
                               for _, value in seen.fields), seen)
    others = [each.strip() for value in seen.values("cookie") for each in value.split(";")]
    check("other cookies and credentials pass", {"a=b", "c=d"} <= set(others)
          and seen.values("authorization") == [basic[1]], seen)

    check_cookies(guard, member, check)

    def lies(path, *fields):
        guard.https.ask("GET", path, fields=member.with_cookie + CLAIMS + DISGUISE + list(fields))
        return (guard.application.seen(path) or [None])[-1]

    seen = lies("/lies")
    check("what a client says of itself never arrives, in no spelling",
          seen and seen.identity == wanted, seen)
    seen = lies("/hidden", HIDING)
    check("nor can it have a field dropped, here or later", seen and seen.identity == wanted
          and not any("remote" in value.lower() for value in seen.values("connection")), seen)
    seen = lies("/upgraded", ("Upgrade", "websocket"), ("Connection", f"Upgrade, {HIDING[1]}"),
                ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="))
    check("nor with a change of protocol", seen and seen.identity == wanted, seen)
    asked = [guard.https.ask("GET", path, fields=member.with_cookie)
             for path in ("/.lunauth", "/auth/verify")]
    check("lunauth answers the proxy, and nobody through it",
          not any(b"success" in each.body or each.fields["Remote-User"] for each in asked), asked)
    accounts.change(member, "email_verified_at = 1, tier = 'pro'")
    wanted.update({"remote-email": ["member@example.com"], "x-auth-tier": ["pro"]})

    def is_confirmed():
        return (seen := lies("/confirmed")) and seen.identity == wanted

    check("a confirmed address and another tier arrive within a moment", wait_for(is_confirmed),
          guard.application.seen("/confirmed")[-1:])
    accounts.change(member, "role = 'user'")
    out = wait_for(lambda: guard.https.ask("GET", "/", fields=member.with_cookie).status == 403)
    check("who loses the role is outside within a moment", out)
    accounts.change(member, "role = 'member'")
    wait_for(lambda: guard.https.ask("GET", "/", fields=member.with_cookie).status == 200)


def check_cookies(guard, member, check):
    """What the application gets of the cookies of somebody who is let in."""
    device = "session_token_device=1.x-y_z"
    for number, (sent, wanted) in enumerate([
            (member.cookie, []), (f"{member.cookie}; {device}", []),
            (f"{device};{member.cookie}", []),
            (f"{device}; a=b; {member.cookie}; session_tokens=c", ["a=b", "session_tokens=c"]),
            (f"x_session_token=a; {member.cookie}", ["x_session_token=a"]),
            (f"{member.cookie}; {member.cookie}", []),
            (f"{member.cookie}; {device}; {member.cookie}", [])]):
        path = f"/cookie{number}"
        guard.https.ask("GET", path, fields=[("Cookie", sent)])
        seen = guard.application.seen(path)
        found = [value for each in seen for value in each.values("cookie")]
        pairs = [pair.strip() for value in found for pair in value.split(";") if pair.strip()]
        check(f"cookies, {number}: the application gets those of others, and no empty field",
              len(seen) == 1 and pairs == wanted and "" not in found,
              (sent.replace(member.cookie, "session_token=S"), found))


def check_browser(guard, accounts, check):
    target = "/a%20b/?c=d&e=%26"
    page = f"https://{HOST}/login"
    address = urllib.parse.quote(f"{guard.https.origin}{target}", safe="")
    answer = guard.https.ask("GET", target, fields=PAGE)
    check("a browser is sent to sign in, and back", answer.status == 302
          and answer.fields["Location"] == f"{page}?return_to={address}",
          (answer, answer.fields["Location"]))
    answer = guard.https.ask("GET", target, fields=PAGE + DISGUISE)
    check("wherever its fields point", answer.status == 302
          and answer.fields["Location"] == f"{page}?return_to={address}",
          (answer, answer.fields["Location"]))
    hosts = ["evil.example", f"{APPLICATION}:{guard.https.port}@evil.example",
             f"{APPLICATION}.evil.example", f"{APPLICATION}:81"]
    answers = [guard.https.ask("GET", target, fields=PAGE, host=host) for host in hosts]
    check("it is sent nowhere else",
          not any("return_to" in (each.fields["Location"] or "")
                  or "evil" in (each.fields["Location"] or "") for each in answers),
          [each.fields["Location"] for each in answers])
    posted = guard.https.ask("POST", target, {}, PAGE)
    script = guard.https.ask("GET", target, fields=PAGE + [("Sec-Fetch-Mode", "cors")])
    program = guard.https.ask("GET", target)
    check("a form, a script and a program are told in JSON",
          all((each.status, each.code) == (401, "unauthenticated")
              and each.fields["Location"] is None for each in (posted, script, program)),
          (posted, script, program))
    check("a program is told how", program.fields["WWW-Authenticate"] == "Bearer",
          program.fields.items())
    back = guard.https.ask("GET", target, fields=PAGE + accounts.member.with_cookie)
    check("who signed in gets the page", back.status == 200 and guard.application.seen("/a%20b/"),
          (back, guard.application.requests[-1:]))


def check_bodies(guard, accounts, check):
    body = os.urandom(5_000_000)
    digest = hashlib.sha256(body).hexdigest()
    pieces = [body[start:start + 65_536] for start in range(0, len(body), 65_536)]
    for path, sent in ("/upload", body), ("/chunked", pieces):
        answer = guard.https.ask("POST", path, sent, accounts.member.with_cookie)
        seen = guard.application.seen(path)
        check(f"{path[1:]}: five megabytes arrive as they were sent, once", answer.status == 200
              and [each.digest for each in seen] == [digest], (answer, seen))
    answer = guard.https.ask("POST", "/refused", body)
    check("those of a stranger arrive nowhere",
          answer.status == 401 and not guard.application.seen("/refused"), answer)


def check_connections(guard, accounts, check):
    """How many connections lunauth is asked on, when many clients ask again and again."""
    clients, each = 64, 157
    before = upstream_ports(guard.daemon.port)
    done = subprocess.run(
        ["hey", "-n", str(clients * each), "-c", str(clients), "-host", APPLICATION,
         "-H", f"Cookie: {accounts.member.cookie}", f"https://127.0.0.1:{guard.https.port}/many"],
        capture_output=True, text=True, timeout=60)
    made = len(upstream_ports(guard.daemon.port) - before)
    passed = f"[200]\t{clients * each} responses" in done.stdout
    check("64 clients with ten thousand requests make fewer than 200 connections to lunauth",
          passed and 0 < made < 200, (made, done.stdout[-600:], done.stderr[-300:]))
    guard.application.requests.clear()


def check_outage(guard, accounts, check):
    """What happens while lunauth is down, or something else answers in its place."""
    member = accounts.member
    guard.daemon.stop()
    fields = member.with_cookie + CLAIMS
    down = [guard.https.ask("GET", "/outage", fields=PAGE + fields),
            guard.https.ask("POST", "/outage", {}, fields), guard.https.ask("GET", "/outage")]
    check("without lunauth nobody is let in", all(each.status >= 500 for each in down), down)
    answers = {
        "a fault": (b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n"
                    b"Remote-User: x\r\n\r\n"),
        "an error": b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n",
        "no HTTP": b"hello\r\n\r\n",
    }
    for name, answer in answers.items():
        recorder = Recorder(guard.daemon.port, answer)
        try:
            found = [guard.https.ask("GET", "/outage", fields=PAGE + fields),
                     guard.https.ask("POST", "/outage", {}, fields)]
            check(f"{name} lets nobody in",
                  recorder.heads and all(each.status >= 500 for each in found), found)
        finally:
            recorder.close()
    check("the application was never reached", not guard.application.seen("/outage"),
          guard.application.seen("/outage"))
    check_asked(guard, fields, check)
    guard.daemon.start()
    back = wait_for(lambda: guard.https.ask("GET", "/back", fields=fields).status == 200)
    check("it recovers when lunauth is back", back)


def admission(identity):
    """What lunauth answers about somebody whom it lets in."""
    fields = "".join(f"{name}: {values[0]}\r\n" for name, values in identity.items())
    return f"HTTP/1.1 200 OK\r\n{fields}Content-Length: 0\r\n\r\n".encode()


def check_asked(guard, fields, check):
    """What lunauth is asked, seen by a recorder in its place, which says as much as can be said."""
    wanted = {"remote-user": ["x"], "remote-name": ["x%20y"], "remote-groups": ["x"],
              "x-auth-tier": ["x"]}
    recorder = Recorder(guard.daemon.port, admission(wanted))
    try:
        body = os.urandom(200_000)
        guard.https.ask("POST", "/named?keys=allow", body, fields + DISGUISE + [
            ("Expect", "100-continue"), ("Sec-Fetch-Site", "cross-site")])
        seen = guard.application.seen("/named")
        check("what lunauth does not say, nobody says",
              len(seen) == 1 and seen[0].identity == wanted
              and seen[0].digest == hashlib.sha256(body).hexdigest(), seen)
        head = recorder.heads[-1]
        told = {"x-forwarded-method": "POST", "x-forwarded-proto": "https",
                "x-forwarded-host": f"{APPLICATION}:{guard.https.port}",
                "x-forwarded-uri": "/named?keys=allow", "x-forwarded-for": CLIENT}
        check("lunauth is told the request as it was", head[""].startswith("GET /auth/verify?")
              and "keys" not in head[""] and all(
                  head.get(name) == value and head["names"].count(name) == 1
                  for name, value in told.items()), head)
        check("it is sent nothing of the body", head.get("content-length", "0") == "0"
              and "transfer-encoding" not in head, head)
        wanted.update({"remote-email": ["{a'b.c}|$1@example.com"], "x-auth-scopes": ["read write"]})
        recorder.answer = admission(wanted)
        guard.https.ask("GET", "/all", fields=fields)
        seen = guard.application.seen("/all")
        check("what lunauth says arrives word for word",
              len(seen) == 1 and seen[0].identity == wanted, seen)
    finally:
        recorder.close()


def check_preflights(guard, accounts, check):
    """Preflights stop at lunauth with the file as it is shipped."""
    fields = PREFLIGHT + CLAIMS + DISGUISE
    answer = guard.https.ask("OPTIONS", "/preflight", fields=fields)
    check("a preflight stays outside as long as nothing lets it pass", answer.status == 401
          and not guard.application.seen("/preflight"), (answer, guard.application.requests[-1:]))


def check_open_preflights(guard, accounts, check):
    """Preflights pass, and nothing else, with the lines that the file has in comments."""
    fields = PREFLIGHT + CLAIMS + DISGUISE + [("Authorization", "Bearer x"), ("Cookie", "a=b")]
    answer = guard.https.ask("OPTIONS", "/preflight", fields=fields)
    seen = (guard.application.seen("/preflight") or [None])[-1]
    check("a preflight reaches the application", answer.status == 200 and seen
          and seen.method == "OPTIONS" and seen.values("origin") == ["https://other.example"]
          and seen.values("access-control-request-method") == ["DELETE"], (answer, seen))
    names = {name for name, _ in seen.fields} if seen else set()
    check("with no name, no credential and no other method", seen and seen.identity == {}
          and not names & {"cookie", "authorization", "x-http-method-override",
                           "x_http_method_override", "x-method-override"}, seen)
    others = [guard.https.ask(method, "/other", fields=fields)
              for method in ("GET", "POST", "DELETE")]
    check("no other method passes", all(each.status == 401 for each in others)
          and not guard.application.seen("/other"), others)
    member = accounts.member
    answer = guard.https.ask("GET", "/visit", fields=member.with_cookie)
    seen = (guard.application.seen("/visit") or [None])[-1]
    check("who is signed in still passes, by name", answer.status == 200 and seen
          and seen.values("remote-user") == [member.id], (answer, seen))


def check_beside(guard, accounts, check):
    """One frontend for lunauth's own site and for the application."""
    for host, site in (APPLICATION, guard.https), (HOST, Site(guard.https.port, guard.certificate)):
        moved = guard.redirect.ask("GET", "/a?b=c", host=host)
        check(f"port 80 redirects {host} to itself", moved.status == 308
              and moved.fields["Location"] == f"https://{host}/a?b=c",
              (moved, moved.fields["Location"]))
        config = site.ask("GET", "/auth/config", fields=accounts.member.with_cookie)
        reached = bool(guard.application.seen("/auth/config"))
        check(f"{host} is answered by whom it names", config.status == 200
              and reached == (host == APPLICATION) and ("approval" in config.json) != reached,
              (config, reached))
        guard.application.requests.clear()
    stranger = guard.https.ask("GET", "/", fields=PAGE)
    check("a stranger is sent to sign in", stranger.status == 302, stranger)


CHECKS = [check_strangers, check_preflights, check_visitors, check_browser, check_bodies,
          check_connections, check_outage]


def try_guard(kind, directory, certificate, key, report):
    """Starts a daemon, an application and a proxy between the world and both, and tries them."""
    title = kind.title or kind.name

    def check(*found):
        report.check(f"{title} forward-auth", *found)

    try:
        site = Site(free_port(), certificate, APPLICATION)
        daemon = Daemon(directory / f"{title}-guard-daemon",
                        LUNAUTH_WEBSITEURL=f"https://{HOST}",
                        LUNAUTH_SESSION_COOKIEDOMAIN="example.com",
                        LUNAUTH_FORWARDAUTH_RETURNORIGINS=site.origin)
        guard = kind(daemon, site, directory / f"{title}-guard", certificate, key)
        accounts = Accounts(daemon)
    except Exception as error:
        check("starts with the file of deploy/", False, repr(error))
        return
    check("starts with the file of deploy/", True)
    run(kind.checks or CHECKS, guard, accounts, check)
    if kind.checks:
        return
    try:
        site = Site(free_port(), certificate, APPLICATION)
        opened = kind(daemon, site, directory / f"{kind.name}-preflights", certificate, key,
                      preflights=True)
    except Exception as error:
        check("starts with the lines for preflights", False, repr(error))
        return
    run([check_open_preflights], opened, accounts, check)


def run(checks, guard, accounts, check):
    for each in checks:
        try:
            each(guard, accounts, check)
        except Exception as error:
            check(f"{each.__name__} runs to its end", False, repr(error))


HAProxyBesideGuard.checks = [check_beside]
GUARDS = [NginxGuard, CaddyGuard, HAProxyGuard, HAProxyBesideGuard]
