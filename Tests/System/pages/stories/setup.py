"""Setup: from a server without an owner to its administration."""

import urllib.parse

from harness.accounts import PASSWORD
from harness.site import HOST
from pages.forms import EMAIL, NAME, NEW_PASSWORD
from pages.visits import Visit

CODE = "the setup code of this test"


def tell(visit: Visit) -> None:
    """Sets a server up from this machine, and another one from outside."""
    visit.open("/")
    visit.check("/ leads to setup while there is no owner", visit.path == "/auth/setup", visit.path)
    visit.check("no code is needed on this machine", not visit.sees("[name=code]"))
    visit.see("setup")
    visit.check_fields("/auth/setup", [NAME, EMAIL, NEW_PASSWORD], only_personal=True)
    visit.fill(username="Mira Tidewell", email="owner@example.com", password="password")
    visit.submit("/auth/setup")
    visit.see("setup-invalid", 400, failed=True)
    visit.check("what was typed is kept, but for the password",
                [visit.value(name) for name in ("username", "email", "password")]
                == ["Mira Tidewell", "owner@example.com", ""])
    visit.check("the password is what is wrong", visit.is_invalid("password"))
    visit.fill(password=PASSWORD, siteName="Tidewell Studio")
    visit.unfold("[name=retentionPeriod]")
    visit.fill(retentionPeriod="1y")
    visit.submit("/auth/setup")
    visit.check("setup leads straight into administration", visit.path == "/auth/admin", visit.path)
    visit.see("setup-done")
    visit.check("pages carry the name of the site", visit.sees(".brand", "Tidewell Studio"))
    visit.open("/auth/setup")
    visit.see("setup-gone", 404)
    from_outside(visit)


def from_outside(visit: Visit) -> None:
    """At a name of the site the code is asked for; the link in the log has it."""
    visit.browser.forget()
    visit.start_daemon(SETUP_CODE=CODE)
    visit.host = f"http://{HOST}:{visit.daemon.port}"
    visit.open("/auth/setup")
    visit.see("setup-code")
    visit.fill(username="Mira Tidewell", email="owner@example.com", password=PASSWORD,
               code="not the code")
    visit.submit("/auth/setup")
    visit.see("setup-wrong-code", 403, failed=True)
    visit.check("the code is what is wrong", visit.is_invalid("code"))
    visit.open("/auth/setup?code=" + urllib.parse.quote(CODE))
    visit.check("the link in the log fills in the code", not visit.sees("[name=code]"))
    visit.check("it warns that the site is not encrypted", visit.sees(".notice.warning"))
    visit.fill(username="Mira Tidewell", email="owner@example.com", password=PASSWORD)
    visit.tick("address", value="detected")
    visit.see("setup-link")
    visit.submit("/auth/setup")
    visit.check("the code opens setup", visit.path == "/auth/admin", visit.path)
