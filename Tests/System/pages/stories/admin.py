"""The first page of administration: who waits, what failed, what is counted."""

from pages.visits import Visit


def tell(visit: Visit) -> None:
    """Approves one account and declines another; sees that a mail failed."""
    visit.start_daemon()
    accounts = visit.accounts
    accounts.post("register", "second", username="Yuki Ambermoor")
    visit.sign_in(accounts.owner)
    visit.open("/auth/admin")
    visit.see("admin")
    visit.check("who waits is listed", "pending@example.com" in visit.text("main")
                and "second@example.com" in visit.text("main"))
    visit.submit(f"/auth/users/{accounts.pending.id}/approve")
    visit.see("admin-approved")
    status = accounts.site.request("GET", "/auth/config", fields=accounts.pending.with_cookie)
    visit.check("who is approved is signed in", status.status == 200, status)
    visit.follow("form[action$='/decline'] button")
    visit.see("admin-declined")
    visit.check("nobody waits any more", not visit.sees("form[action$='/approve']"))
    accounts.execute("UPDATE outbox SET attempts = 1, last_error = 'refused <b>', "
                     "failed_at = created_at")
    visit.sign_in(accounts.member)
    visit.open("/auth/admin")
    visit.see("admin-forbidden", 403)
