"""One account, as an administrator sees it."""

from harness.accounts import Person
from pages.visits import Visit


def tell(visit: Visit) -> None:
    """Changes everything about an account that is another person's, and deletes it."""
    accounts = visit.accounts
    member, page = accounts.member, f"/auth/admin/users/{accounts.member.id}"
    update = f"/auth/users/{member.id}/update"
    visit.sign_in(accounts.owner)
    visit.open(page)
    visit.see("user")
    visit.check("it shows sessions and keys of the account", "a key" in visit.text("main"))
    visit.check("there is no field for another's password", not visit.sees("[name=newPassword]"))
    visit.submit(f"/auth/users/{member.id}/reset")
    visit.see("user-reset-sent")
    visit.daemon.mails.link("member@example.com", "/auth/password/reset")
    form = f"form[action='{update}']:has([name=role])"
    visit.fill(form, role="user", tier="team")
    visit.follow(f"{form} button")
    visit.see("user-role")
    me = accounts.site.request("GET", "/auth/me", fields=member.with_cookie).json
    visit.check("role and tier are changed", (me["role"], me["tier"]) == ("user", "team"), me)
    end_access(visit, member)
    switch(visit, update)
    visit.open(f"/auth/admin/users/{accounts.pending.id}")
    visit.see("user-pending")
    visit.submit(f"/auth/users/{accounts.pending.id}/approve")
    visit.see("user-approved")
    delete(visit, page)
    visit.open("/auth/admin/users/00000000-0000-4000-8000-000000000000")
    visit.see("user-unknown", 404)


def end_access(visit: Visit, member: Person) -> None:
    """Revokes the key and ends the sessions of the account."""
    visit.follow("form[action*='api-keys'][action$='/revoke'] button")
    visit.see("user-key-revoked")
    visit.follow("form[action*='sessions'] button")
    visit.see("user-sessions-ended")
    status = visit.accounts.site.request("GET", "/auth/me", fields=member.with_cookie).status
    visit.check("the account is signed out", status == 401, status)


def switch(visit: Visit, update: str) -> None:
    """Disables the account, enables it, and confirms its address."""
    for state, button in (("disabled", "[name=status][value=disabled]"),
                          ("enabled", "[name=status][value=active]"),
                          ("confirmed", "[name=emailVerified]")):
        visit.follow(f"form[action='{update}']:has({button}) button")
        visit.see(f"user-{state}")


def delete(visit: Visit, page: str) -> None:
    """Deletes the account, once its address is typed."""
    action = page.replace("/admin", "") + "/delete"
    visit.open(page)
    visit.unfold(f"form[action='{action}']")
    visit.fill(f"form[action='{action}']", confirm="other@example.com")
    visit.submit(action)
    visit.see("user-delete-wrong", 400, failed=True)
    visit.fill(f"form[action='{action}']", confirm="member@example.com")
    visit.submit(action)
    visit.see("user-deleted")
    visit.check("the account is not listed any more", "member@example.com" not in visit.text("table"))
