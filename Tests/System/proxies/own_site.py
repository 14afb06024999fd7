"""lunauth's own site behind a proxy: setup, sessions, client addresses, origins and messages."""

import json
import re
import subprocess

from harness.daemon import Daemon
from harness.proxies import Proxy
from harness.site import CLIENT, HOST, Response, outside_address
from harness.topic import Context
from proxies.connections import check_idle, check_restart, check_reuse
from proxies.login import LOGIN, OWNER, SPOOFED, SPOOFED_ID


def check_setup(proxy: Proxy, context: Context) -> None:
    """The first owner needs the code that the daemon has logged."""
    def is_refused(response: Response) -> bool:
        return response.status == 403 and response.code == "setup_code_required"

    # Over the same machine, but not as one of its own clients.
    far = proxy.https.request("POST", "/auth/setup", OWNER, SPOOFED, source=outside_address())
    context.check("setup without the code is refused", is_refused(far), far)
    near = proxy.https.request("POST", "/auth/setup", OWNER, [("X-Setup-Code", "wrong")])
    context.check("setup with a wrong code is refused", is_refused(near), near)
    code = [("X-Setup-Code", proxy.daemon.setup_code())]
    done = proxy.https.request("POST", "/auth/setup", OWNER, code)
    context.check("setup with the code from the log succeeds", done.status == 201, done)


def check_session(proxy: Proxy, context: Context) -> None:
    """Signing in, asking who is signed in, and signing out."""
    login = proxy.https.request("POST", "/auth/login", LOGIN)
    context.check("login succeeds", login.status == 200, login)
    context.check("the cookie is Secure over https", "; Secure" in login.cookie, login.cookie)
    bearer = [("Authorization", f"Bearer {login.json['token']}")]
    cookie = [("Cookie", login.cookie.split(";")[0])]
    for name, field in ("Bearer token", bearer), ("cookie", cookie):
        me = proxy.https.request("GET", "/auth/me", fields=field)
        context.check(f"the {name} authenticates", me.json.get("email") == LOGIN["email"], me)
    head = proxy.https.request("HEAD", "/auth/me", fields=bearer)
    length = int(head.fields["Content-Length"] or -1)
    context.check("HEAD has the length of GET and no body",
                  (head.status, length, head.body) == (200, len(me.body), b""), head)
    out = proxy.https.request("GET", "/auth/logout", fields=cookie + [("Accept", "text/html")])
    context.check("the redirect of logout passes unchanged",
                  out.status == 302 and out.location == "/auth/login" and "Max-Age=0" in out.cookie,
                  (out, out.location))
    me = proxy.https.request("GET", "/auth/me", fields=cookie)
    context.check("the cookie is invalid after logout", me.status == 401, me)


def check_client(proxy: Proxy, context: Context) -> None:
    """The daemon learns the client's address and scheme from the proxy, never from the client."""
    plain = proxy.https.request("POST", "/auth/login", LOGIN)
    line = proxy.daemon.request(plain.id)
    context.check("the log has the id of the response and the client's address",
                  line.get("client") == CLIENT, (plain.id, line))
    for site in proxy.https, proxy.http:
        kind = "https" if site.context else "http"
        response = site.request("POST", "/auth/login", LOGIN, SPOOFED)
        line = proxy.daemon.request(response.id)
        context.check(f"the client's own forwarding fields are ignored over {kind}",
                      response.status == 200 and line.get("client") == CLIENT, (response, line))
        context.check(f"the client's own request id is ignored over {kind}",
                      response.id != SPOOFED_ID and line.get("id") == response.id
                      and not proxy.daemon.requests(id=SPOOFED_ID), line)
    context.check("a cookie set over plain http is not Secure",
                  response.cookie and "Secure" not in response.cookie, response.cookie)
    ids = {proxy.https.request("GET", "/health").id for _ in range(5)}
    context.check("every request has its own id", len(ids) == 5, ids)
    unnamed = proxy.daemon.lines("without naming its client")
    context.check("every request names its client, health checks included", not unnamed, unnamed)
    moved = proxy.redirect.request("GET", "/auth/config?a=b", host=HOST)
    context.check("port 80 redirects to https", moved.status == 308 and re.fullmatch(
        rf"https://{HOST}(:{proxy.https.port})?/auth/config\?a=b", moved.location),
        (moved, moved.location))


def check_origin(proxy: Proxy, context: Context) -> None:
    """The daemon sees the Host that the client has sent, so that it can compare origins."""
    site = proxy.https
    same = site.request("POST", "/auth/login", LOGIN, [("Origin", site.origin)])
    context.check("a request of the same origin is accepted: Host passes with its port",
                  same.status == 200, same)
    other = site.request("POST", "/auth/login", LOGIN, [("Origin", "https://evil.example")])
    context.check("a request of another origin is refused", other.code == "cross_origin", other)
    curl = subprocess.run(
        ["curl", "-s", "--http2", "--interface", CLIENT, "--cacert", proxy.certificate,
         "--resolve", f"{HOST}:{site.port}:127.0.0.1", f"{site.origin}/auth/login",
         "-H", f"Origin: {site.origin}", "-H", "Content-Type: application/json", "-d",
         json.dumps(LOGIN), "-o", "/dev/null", "-w", "%{http_version} %{http_code}"],
        capture_output=True, text=True, timeout=15, check=False)
    context.check("HTTP/2 clients are served, Host included", curl.stdout == "2 200", curl.stdout)


def check_messages(proxy: Proxy, context: Context) -> None:
    """Bodies and paths pass unchanged, and the daemon's limits apply."""
    site = proxy.https
    text = json.dumps(LOGIN).encode()
    chunked = site.request("POST", "/auth/login", [text[:20], text[20:]])
    context.check("a chunked body passes", chunked.status == 200, chunked)
    body = text.ljust(65536)
    response = site.request("POST", "/auth/login", body)
    context.check("a body of 64 KiB passes", response.status == 200, response)
    larger = [site.request("POST", "/auth/login", body + b" ") for _ in range(10)]
    context.check("a body one byte larger is 413 by the daemon",
                  all(each.status == 413 and each.code == "content_too_large" for each in larger),
                  larger)
    larger = [site.request("POST", "/auth/login", [body, b" " * 1000]) for _ in range(10)]
    context.check("a larger chunked body is 413", all(each.status == 413 for each in larger),
                  larger)
    huge = site.request("POST", "/auth/login", b" " * 1_000_000)
    context.check("a body of a megabyte is 413", huge.status == 413, huge)
    encoded = site.request("GET", "/auth/%63onfig")
    doubled = site.request("GET", "//auth/config")
    context.check("paths pass byte for byte", (encoded.status, doubled.status) == (404, 404),
                  (encoded, doubled))


CHECKS = [check_setup, check_session, check_client, check_origin, check_messages, check_reuse,
          check_restart, check_idle]


def run_site(kind: type[Proxy], context: Context) -> None:
    """Runs all checks with one proxy in front of a fresh daemon."""
    daemon = Daemon(context.directory / "daemon")
    proxy = kind(daemon, context.directory / "proxy")
    context.check("it starts with the file of deploy/", True)
    for check in CHECKS:
        try:
            check(proxy, context)
        except Exception as error:
            context.check(f"{check.__name__} runs to its end", False, repr(error))
