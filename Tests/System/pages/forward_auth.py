"""Two applications behind a proxy with forward-auth, as a person meets them."""

import pathlib
from dataclasses import dataclass

from harness.accounts import PASSWORD
from harness.process import wait_for
from harness.proxies import Caddy, HAProxy, Nginx, Proxy
from harness.site import HOST
from harness.topic import Context
from pages.browser import Browser
from pages.daemon import PagesDaemon
from pages.pairs import Way
from pages.visits import SLOTS, Visit
from proxies.application import NAME
from proxies.guards import CaddyGuard, Guard, HAProxyGuard, NginxGuard

# The sites as a person writes them; the browser finds them at the ports of the test.
SITE, FIRST, SECOND = f"https://{HOST}", f"https://{NAME}", f"https://{NAME}:8443"


@dataclass(frozen=True)
class Kind:
    """A proxy before lunauth and before an application, and the way in which it is visited."""

    site: type[Proxy]
    guard: type[Guard]
    way: Way


KINDS = {
    "nginx": Kind(Nginx, NginxGuard, Way()),
    "caddy": Kind(Caddy, CaddyGuard, Way(False, 390, "dark", "de", False)),
    "haproxy": Kind(HAProxy, HAProxyGuard, Way(True, 320, "light", "de", True)),
}


class Scene:
    """lunauth and two applications, each behind the proxy."""

    def __init__(self, kind: Kind, directory: pathlib.Path) -> None:
        self.daemon = PagesDaemon(
            directory / "daemon", starts=False, WEBSITEURL=SITE,
            SESSION_COOKIEDOMAIN="example.com", FORWARDAUTH_RETURNORIGINS=f"{FIRST},{SECOND}")
        self.daemon.start()
        self.site = kind.site(self.daemon, directory / "site")
        self.first = kind.guard(directory / "first", daemon=self.daemon)
        self.second = kind.guard(directory / "second", daemon=self.daemon)

    @property
    def names(self) -> dict[str, int]:
        """Where the browser finds each site."""
        return {f"{HOST}:443": self.site.https.port, f"{NAME}:443": self.first.https.port,
                f"{NAME}:8443": self.second.https.port}


def run(kind: str, context: Context) -> None:
    """Goes to an application, signs in, is denied, and signs out of both."""
    scene = Scene(KINDS[kind], context.directory)
    way = KINDS[kind].way
    with SLOTS, Browser.running(context.directory / "browser", way, scene.names) as browser:
        visit = Visit(f"forward-auth-{kind}", context, context.directory, browser)
        visit.daemon, visit.host = scene.daemon, SITE
        visit.populate()
        sign_in_and_back(visit, scene)
        deny(visit, scene)
        sign_out_of_both(visit, scene)


def sign_in(visit: Visit, name: str) -> None:
    """Signs in with the form that is shown; the offer of a passkey, which a browser gets once, is declined."""
    visit.fill(email=f"{name}@example.com", password=PASSWORD)
    visit.submit("/auth/login")
    if visit.path.startswith("/auth/passkeys/offer"):
        visit.see("passkey-offer")
        visit.follow("main a.button.block")


def sign_in_and_back(visit: Visit, scene: Scene) -> None:
    """An application leads to sign-in, and that back to the page that was asked for."""
    visit.browser.open(f"{FIRST}/page?a=b")
    visit.check("the application leads to sign-in",
                visit.browser.address.startswith(f"{SITE}/auth/login?return_to="),
                visit.browser.address)
    visit.see("login")
    visit.check("sign-in names the application", NAME in visit.text("body"))
    sign_in(visit, "member")
    visit.check("sign-in leads back", wait_for(
        lambda: visit.browser.address == f"{FIRST}/page?a=b"), visit.browser.address)
    visit.check("the application was reached", scene.first.application.seen("/page"))
    visit.browser.open(f"{SECOND}/other")
    visit.check("the other application asks for nothing more",
                scene.second.application.seen("/other"), visit.browser.address)


def deny(visit: Visit, scene: Scene) -> None:
    """Who may not use an application reads why, switches the account, and is there."""
    visit.browser.forget()
    visit.browser.open(f"{FIRST}/secret")
    sign_in(visit, "customer")
    visit.check("it leads to the page about it", visit.browser.address.startswith(
        f"{SITE}/auth/denied"), visit.browser.address)
    visit.see("denied", 403)
    visit.check("it names account and application", "customer@example.com" in visit.text("main")
                and NAME in visit.text("body"))
    visit.check("the application was not reached", not scene.first.application.seen("/secret"))
    visit.submit("/auth/logout")
    visit.see("switch")
    sign_in(visit, "member")
    visit.check("the other account is in the application", scene.first.application.seen("/secret"),
                visit.browser.address)


def sign_out_of_both(visit: Visit, scene: Scene) -> None:
    """A link of an application signs out, of both."""
    visit.browser.open(f"{FIRST}/")
    visit.browser.navigate(lambda: visit.browser.run(f"location.href = '{SITE}/auth/logout'"))
    visit.check("the link signs out", visit.path.startswith("/auth/login"), visit.browser.address)
    for origin, guard in ((FIRST, scene.first), (SECOND, scene.second)):
        visit.browser.open(f"{origin}/after")
        visit.check(f"{origin} leads to sign-in again", visit.path.startswith("/auth/login")
                    and not guard.application.seen("/after"), visit.browser.address)
