"""Browsers at a forward-auth proxy: redirects to sign-in, and preflight requests."""

import urllib.parse

from harness.accounts import Accounts
from harness.site import HOST
from harness.topic import Context
from proxies.application import NAME
from proxies.guards import Guard
from proxies.spoofing import CLAIMS, DISGUISE

PAGE = [("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")]
# A browser's question before a page of another origin sends a request, and what a client may add.
PREFLIGHT = [
    ("Origin", "https://other.example"), ("Access-Control-Request-Method", "DELETE"),
    ("Access-Control-Request-Headers", "authorization"), ("X-HTTP-Method-Override", "DELETE"),
    ("X_HTTP_Method_Override", "DELETE"), ("X-Method-Override", "DELETE"),
]


def check_browsers(guard: Guard, accounts: Accounts, context: Context) -> None:
    """Unauthenticated browsers are redirected to sign-in; everything else gets JSON."""
    target = "/a%20b/?c=d&e=%26"
    address = urllib.parse.quote(f"{guard.https.origin}{target}", safe="")
    sign_in = f"https://{HOST}/auth/login?return_to={address}"
    response = guard.https.request("GET", target, fields=PAGE)
    context.check("an unauthenticated browser is redirected to sign-in, and back",
                  response.status == 302 and response.location == sign_in,
                  (response, response.location))
    response = guard.https.request("GET", target, fields=PAGE + DISGUISE)
    context.check("forwarding fields of the client do not change the address to return to",
                  response.status == 302 and response.location == sign_in,
                  (response, response.location))
    hosts = ["evil.example", f"{NAME}:{guard.https.port}@evil.example", f"{NAME}.evil.example",
             f"{NAME}:81"]
    responses = [guard.https.request("GET", target, fields=PAGE, host=host) for host in hosts]
    context.check("return_to is never an origin that is not allow-listed", not any(
        "return_to" in each.location or "evil" in each.location for each in responses),
        [each.location for each in responses])
    posted = guard.https.request("POST", target, {}, PAGE)
    script = guard.https.request("GET", target, fields=PAGE + [("Sec-Fetch-Mode", "cors")])
    program = guard.https.request("GET", target)
    context.check("a form, a script and a program get 401 in JSON",
                  all((each.status, each.code, each.location) == (401, "unauthenticated", "")
                      for each in (posted, script, program)), (posted, script, program))
    context.check("a program gets WWW-Authenticate",
                  program.fields["WWW-Authenticate"] == "Bearer", program.fields.items())
    check_denied(guard, accounts, target, context)
    back = guard.https.request("GET", target, fields=PAGE + accounts.member.with_cookie)
    context.check("a browser that has signed in gets the page",
                  back.status == 200 and guard.application.seen("/a%20b/"),
                  (back, guard.application.requests[-1:]))


def check_denied(guard: Guard, accounts: Accounts, target: str, context: Context) -> None:
    """A browser whose account lacks the role is redirected to the page that says so."""
    address = urllib.parse.quote(f"{guard.https.origin}{target}", safe="")
    page = f"https://{HOST}/auth/denied?role=member&tier=free&return_to={address}"
    cookie = accounts.customer.with_cookie
    response = guard.https.request("GET", target, fields=PAGE + cookie)
    context.check("a browser that lacks the role is redirected to the page that says so",
                  response.status == 302 and response.location == page,
                  (response, response.location))
    programs = [guard.https.request("GET", target, fields=cookie),
                guard.https.request("POST", target, {}, PAGE + cookie),
                guard.https.request("GET", target, fields=PAGE + accounts.customer.with_token)]
    context.check("a program, a form and a token that lack it get 403 in JSON",
                  all((each.status, each.code, each.location) == (403, "forbidden", "")
                      for each in programs), programs)


def check_preflight_rejected(guard: Guard, accounts: Accounts, context: Context) -> None:
    """With the file as it is shipped, a preflight request is one without a credential."""
    fields = PREFLIGHT + CLAIMS + DISGUISE
    response = guard.https.request("OPTIONS", "/preflight", fields=fields)
    context.check("a preflight request is rejected by default", response.status == 401
                  and not guard.application.seen("/preflight"),
                  (response, guard.application.requests[-1:]))


def check_preflight_passed(guard: Guard, accounts: Accounts, context: Context) -> None:
    """With the lines that the file has in comments, preflight requests pass, and nothing else."""
    fields = PREFLIGHT + CLAIMS + DISGUISE + [("Authorization", "Bearer x"), ("Cookie", "a=b")]
    response = guard.https.request("OPTIONS", "/preflight", fields=fields)
    seen = guard.application.last("/preflight")
    context.check("a preflight request reaches the application", response.status == 200 and seen
                  and seen.method == "OPTIONS"
                  and seen.values("origin") == ["https://other.example"]
                  and seen.values("access-control-request-method") == ["DELETE"],
                  (response, seen))
    names = {name for name, _ in seen.fields} if seen else set()
    context.check("it carries no identity, no credential and no other method",
                  seen and seen.identity == {}
                  and not names & {"cookie", "authorization", "x-http-method-override",
                                   "x_http_method_override", "x-method-override"}, seen)
    others = [guard.https.request(method, "/other", fields=fields)
              for method in ("GET", "POST", "DELETE")]
    context.check("no other method passes", all(each.status == 401 for each in others)
                  and not guard.application.seen("/other"), others)
    response = guard.https.request("GET", "/visit", fields=accounts.member.with_cookie)
    seen = guard.application.last("/visit")
    context.check("a member is admitted by identity", response.status == 200 and seen
                  and seen.values("remote-user") == [accounts.member.id], (response, seen))
