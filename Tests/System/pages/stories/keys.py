"""API keys of a person: made on the account page, shown once, revoked."""

from harness.process import wait_for
from pages.visits import Visit

FORM = "form[action='/auth/api-keys']"


def tell(visit: Visit) -> None:
    """Makes a key, looks for it again, and revokes it."""
    visit.sign_in(visit.accounts.member)
    visit.open("/auth/account")
    visit.unfold(FORM)
    visit.see("keys-form")
    visit.fill(FORM, name="Nightly export", expiresIn="90d")
    visit.tick("scopes", value="read", within=FORM)
    visit.submit("/auth/api-keys")
    visit.see("keys-created")
    key = visit.text(".secret code")
    visit.check("the key is shown in the response to the form",
                visit.browser.document().method == "POST" and len(key) == 43, key)
    visit.check("it is not stored by the browser", "no-store" in visit.browser.document().fields.get(
        "cache-control", ""))
    fields = [("Authorization", f"Bearer {key}")]
    status = visit.accounts.site.request("GET", "/auth/me", fields=fields).status
    visit.check("the key works", status == 200, status)
    copy(visit, key)
    visit.browser.navigate(visit.browser.reload)
    visit.see("keys-again")
    visit.check("a second time the key is not shown", key not in visit.text("body"))
    make_twice(visit)
    items = keys(visit, "Nightly export")
    visit.check("a reload makes no second key", len(items) == 1, items)
    visit.open("/auth/account")
    visit.submit(f"/auth/api-keys/{items[-1]['id']}/revoke")
    visit.see("keys-revoked")
    status = visit.accounts.site.request("GET", "/auth/me", fields=fields).status
    visit.check("the key is revoked", status == 401, status)


def keys(visit: Visit, name: str) -> list[dict]:
    """The keys of the member with a name."""
    items = visit.accounts.site.request(
        "GET", "/auth/api-keys", fields=visit.accounts.member.with_cookie).json["items"]
    return [each for each in items if each["name"] == name]


def copy(visit: Visit, key: str) -> None:
    """A script copies the key; without scripts there is no button for it."""
    button = "[data-copy]"
    visit.check("a button copies the key where scripts run",
                visit.sees(button) == visit.way.has_scripts)
    if visit.way.has_scripts:
        visit.browser.allow_clipboard(visit.origin)
        before = visit.text(button)
        visit.activate(visit.find(button))
        visit.check("it says that it did", wait_for(lambda: visit.text(button) != before))
        copied = visit.browser.clipboard()
        visit.check("it copies all of the key", copied == key, copied)


def make_twice(visit: Visit) -> None:
    """A double click makes one key."""
    visit.open("/auth/account")
    visit.unfold(FORM)
    visit.fill(FORM, name="Made twice")
    button = visit.find(f"{FORM} button:not([type=button])")
    visit.browser.navigate(lambda: visit.browser.click_twice(button))
    made = keys(visit, "Made twice")
    visit.check("a double click makes one key", len(made) == 1, made)
    visit.see("keys-made-twice")
