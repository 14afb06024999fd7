"""Registration: with and without an invitation, as a member of the team and as a customer."""

from harness.accounts import PASSWORD
from pages.forms import EMAIL, NAME, NEW_PASSWORD
from pages.visits import Visit

FORM = "/auth/register"


def tell(visit: Visit) -> None:
    """Asks to join, opens a customer's account, and uses invitations in every state."""
    owner = visit.accounts.owner.with_token
    visit.open("/auth/register")
    visit.see("register")
    visit.check_fields(FORM, [NAME, EMAIL, NEW_PASSWORD])
    register(visit, "Samir Quellstone", "member@example.com", PASSWORD)
    visit.see("register-taken", 409, failed=True)
    visit.check("the address is what is wrong", visit.is_invalid("email"))
    visit.check("the name is kept", visit.value("username") == "Samir Quellstone")
    visit.fill(email="samir@example.com", password="samir@example.com")
    visit.submit(FORM)
    visit.see("register-invalid", 400, failed=True)
    visit.check("the password is what is wrong", visit.is_invalid("password"))
    visit.fill(password=PASSWORD)
    visit.submit(FORM)
    visit.see("register-pending")
    visit.check("it names the account", "samir@example.com" in visit.text("main"))
    visit.browser.reload()
    visit.check("a reload shows it again", visit.browser.document().method == "GET"
                and "samir@example.com" in visit.text("main"))
    visit.browser.forget()
    sign_up(visit)
    invited(visit, owner)
    change_settings(visit, register=False)
    visit.open(FORM)
    visit.see("register-closed", 403)
    visit.open("/auth/signup")
    visit.see("signup-closed", 403)


def register(visit: Visit, name: str, email: str, password: str) -> None:
    """Fills in the form that is shown, and sends it."""
    visit.fill(username=name, email=email, password=password)
    visit.submit(FORM)


def change_settings(visit: Visit, **settings: object) -> None:
    """Changes settings as the owner."""
    visit.accounts.site.request("POST", "/auth/config/update", settings,
                                visit.accounts.owner.with_token)


def sign_up(visit: Visit) -> None:
    """A customer opens an account, and is signed in."""
    visit.open("/auth/signup")
    visit.see("signup")
    visit.fill(email="lotte@example.com", password=PASSWORD)
    visit.submit("/auth/signup")
    visit.see("signup-done")
    visit.check("a customer is signed in", visit.path == "/auth/account", visit.path)
    visit.browser.forget()


def invited(visit: Visit, owner: list[tuple[str, str]]) -> None:
    """An invitation says who invites, for what role and until when; one that does not work says why."""
    def invite(**members: object) -> dict:
        return visit.accounts.site.request("POST", "/auth/invites", members, owner).json

    code = invite(role="admin", tier="team", email="elin@example.com", expiresIn="7d")["code"]
    visit.open(f"{FORM}?invite={code}")
    visit.see("invited")
    visit.check("it says who invites, and until when", "owner" in visit.text("main")
                and visit.sees("main time[datetime]"), visit.text("main"))
    visit.check("the address is filled in", visit.value("email") == "elin@example.com")
    visit.fill(username="Elin", password=PASSWORD)
    visit.submit(FORM)
    visit.see("invited-done")
    visit.check("who is invited is signed in", visit.path == "/auth/account", visit.path)
    visit.browser.forget()
    expired, paused = invite(expiresIn="1h"), invite()
    visit.accounts.execute("UPDATE invites SET expires_at = 1 WHERE id = ?",
                           bytes.fromhex(expired["id"].replace("-", "")))
    visit.accounts.site.request("PATCH", f"/auth/invites/{paused['id']}", {"paused": True}, owner)
    texts = {}
    for state, which in (("used", code), ("expired", expired["code"]), ("paused", paused["code"]),
                         ("unknown", "x" * len(code))):
        visit.open(f"{FORM}?invite={which}")
        visit.see(f"invited-{state}", 400)
        texts[state] = visit.text("h1") + visit.text("main")
    visit.check("each state is told apart", len(set(texts.values())) == len(texts), texts)
