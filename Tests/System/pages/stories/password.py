"""The pages that mails lead to: a forgotten password, an address to confirm, an account to decide about."""

from harness.accounts import PASSWORD
from pages.forms import CURRENT_PASSWORD, EMAIL, KNOWN_EMAIL, NEW_PASSWORD
from pages.visits import Visit

OTHER_PASSWORD = "another correct horse"


def tell(visit: Visit) -> None:
    """Follows every link of every mail, twice."""
    visit.populate()
    forget(visit)
    verify(visit)
    reject(visit)
    decide(visit)


def forget(visit: Visit) -> None:
    """Sets another password by mail."""
    visit.open("/auth/login")
    visit.follow("a[href='/auth/password/forgot']")
    visit.see("forgot")
    visit.check_fields("/auth/password/forgot", [EMAIL])
    visit.fill(email="nobody@example.com")
    visit.submit("/auth/password/forgot")
    unknown = visit.text("h1")
    visit.open("/auth/password/forgot")
    visit.fill(email="member@example.com")
    visit.submit("/auth/password/forgot")
    visit.see("forgot-sent")
    visit.check("it reads the same with and without an account", visit.text("h1") == unknown)
    link = visit.daemon.mails.link("member@example.com", "/auth/password/reset")
    visit.open(link)
    visit.see("reset")
    visit.check_fields("/auth/password/reset", [KNOWN_EMAIL, NEW_PASSWORD])
    visit.fill(password="password")
    visit.submit("/auth/password/reset")
    visit.see("reset-invalid", 400, failed=True)
    visit.check("the password is what is wrong", visit.is_invalid("password"))
    visit.fill(password=OTHER_PASSWORD)
    visit.submit("/auth/password/reset")
    visit.see("reset-done")
    visit.check("it leads on to sign-in", visit.sees("main a[href^='/auth/login']"))
    visit.open(link)
    visit.see("reset-used", 400)
    visit.check("a used link says when it was used", visit.sees("main time[datetime]"),
                visit.text("main"))
    visit.open("/auth/password/reset?token=" + "A" * 43)
    visit.see("reset-unknown", 400)


def verify(visit: Visit) -> None:
    """Confirms an address with the password of the account, and with its session."""
    link = visit.daemon.mails.link("customer@example.com", "/auth/email/verify")
    visit.open(link)
    visit.see("verify")
    visit.check_fields("/auth/email/verify", [KNOWN_EMAIL, CURRENT_PASSWORD])
    visit.fill(password="not the password")
    visit.submit("/auth/email/verify")
    visit.see("verify-wrong", 401, failed=True)
    visit.fill(password=PASSWORD)
    visit.submit("/auth/email/verify")
    visit.see("verify-done")
    visit.open(link)
    visit.see("verify-used", 400)
    visit.check("a used link says when it was used", visit.sees("main time[datetime]"),
                visit.text("main"))
    visit.sign_in(visit.accounts.owner)
    visit.open(visit.daemon.mails.link("owner@example.com", "/auth/email/verify"))
    visit.see("verify-session")
    visit.check("in a session no password is asked for", not visit.sees("[name=password]"))
    visit.submit("/auth/email/verify")
    visit.see("verify-session-done")
    visit.browser.forget()


def reject(visit: Visit) -> None:
    """Says that another person opened the account."""
    visit.accounts.post("signup", "stranger")
    visit.open(visit.daemon.mails.link("stranger@example.com", "/auth/email/verify"))
    visit.submit("/auth/email/verify/reject")
    visit.see("reject-done")


def decide(visit: Visit) -> None:
    """Approves an account by the link in the mail."""
    visit.open(visit.daemon.mails.link("pending@example.com", "/auth/email/verify"))
    visit.fill(password=PASSWORD)
    visit.submit("/auth/email/verify")
    id = visit.accounts.pending.id
    link = visit.daemon.mails.link("owner@example.com", f"/auth/users/{id}/decide")
    visit.open(link)
    visit.see("decide")
    visit.check("it names the account", "pending@example.com" in visit.text("main"))
    visit.submit(f"/auth/users/{id}/approve")
    visit.see("decide-done")
    visit.open(link)
    visit.see("decide-used", 400)
    visit.check("a used link says when it was used", visit.sees("main time[datetime]"),
                visit.text("main"))
