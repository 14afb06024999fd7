"""What happened: to a person's account, and on the whole site."""

from harness.accounts import Person
from pages.visits import Visit


def tell(visit: Visit) -> None:
    """Says that a sign-in was another person's, and finds it again as an administrator."""
    visit.sign_in(visit.accounts.member)
    other = Person(visit.accounts.log_in("member"))
    visit.open("/auth/account")
    visit.check("the latest events are listed", visit.sees("#activity .log li"))
    visit.open("/auth/account/activity")
    visit.see("activity")
    visit.follow("form[action$='/disown'] button")
    visit.see("activity-disowned")
    visit.check("a new password is asked for", visit.sees("#password [role=status]"))
    status = visit.accounts.site.request("GET", "/auth/me", fields=other.with_cookie).status
    visit.check("the other is signed out", status == 401, status)
    visit.sign_in(visit.accounts.owner)
    visit.open("/auth/admin/audit")
    visit.see("audit")
    visit.check("events are listed", visit.sees("#events tbody tr"))
    visit.fill("form[role=search]", account="member@example.com")
    visit.follow("form[role=search] button")
    visit.see("audit-of-account")
    visit.check("the address names the account by its id",
                "@" not in visit.browser.run("return location.search"))
    visit.fill("form[role=search]", account="none@example.com")
    visit.follow("form[role=search] button")
    visit.see("audit-of-none")
    visit.check("no event is listed", not visit.sees("#events tbody tr"))
    visit.open(f"/auth/admin/users/{visit.accounts.member.id}")
    visit.check("the page of an account has its events", visit.sees("#activity .log li"))
