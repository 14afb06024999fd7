"""Refused requests: why a request was refused, by the id of its error page."""

from pages.visits import Visit


def tell(visit: Visit) -> None:
    """Copies the request id of an error page, and reads why."""
    visit.sign_in(visit.accounts.owner)
    refused = visit.accounts.site.request("GET", "/auth/me")
    visit.open("/auth/admin/explain")
    visit.see("explain")
    visit.fill("form[role=search]", id=refused.id or "")
    visit.follow("form[role=search] button")
    visit.see("explain-refusal")
    visit.check("the page says why", "no_credential" in visit.text("main"))
    visit.open("/auth/admin/explain?id=never")
    visit.see("explain-unknown")
    visit.check("nothing is explained", not visit.sees("main .facts"))
