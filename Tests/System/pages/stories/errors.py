"""Errors: what happened, the id of the request, and what to do."""

from harness.locks import locked
from pages.visits import Visit


def tell(visit: Visit) -> None:
    """Opens what is not there, what may not be seen, and what cannot be served now."""
    visit.sign_in(visit.accounts.member)
    visit.open("/auth/nothing-here")
    visit.see("not-found", 404)
    check_id(visit)
    visit.open("/auth/admin")
    visit.see("forbidden", 403)
    check_id(visit)
    visit.open(f"/auth/users/{visit.accounts.member.id}/approve")
    visit.see("wrong-method", 405)
    fail_to_save(visit)


def fail_to_save(visit: Visit) -> None:
    """Saves a name while nothing can be written, and again when that is over."""
    visit.open("/auth/account")
    visit.fill(name="Zoë Quellstone")
    with locked(visit.daemon.data):
        visit.submit("/auth/me/update")
        visit.see("unavailable", 503)
        visit.check("what was typed is kept", visit.sees("[name=name]")
                    and visit.value("name") == "Zoë Quellstone", visit.text("main"))
    visit.open("/auth/account")
    visit.see("account-after", 200)
    visit.check("one is still signed in", visit.path == "/auth/account", visit.path)


def check_id(visit: Visit) -> None:
    """The page names the request as the log does."""
    id = visit.browser.document().fields.get("x-request-id")
    visit.check("it names the request", id and id in visit.text("body"), id)
