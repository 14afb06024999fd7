"""The first page of administration: who waits, what failed, what is counted."""

import time

from pages.visits import Visit


def tell(visit: Visit) -> None:
    """Approves one account and declines another; sees that a mail failed."""
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
    visit.open("/auth/admin")
    visit.follow("form[action$='/decline'] button")
    visit.see("admin-declined")
    visit.open("/auth/admin")
    visit.check("no account waits any more", not visit.sees("form[action$='/approve']"))
    fail_mail(visit)
    visit.sign_in(accounts.member)
    visit.open("/auth/admin")
    visit.see("admin-forbidden", 403)


def fail_mail(visit: Visit) -> None:
    """A mail that was given up is named, with a way to the queue."""
    visit.daemon.stop()
    visit.accounts.execute(
        "INSERT INTO mails (id, kind, recipient, content, created_at, attempts, last_error)"
        " VALUES (randomblob(16), 'welcome', 'lotte@example.com', x'00', ?, 12, '550 <b>no</b>')",
        int(time.time() * 1000))
    visit.daemon.start()
    visit.open("/auth/admin")
    visit.see("admin-failed-mail")
    visit.check("it leads to the queue", visit.sees("main a[href^='/auth/admin/mails']"))
