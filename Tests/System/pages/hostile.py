"""Hostile input: whatever a field contains is text, and no other site can send a form."""

import re
from concurrent.futures import ThreadPoolExecutor

from harness.accounts import Accounts
from harness.locks import locked
from harness.site import Fields, Response
from harness.topic import Context
from pages.checks import markup_faults
from pages.daemon import PagesDaemon
from pages.sent_forms import Client, Form

# What a field may contain, by what it is about.
TEXTS = {
    "markup": "\"><script>alert(1)</script><img src=x onerror=alert(1)>'<!--",
    "10,000 characters": "é" * 10_000,
    "bidi": "\u202e\u2066gnp.exe\u200f\u0627\u0633\u0645",
    "NUL": "a\x00b",
    "control characters": "a\r\nSet-Cookie: evil=1\x1b[31m",
    "a script address": "javascript:alert(1)//",
}
LIVE_MARKUP = re.compile(rb"<script>alert|<img src=x|<!--")
# Where a form is from, when it is from another site, or does not say.
OTHER_ORIGINS = {
    "another site": [("Sec-Fetch-Site", "cross-site"), ("Origin", "https://evil.example")],
    "a site beside": [("Sec-Fetch-Site", "same-site")],
    "another origin": [("Origin", "https://evil.example")],
    "no origin": [("Origin", "null")],
    "nowhere": [],
}
PUBLIC = ["/auth/login", "/auth/register", "/auth/signup", "/auth/password/forgot",
          "/auth/password/reset?token=x", "/auth/denied?role=member", "/auth/nothing"]
OWN = ["/auth/account", "/auth/admin", *PUBLIC]


def run(context: Context) -> None:
    """Sends every form of every page with every text, and from every other site."""
    daemon = PagesDaemon(context.directory / "daemon")
    accounts = Accounts(daemon)
    verify = daemon.mails.link("customer@example.com", "/auth/email/verify")
    for name, starts in (("owner", OWN), ("customer", OWN), ("", [*PUBLIC, verify])):
        pages = client(accounts, name).crawl(starts)
        context.check(f"there are forms for {name or 'everyone'}", any(pages.values()), pages)
        for path, forms in pages.items():
            for form in forms:
                send_texts(context, accounts, name, path, form)
                send_from_elsewhere(context, accounts, name, path, form)
    without_session(context, accounts)
    errors = [each for each in daemon.lines("") if each["level"] in ("error", "critical")]
    context.check("nothing of it is an internal error", not errors, errors)
    with_locked_database(context, accounts)


def client(accounts: Accounts, name: str) -> Client:
    """A client with a new session of an account, or with none."""
    cookie: Fields = ()
    if name:
        cookie = [("Cookie", accounts.log_in(name).cookie.split(";")[0])]
    return Client(accounts.daemon.port, cookie)


def send_texts(context: Context, accounts: Accounts, name: str, path: str, form: Form) -> None:
    """Sends a form with everything that a field may contain."""
    faults = []
    sender = client(accounts, name)
    for what, values in form.variants(TEXTS).items():
        response = sender.post(form, values, sender.own)
        if response.cookie:
            sender = client(accounts, name)
        problems = text_faults(response)
        if "markup" in what and response.status != 303:
            problems += markup_faults(response.body)
        faults += [f"{what}: {response.status} {each}" for each in problems]
    context.check(f"{path}: the form to {form.path} takes any text for text", not faults,
                  "\n  ".join(["", *faults]))


def text_faults(response: Response) -> list[str]:
    """What must not happen, whatever a field contains."""
    faults = []
    if response.status >= 500:
        faults.append("is no fault of the server")
    if response.status != 303 and not is_page(response):
        faults.append(f"is no page: {response}")
    if LIVE_MARKUP.search(response.body):
        faults.append("has live markup")
    if "evil" in str(response.fields):
        faults.append("has a field of the client")
    if "javascript:" in response.location or "//evil" in response.location:
        faults.append(f"leads to {response.location}")
    return faults


def send_from_elsewhere(context: Context, accounts: Accounts, name: str, path: str,
                        form: Form) -> None:
    """Sends a form as another site would have a browser do it."""
    sender = client(accounts, name)
    for where, fields in OTHER_ORIGINS.items():
        if where == "nowhere" and not uses_cookies(form):
            continue
        response = sender.post(form, form.values, *fields)
        context.check(f"{path}: the form to {form.path} from {where} is 403",
                      response.status == 403 and not response.cookie
                      and not text_faults(response), (response, response.cookie))


def with_locked_database(context: Context, accounts: Accounts) -> None:
    """Every page and every form while nothing can be written: a page with 503, and no sign-out."""
    visitor = client(accounts, "owner")
    pages = visitor.crawl(OWN)

    def send(form: Form) -> tuple[Form, Response]:
        return form, visitor.post(form, form.values, visitor.own)

    with locked(accounts.daemon.data), ThreadPoolExecutor(16) as pool:
        for path in pages:
            response = visitor.get(path)
            # The start leads to the account, from memory.
            leads = response.status == 303 and response.location == "/auth/account"
            # That all accounts are exported has to be recorded first.
            is_refused = path == "/auth/export" and response.status == 503
            context.check(f"{path} with a locked database is a page", (is_page(response) or leads)
                          and (response.status < 500 or is_refused) and not response.cookie,
                          (response, response.cookie))
        forms = [form for forms in pages.values() for form in forms
                 if form.path != "/auth/logout"]
        for form, response in pool.map(send, forms):
            context.check(
                f"the form to {form.path} with a locked database is 503, or refused for what it is",
                is_page(response) and (response.status == 503 or 400 <= response.status < 500)
                and not response.cookie, (response, response.cookie))
    context.check("the session is still there", visitor.get("/auth/account").status == 200)


def uses_cookies(form: Form) -> bool:
    """Whether a form uses or sets a cookie: not where its proof is in it, or none is needed."""
    return "token" not in form.names and form.path != "/auth/password/forgot"


def without_session(context: Context, accounts: Accounts) -> None:
    """Every page and every form, with a session that has ended and an account that is disabled."""
    pages = client(accounts, "owner").crawl(OWN)
    ended = client(accounts, "owner")
    accounts.site.request("POST", "/auth/logout", fields=ended.cookie)
    disabled = client(accounts, "member")
    accounts.site.request("PATCH", f"/auth/users/{accounts.member.id}", {"status": "disabled"},
                          client(accounts, "owner").cookie)
    for name, visitor in (("an ended session", ended), ("a disabled account", disabled)):
        for path, forms in pages.items():
            response = visitor.get(path)
            context.check(f"{path} with {name} is a page or leads to sign-in",
                          is_refused(response, path in PUBLIC), (response, response.location))
            for form in forms:
                if form.path.split("?")[0] in PUBLIC or form.path == "/auth/logout":
                    continue
                response = visitor.post(form, form.values, visitor.own)
                context.check(f"{path}: the form to {form.path} with {name} does nothing",
                              is_refused(response, False), (response, response.location))


def is_page(response: Response) -> bool:
    """Whether a response is for people."""
    return (response.fields["Content-Type"] or "").startswith("text/html")


def is_refused(response: Response, is_public: bool) -> bool:
    """Whether a response shows nothing that needs an account."""
    if response.status == 303:
        return response.location.startswith("/auth/login")
    return is_page(response) and (
        is_public and response.status < 500 or response.status in (400, 401, 403, 404, 405))
