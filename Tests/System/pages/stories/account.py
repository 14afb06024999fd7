"""The account of a person: name, address, password, sessions, data."""

from harness.accounts import PASSWORD, Person
from pages.forms import CURRENT_PASSWORD, KNOWN_EMAIL
from pages.visits import Visit

OTHER_PASSWORD = "another correct horse"
LONG = "Żółć " * 19 + "اسم"


def tell(visit: Visit) -> None:
    """Changes everything about an account, and deletes it."""
    visit.sign_in(visit.accounts.member)
    other = Person(visit.accounts.log_in("member"))
    visit.open("/auth/account")
    visit.see("account")
    visit.check("times are those of the browser where scripts run, else UTC",
                ("UTC" in visit.text("#sessions")) != visit.way.has_scripts, visit.text("#sessions"))
    rename(visit)
    sessions(visit, other)
    change_password(visit)
    change_address(visit)
    prove(visit)
    export(visit)
    delete(visit)


def rename(visit: Visit) -> None:
    """Another name, and one that is refused."""
    visit.fill(name="\u202eabc")
    visit.submit("/auth/me/update")
    visit.see("account-name-invalid", 400, failed=True)
    visit.check("the name is what is wrong", visit.is_invalid("name"))
    visit.fill(name=LONG)
    visit.submit("/auth/me/update")
    visit.check("a change leads back by GET", visit.browser.document().method == "GET")
    visit.see("account-name-long")
    visit.check("the name is changed", visit.value("name") == LONG.strip(), visit.value("name"))
    visit.browser.reload()
    visit.check("a reload is harmless", visit.browser.document().method == "GET")
    visit.browser.back()
    visit.open("/auth/account")
    visit.check("so is going back", visit.value("name") == LONG.strip(), visit.value("name"))
    languages = {"en": "de", "de": "en"}
    other = languages[visit.way.language]
    visit.fill(language=other)
    visit.submit("/auth/me/update")
    visit.check("the account's language goes before the browser's",
                visit.browser.run("return document.documentElement.lang") == other)
    visit.fill(language=visit.way.language)
    visit.submit("/auth/me/update")


def sessions(visit: Visit, other: Person) -> None:
    """Ends one session, and all others."""
    count = len(visit.browser.run(
        "return [...document.querySelectorAll('form[action$=\"/end\"]')].map(() => 1)"))
    visit.check("sessions are listed, with a way to end them", count >= 2, count)
    visit.follow("form[action^='/auth/sessions/'][action$='/end'] button")
    visit.see("account-session-ended")
    visit.accounts.log_in("member")
    visit.open("/auth/account")
    visit.follow("form[action='/auth/sessions/end'] button")
    visit.see("account-sessions-ended")
    status = visit.accounts.site.request("GET", "/auth/me", fields=other.with_cookie).status
    visit.check("the others are signed out", status == 401, status)


def change_password(visit: Visit) -> None:
    """Another password, also by the well-known address."""
    visit.open("/.well-known/change-password")
    visit.see("password")
    visit.check_fields("/auth/password/change", [
        KNOWN_EMAIL, ("currentPassword", "password", "current-password"),
        ("newPassword", "password", "new-password")])
    visit.unfold("[name=currentPassword]")
    visit.fill(currentPassword="not the password", newPassword=OTHER_PASSWORD)
    visit.submit("/auth/password/change")
    visit.see("password-wrong", 403, failed=True)
    visit.check("the current password is what is wrong", visit.is_invalid("currentPassword"))
    visit.fill(currentPassword=PASSWORD, newPassword=OTHER_PASSWORD)
    visit.submit("/auth/password/change")
    visit.see("password-changed")


def change_address(visit: Visit) -> None:
    """Another address, which has to be confirmed by mail."""
    visit.open("/auth/account")
    form = "form[action='/auth/email/change']"
    visit.unfold(form)
    visit.fill(form, email="zoe@example.com", password=OTHER_PASSWORD)
    visit.submit("/auth/email/change")
    visit.see("account-address-sent")
    visit.open(visit.daemon.mails.link("zoe@example.com", "/auth/email/verify"))
    visit.see("account-address-link")
    visit.submit("/auth/email/verify")
    visit.see("account-address-changed")


def prove(visit: Visit) -> None:
    """Where the password was entered long ago, the same form comes back and asks for it."""
    visit.daemon.stop()
    visit.accounts.execute("UPDATE sessions SET authenticated_at = 1")
    visit.daemon.start()
    form = "form[action='/auth/api-keys']"
    visit.open("/auth/account")
    visit.unfold(form)
    visit.fill(form, name="nightly export")
    visit.submit("/auth/api-keys")
    visit.see("account-proof", 403, failed=True)
    visit.check("what was typed is kept",
                visit.find(f"{form} [name=name]").get_property("value") == "nightly export")
    visit.check("a password manager can fill it in", CURRENT_PASSWORD in (
        visit.fields("/auth/api-keys")))
    visit.fill(form, password=OTHER_PASSWORD)
    visit.submit("/auth/api-keys")
    visit.see("account-proved", 200)
    visit.check("the key is shown", visit.text(".secret code").startswith("luna_"))


def export(visit: Visit) -> None:
    """The data of the account are a file."""
    visit.open("/auth/account")
    visit.check("there is a link to the data", visit.sees("a[href='/auth/me/export']"))


def delete(visit: Visit) -> None:
    """Deletes the account."""
    visit.open("/auth/account")
    visit.unfold("form[action='/auth/me/delete']")
    visit.fill("form[action='/auth/me/delete']", password="not the password")
    visit.submit("/auth/me/delete")
    visit.see("account-delete-wrong", 403, failed=True)
    visit.fill("form[action='/auth/me/delete']", password=OTHER_PASSWORD)
    visit.submit("/auth/me/delete")
    visit.see("account-deleted")
    visit.open("/auth/account")
    visit.check("one is signed out", visit.path.startswith("/auth/login"), visit.path)
