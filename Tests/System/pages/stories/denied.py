"""The page where forward-auth sends a browser that may not."""

import urllib.parse

from pages.visits import Visit

ORIGIN = "http://app.example.com"


def tell(visit: Visit) -> None:
    """Reads what is missing, and switches the account."""
    visit.start_daemon(FORWARDAUTH_RETURNORIGINS=ORIGIN)
    visit.sign_in(visit.accounts.customer)
    back = urllib.parse.quote(f"{ORIGIN}/page", safe="")
    visit.open(f"/auth/denied?role=member&return_to={back}")
    visit.see("denied-role", 403)
    visit.check("it says who one is", "customer@example.com" in visit.text("main"))
    visit.check("it names the application", "app.example.com" in visit.text("body"))
    visit.open("/auth/denied?tier=team")
    visit.see("denied-tier", 403)
    for query in ("role=%3Cb%3Efree+money", "return_to=https%3A%2F%2Fevil.example%2F",
                  "tier=call+0900&reason=evil"):
        visit.open(f"/auth/denied?{query}")
        visit.check("no text of the address is shown", not any(
            word in visit.text("body") for word in ("money", "evil", "0900")), visit.text("body"))
    visit.see("denied-unknown", 403)
    visit.open(f"/auth/denied?role=member&return_to={back}")
    visit.submit("/auth/logout")
    visit.check("switching the account leads to sign-in and remembers the application",
                visit.path.startswith("/auth/login?return_to="), visit.path)
    visit.see("denied-switch")
    visit.browser.forget()
    visit.open("/auth/denied?role=member")
    visit.check("who is not signed in is asked to", visit.path.startswith("/auth/login"), visit.path)
