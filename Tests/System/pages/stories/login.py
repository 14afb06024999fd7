"""Sign-in, with every state it can be in."""

import urllib.parse

from harness.accounts import PASSWORD
from harness.locks import locked
from pages.forms import CURRENT_PASSWORD, EMAIL
from pages.visits import Visit
from proxies.application import Application

WRONG = "not the password"


def tell(visit: Visit) -> None:
    """Signs in, and fails to in every way."""
    application = Application()
    origin = f"http://127.0.0.1:{application.server_port}"
    visit.start_daemon(FORWARDAUTH_RETURNORIGINS=origin)
    visit.populate()
    visit.open("/auth/login")
    visit.see("login")
    visit.check_fields("/auth/login", [EMAIL, CURRENT_PASSWORD])
    visit.check("it leads on", visit.sees("a[href='/auth/password/forgot']")
                and visit.sees("a[href^='/auth/register'], a[href^='/auth/signup']"))
    reveal(visit)
    sign_in_wrongly(visit)
    return_to(visit, application, origin)
    already_signed_in(visit)
    refuse(visit)
    throttle(visit)


def sign_in(visit: Visit, email: str, password: str = PASSWORD) -> None:
    """Fills in the form that is shown, and sends it."""
    visit.fill(email=email, password=password)
    visit.submit("/auth/login")


def reveal(visit: Visit) -> None:
    """A script shows what was typed as the password; without scripts there is no button for it."""
    button = "[data-reveal][aria-controls=password]"
    visit.check("a button shows the password where scripts run",
                visit.sees(button) == visit.way.has_scripts)
    if visit.way.has_scripts:
        kinds = []
        for _ in range(2):
            visit.activate(visit.find(button))
            kinds.append(visit.find("[name=password]").get_attribute("type"))
        visit.check("it shows the password and hides it", kinds == ["text", "password"], kinds)


def sign_in_wrongly(visit: Visit) -> None:
    """A wrong address and a wrong password read the same."""
    sign_in(visit, "nobody@example.com", WRONG)
    visit.see("login-wrong", 401, failed=True)
    unknown = visit.text("[role=alert]")
    sign_in(visit, "member@example.com", WRONG)
    visit.check("a wrong address and a wrong password read the same",
                visit.text("[role=alert]") == unknown, (visit.text("[role=alert]"), unknown))
    visit.check("the address is kept and the password is not",
                (visit.value("email"), visit.value("password")) == ("member@example.com", ""))
    visit.fill(password=PASSWORD)
    visit.submit_by_enter()
    visit.check("sign-in leads to the account", visit.path == "/auth/account", visit.path)
    visit.browser.forget()


def return_to(visit: Visit, application: Application, origin: str) -> None:
    """Sign-in leads back to an application of the list, and to no other."""
    target = f"{origin}/page?a=b"
    for address, wanted in ((target, target),
                            ("https://evil.example/", f"{visit.origin}/auth/account"),
                            ("//evil.example/", f"{visit.origin}/auth/account")):
        visit.browser.forget()
        visit.open("/auth/login?return_to=" + urllib.parse.quote(address, safe=""))
        visit.check("an address of elsewhere is not shown", "evil" not in visit.text("body"))
        sign_in(visit, "member@example.com", WRONG)
        sign_in(visit, "member@example.com")
        if visit.browser.address != wanted and visit.sees("main a[href]"):
            visit.follow("main a[href]")
        visit.check(f"sign-in leads to {wanted}, also after a failure",
                    visit.browser.address == wanted, visit.browser.address)
    visit.check("the application was asked for its page", application.seen("/page"))


def already_signed_in(visit: Visit) -> None:
    """Who is signed in already continues, or switches the account."""
    visit.sign_in(visit.accounts.member)
    visit.open("/auth/login")
    visit.see("login-already")
    visit.check("it names the account", "member@example.com" in visit.text("main"))
    visit.follow("main a.primary")
    visit.check("one continues to the account", visit.path == "/auth/account", visit.path)


def refuse(visit: Visit) -> None:
    """Accounts that may not sign in learn why, after the right password."""
    visit.browser.forget()
    visit.open("/auth/login")
    sign_in(visit, "pending@example.com")
    visit.see("login-pending", 403)
    visit.accounts.change(visit.accounts.member, "status = 'disabled'")
    visit.open("/auth/login")
    visit.retry_until(403, lambda: sign_in(visit, "member@example.com"))
    visit.see("login-disabled", 403, failed=True)
    owner = visit.accounts.owner.with_token
    visit.accounts.site.request("POST", "/auth/config/update", {
        "requireEmailVerification": True}, owner)
    sign_in(visit, "customer@example.com")
    visit.see("login-unconfirmed", 403, failed=True)
    visit.fill(password=PASSWORD)
    visit.submit("/auth/login")
    visit.see("login-resent", 403, failed=True)
    visit.daemon.mails.link("customer@example.com", "/auth/email/verify")
    visit.accounts.site.request("POST", "/auth/config/update", {
        "requireEmailVerification": False, "nativeSignin": False}, owner)
    visit.open("/auth/login")
    visit.see("login-off")
    sign_in(visit, "customer@example.com")
    visit.see("login-refused", 403, failed=True)
    with locked(visit.daemon.data):
        visit.open("/auth/login")
        sign_in(visit, "owner@example.com")
        visit.see("login-busy", 503, failed=True)
        visit.check("the address is kept", visit.value("email") == "owner@example.com")
    sign_in(visit, "owner@example.com")
    visit.check("the owner signs in all the same", visit.path == "/auth/account", visit.path)


def throttle(visit: Visit) -> None:
    """After many failures sign-in has to wait, and says until when."""
    visit.browser.forget()
    visit.start_daemon(LIMITS_ENABLED="true")
    visit.populate()
    visit.open("/auth/login")
    visit.retry_until(429, lambda: sign_in(visit, "owner@example.com", WRONG))
    visit.see("login-throttled", 429, failed=True)
    visit.check("the address is kept", visit.value("email") == "owner@example.com")
    visit.check("it says for how long", any(each.isdigit() for each in visit.text("[role=alert]")),
                visit.text("[role=alert]"))
