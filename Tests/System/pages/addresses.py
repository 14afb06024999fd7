"""Where pages are, for people and for programs: addresses, redirects, assets, pages that are switched off."""

import gzip
import re

from harness.accounts import Accounts, Person
from harness.site import Fields, Response, Site
from harness.topic import Context
from pages.daemon import PagesDaemon
from pages.sent_forms import FORM, HTML

# The paths that people know, and where they are.
KNOWN = {
    "/login": "/auth/login", "/register": "/auth/register", "/setup": "/auth/setup",
    "/account": "/auth/account", "/admin": "/auth/admin",
}
MOST_SCRIPT_BYTES = 6 * 1024


def run(context: Context) -> None:
    """Asks as a program and as a browser for everything that has an address."""
    daemon = PagesDaemon(context.directory / "daemon")
    visitor = Visitor(daemon, context)
    visitor.leads("/ without an owner", "/", "/auth/setup")
    visitor.leads("/auth/ without an owner", "/auth/", "/auth/setup")
    accounts = Accounts(daemon)
    redirects(visitor, accounts)
    kinds_of_client(visitor)
    logout(visitor, accounts)
    assets(visitor)
    switched_off(context)


class Visitor:
    """A client that is a browser or a program, as its fields say."""

    def __init__(self, daemon: PagesDaemon, context: Context) -> None:
        self.site, self.context = Site(daemon.port), context
        self.host = f"127.0.0.1:{daemon.port}"

    def get(self, path: str, fields: Fields = (HTML,), method: str = "GET") -> Response:
        """The response to a request, as a browser's where nothing else is said."""
        return self.site.request(method, path, fields=fields, host=self.host)

    def leads(self, claim: str, path: str, wanted: str, fields: Fields = (HTML,)) -> None:
        """Checks where a path redirects to."""
        response = self.get(path, fields)
        location = response.location.removeprefix(f"http://{self.host}")
        self.context.check(f"{claim} leads to {wanted}", (response.status, location) == (303, wanted),
                           (response, response.location))


def redirects(visitor: Visitor, accounts: Accounts) -> None:
    """Short paths lead to pages, and their queries with them."""
    session = [HTML, *accounts.member.with_cookie]
    visitor.leads("/ without a session", "/", "/auth/login")
    visitor.leads("/ with a session", "/", "/auth/account", session)
    visitor.leads("/auth/ with a session", "/auth/", "/auth/account", session)
    for short, path in KNOWN.items():
        visitor.leads(short, f"{short}?a=b%20c", f"{path}?a=b%20c")
    response = visitor.get("/.well-known/change-password", session)
    visitor.context.check("the well-known path leads to the page of the password",
                          response.status in (302, 303) and "/auth/account" in response.location,
                          (response, response.location))
    response = visitor.get("/auth/account")
    visitor.context.check("the account leads to sign-in, and that back",
                          response.status == 303
                          and re.match(r"/auth/login\?return_to=.*account", response.location),
                          (response, response.location))


def kinds_of_client(visitor: Visitor) -> None:
    """The same path answers with JSON to programs and with a page to people."""
    check = visitor.context.check
    accepts = {"text/html": True, "text/html,*/*;q=0.8": True, "*/*": False, "": False,
               "application/json": False, "application/json, text/html;q=0.5": False,
               "text/html;q=0": False, "application/xhtml+xml": False}
    for accept, is_page in accepts.items():
        fields = [("Accept", accept)] if accept else []
        for path in ("/auth/nothing", "/auth/users", "/auth/login"):
            response = visitor.get(path, fields)
            kind = response.fields["Content-Type"] or ""
            expected = "text/html" if is_page else "application/json"
            is_moved = is_page and response.status == 303
            check(f"{path} with Accept {accept!r} is {expected}",
                  is_moved or kind.startswith(expected), (response, kind))
            if path == "/auth/login":
                check(f"{path} with Accept {accept!r} varies by it, or is no page",
                      "accept" in (response.fields["Vary"] or "").lower() or not is_page,
                      response.fields.items())
    response = visitor.get("/auth/login", [])
    check("GET of a path that only takes POST is 405 for programs", response.status == 405, response)
    body = b"email=a%40example.com&password=x"
    response = visitor.site.request("POST", "/auth/login", body, [FORM], host=visitor.host)
    check("a form without Accept gets JSON", response.json.get("code"), response)
    response = visitor.get("/auth/login", method="HEAD")
    check("HEAD works where GET does", response.status == 200 and not response.body, response)


def logout(visitor: Visitor, accounts: Accounts) -> None:
    """GET signs out as published, but not when another site asks."""
    for place, ends in (("same-origin", True), ("same-site", True), ("none", True), ("", True),
                        ("cross-site", False)):
        person = Person(accounts.log_in("member"))
        where = [("Sec-Fetch-Site", place), ("Sec-Fetch-Mode", "navigate")] if place else []
        response = visitor.get("/auth/logout", [HTML, *where, *person.with_cookie])
        is_live = accounts.site.request("GET", "/auth/me", fields=person.with_cookie).status == 200
        visitor.context.check(f"GET signs out with Sec-Fetch-Site {place or 'absent'}: {ends}",
                              is_live != ends and (not ends or response.location == "/auth/login"),
                              (response, response.location))


def assets(visitor: Visitor) -> None:
    """One style sheet and one script: small, compressed, kept for ever."""
    check = visitor.context.check
    page = visitor.get("/auth/login").body.decode()
    paths = set(re.findall(r'(?:href|src)="(/auth/assets/[^"]+\.(?:css|js))"', page))
    check("a page has one style sheet and one script",
          sorted(path.rsplit(".")[-1] for path in paths) == ["css", "js"], paths)
    for path in sorted(paths):
        plain = visitor.get(path, [])
        packed = visitor.get(path, [("Accept-Encoding", "gzip, deflate, br")])
        check(f"{path} is kept for ever", plain.status == 200 and plain.fields["Cache-Control"]
              == "public, max-age=31536000, immutable", plain.fields.items())
        check(f"{path} is compressed", packed.fields["Content-Encoding"]
              and len(packed.body) < len(plain.body) / 2, packed.fields.items())
        check(f"{path} varies by Accept-Encoding",
              "accept-encoding" in (packed.fields["Vary"] or "").lower(), packed.fields.items())
        if packed.fields["Content-Encoding"] == "gzip":
            check(f"{path} is the same compressed", gzip.decompress(packed.body) == plain.body)
        again = visitor.get(path, [("If-None-Match", plain.fields["ETag"] or "")])
        check(f"{path} is not sent again", again.status == 304 and not again.body, again)
        if path.endswith(".js"):
            check("the script is small", len(plain.body) <= MOST_SCRIPT_BYTES, len(plain.body))
    response = visitor.get("/auth/assets/0000000000000000.css", [])
    check("another digest is 404", response.status == 404, response)


def switched_off(context: Context) -> None:
    """Without pages only those are left that mails lead to."""
    daemon = PagesDaemon(context.directory / "off", PAGES_ENABLED="false")
    visitor = Visitor(daemon, context)
    accounts = Accounts(daemon)
    for path in ("/auth/login", "/auth/account", "/auth/admin", "/", "/auth/setup", "/login"):
        response = visitor.get(path)
        context.check(f"{path} is no page where pages are off", response.status in (404, 405),
                      (response, response.location))
    link = daemon.mails.link("customer@example.com", "/auth/email/verify")
    response = visitor.get(link)
    context.check("the links in mails lead to pages all the same", response.status == 200
                  and response.fields["Content-Type"].startswith("text/html"), response)
    response = visitor.get("/auth/logout", [HTML, *accounts.member.with_cookie])
    context.check("sign-out leads to /login", response.location == "/login", response.location)
