"""Where passkeys cannot be: a site that is an IP address, and a page with another address."""

from factors.virtual import Kind, VirtualKey
from factors.soft_key import verifiers
from harness.accounts import Accounts
from harness.site import HOST
from harness.topic import Context
from pages.browser import Browser
from pages.daemon import PagesDaemon
from pages.pairs import Way
from pages.visits import SLOTS, Visit


def run(context: Context) -> None:
    """Looks for passkeys on pages that have none."""
    with (SLOTS, Browser.running(context.directory / "browser", Way()) as browser,
          verifiers() as helper):
        VirtualKey(browser, Kind(), helper)
        for name, website in (("ip", ""), ("other", f"https://{HOST}")):
            settings = {"WEBSITEURL": website} if website else {}
            daemon = PagesDaemon(context.directory / name, **settings)
            visit = Visit(f"passkeys-{name}", context, context.directory, browser)
            visit.daemon, visit.accounts = daemon, Accounts(daemon)
            visit.browser.forget()
            visit.open("/auth/login")
            visit.see("login")
            visit.check("sign-in offers no passkey", not visit.sees("[data-passkey-start]"))
            if website:
                visit.check("it says where", website in visit.text(), visit.text())
            visit.sign_in(visit.accounts.member)
            visit.open("/auth/account")
            visit.see("account")
            visit.check("the account offers none", not visit.sees("[data-passkey-start]"))
            visit.unfold("[data-passkey-elsewhere]")
            visit.check("it says why", "asskey" in visit.text("#security")
                        and (website in visit.text("#security")), visit.text("#security"))
            visit.check("an app can be added all the same",
                        visit.sees("form[action='/auth/totp'] button"))
            daemon.stop()
