"""Invitations: made, shown once, paused, revoked."""

from pages.visits import Visit


def tell(visit: Visit) -> None:
    """Makes an invitation, and takes it back."""
    visit.sign_in(visit.accounts.owner)
    visit.open("/auth/admin/invites")
    visit.see("invites-empty")
    form = "form[action='/auth/invites']"
    visit.unfold(form)
    visit.fill(form, email="elin@example.com", role="member", tier="pro")
    visit.submit("/auth/invites")
    visit.see("invites-created")
    link = visit.text(".secret code")
    visit.check("the link is shown once", "/register?invite=" in link, link)
    visit.browser.navigate(visit.browser.reload)
    visit.see("invites-again")
    visit.check("a second time it is not shown", link not in visit.text("body"))
    visit.open("/auth/admin/invites")
    visit.see("invites")
    items = visit.accounts.site.request(
        "GET", "/auth/invites", fields=visit.accounts.owner.with_cookie).json["items"]
    visit.check("a reload makes no second invitation", len(items) == 1, items)
    id = items[0]["id"]
    visit.submit(f"/auth/invites/{id}/pause")
    visit.see("invites-paused")
    visit.submit(f"/auth/invites/{id}/resume")
    visit.see("invites-resumed")
    visit.submit(f"/auth/invites/{id}/revoke")
    visit.see("invites-revoked")
    visit.fill(form, email="member@example.com")
    visit.submit("/auth/invites")
    visit.see("invites-taken", 409, failed=True)
