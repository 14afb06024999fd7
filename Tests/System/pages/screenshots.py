"""The pictures of README and docs: six pages of a site with people on it."""

import pathlib
import sqlite3

from harness.accounts import PASSWORD, Person
from harness.daemon import Daemon
from harness.paths import ROOT
from harness.site import Site
from harness.topic import Context
from pages.browser import Browser
from pages.daemon import PagesDaemon
from pages.pairs import Way

IMAGES = ROOT / "docs/images"
SITE = "Example Studio"
CUSTOMERS = ["Elin Marshlight", "نور البحر", "Chidi Farrowmere", "Petra Hollowbrook"]
MEMBERS = ["Lotte Windhaven", "Oskar Fennick"]
FIREFOX = ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0")
WAITING = ["Yuki Ambermoor", "Samir Quellstone"]


class PicturesDaemon(PagesDaemon):
    """lunauth at a name: at an address its pages offer no passkeys."""

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"

    def environment(self) -> dict[str, str]:
        return {**super().environment(), "LUNAUTH_WEBSITEURL": self.origin}


def run(context: Context) -> None:
    """Takes all of them, in light colours and 1280 px wide."""
    daemon = PicturesDaemon(context.directory / "daemon",
                            FORWARDAUTH_RETURNORIGINS="https://app.example.com",
                            # With fewer, the overview would warn.
                            PASSWORD_ITERATIONS=600_000)
    names = {"localhost": daemon.port}
    with Browser.running(context.directory / "browser", Way(), names) as browser:
        take(browser, daemon, "setup", "/auth/setup")
        people = populate(daemon)
        confirm_addresses(daemon)
        back = "return_to=https%3A%2F%2Fapp.example.com%2F"
        for name, person, path in (
                ("sign-in", None, f"/auth/login?{back}"),
                ("denied", people["Elin Marshlight"], f"/auth/denied?role=member&{back}"),
                ("account", people["Mira Tidewell"], "/auth/account"),
                ("admin", people["Mira Tidewell"], "/auth/admin"),
                ("users", people["Mira Tidewell"], "/auth/admin/users")):
            browser.forget()
            if person:
                browser.sign_in(person, daemon.origin)
            take(browser, daemon, name, path)
        context.check("there are six", len(list(IMAGES.glob("*.png"))) == 6, list(IMAGES.iterdir()))


def take(browser: Browser, daemon: Daemon, name: str, path: str) -> pathlib.Path:
    """Writes the picture of a page, as much of it as a window shows."""
    browser.open(daemon.origin + path)
    file = IMAGES / f"{name}.png"
    browser.save_screenshot(file, is_whole=False)
    return file


def populate(daemon: Daemon) -> dict[str, Person]:
    """Makes an owner, and people of each kind, by their names."""
    site = Site(daemon.port)
    people = {}

    def make(verb: str, name: str, *fields: tuple[str, str]) -> None:
        local = name.split()[0].lower() if name.isascii() else "nour"
        member = "name" if verb == "signup" else "username"
        response = site.request("POST", f"/auth/{verb}", {
            "email": f"{local}@example.com", "password": PASSWORD, member: name},
            [FIREFOX, *fields])
        people[name] = Person(response)

    make("setup", "Mira Tidewell", ("X-Setup-Code", daemon.setup_code()))
    owner = people["Mira Tidewell"].with_token
    site.request("POST", "/auth/config/update", {"siteName": SITE, "approval": False}, owner)
    for name in CUSTOMERS:
        make("signup", name)
    for name in MEMBERS:
        make("register", name)
    site.request("POST", "/auth/config/update", {"approval": True}, owner)
    for name in WAITING:
        make("register", name)
    site.request("POST", "/auth/api-keys", {"name": "Nightly export", "scopes": ["read"]}, owner)
    return people


def confirm_addresses(daemon: Daemon) -> None:
    """Confirms the addresses of all people but the customers."""
    daemon.stop()
    database = sqlite3.connect(daemon.data / "lunauth.db")
    database.execute("UPDATE accounts SET email_verified_at = created_at WHERE role != 'user'")
    database.commit()
    database.close()
    daemon.start()
