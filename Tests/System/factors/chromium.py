"""Passkeys of Chromium's virtual authenticators, through the real pages behind the real proxies."""

import time
from dataclasses import dataclass

from factors.soft_key import verifiers
from factors.virtual import Kind, VirtualKey
from harness.accounts import PASSWORD, Person
from harness.process import wait_for
from harness.topic import Context
from pages import checks
from pages.browser import Browser
from pages.forward_auth import FIRST, KINDS, SITE, Scene
from pages.pairs import Way
from pages.visits import SLOTS, Visit
from proxies.application import NAME

ADD = "form[action='/auth/passkeys'] [data-passkey-start]"
USE = "form[action='/auth/passkeys/login'] [data-passkey-start]"
SECOND = "form[action='/auth/login/second'] [data-passkey-start]"
PROOF = "/auth/reauthenticate"
EMAIL = "member@example.com"


@dataclass(frozen=True)
class Set:
    """Who uses which authenticator, and how."""

    key: Kind
    way: Way


# Chromium keeps no passkey on a security key that verifies nobody.
SETS = {
    "nginx": Set(Kind("usb"), Way()),
    "caddy": Set(Kind(is_synced=True), Way(True, 390, "dark", "de", False)),
    "haproxy": Set(Kind(verifies=False), Way(True, 320, "light", "de", True)),
}


class Story:
    """A person with an authenticator in front of a proxy."""

    def __init__(self, visit: Visit, key: VirtualKey, scene: Scene) -> None:
        self.visit, self.key, self.scene = visit, key, scene
        # A session from before the passkey.
        self.early: Person | None = None

    def check(self, claim: str, holds: object, found: object = "") -> None:
        """Counts a check."""
        self.visit.check(claim, holds, found)

    def press(self, selector: str, leads_on: bool = True) -> None:
        """Presses the button of a passkey."""
        button = self.visit.find(selector)
        if leads_on:
            self.visit.browser.navigate(lambda: self.visit.activate(button))
        else:
            self.visit.activate(button)

    def agree(self, claim: str, *verbs: str) -> None:
        """Checks that the other implementation accepts what lunauth has accepted."""
        made = self.key.ceremonies()
        self.check(f"{claim}: Chromium made {verbs}",
                   [each["verb"] for each in made] == list(verbs), made)
        for each in made:
            opinion = self.key.opinion(each)
            self.check(f"{claim}: webauthn accepts it too", opinion["accepts"], opinion)

    def leave(self) -> None:
        """Signs out by forgetting everything."""
        self.visit.browser.forget()

    def type_password(self) -> None:
        """Fills in the sign-in form that is shown."""
        self.visit.fill(email=EMAIL, password=PASSWORD)
        self.visit.submit("/auth/login")


def run(proxy: str, context: Context) -> None:
    """Adds a passkey, uses it in every place, and removes it."""
    chosen = SETS[proxy]
    scene = Scene(KINDS[proxy], context.directory)
    with (SLOTS, Browser.running(context.directory / "browser", chosen.way, scene.names) as browser,
          verifiers() as helper):
        visit = Visit(f"passkeys-{proxy}", context, context.directory, browser)
        visit.daemon, visit.host = scene.daemon, SITE
        visit.populate()
        story = Story(visit, VirtualKey(browser, chosen.key, helper), scene)
        add(story)
        if chosen.key.verifies:
            by_button(story)
            if chosen.key.transport == "internal":
                by_autofill(story)
            refused_stays(story)
        else:
            never_alone(story)
        as_second(story)
        step_up(story)
        rename(story)
        prove_in_place(story)
        if chosen.key.verifies:
            last_way_in(story)
        else:
            remove(story)
        check_log(story)


def add(story: Story) -> None:
    """A passkey from the account page: the recovery codes follow, once."""
    visit = story.visit
    story.early = Person(visit.accounts.log_in("member"))
    visit.sign_in(visit.accounts.member)
    visit.open("/auth/account")
    visit.see("account")
    within = "form[action='/auth/passkeys'][data-passkey]"
    visit.unfold(within)
    visit.fill(within, name="A phone")
    story.press(ADD)
    visit.see("added")
    codes = visit.text("#codes").split()
    story.check("ten recovery codes are shown", len(codes) == 10, codes)
    story.agree("registration", "create")
    story.check("the authenticator has it", len(story.key.passkeys()) == 1, story.key.passkeys())
    visit.open("/auth/account")
    visit.see("account-with-passkey")
    story.check("the account lists it", "A phone" in visit.text("main"), visit.text("main"))
    story.check("the codes are not shown again", codes[0] not in visit.text("body"))
    visit.unfold(within)
    story.press(ADD)
    story.check("a second one wants a proof by the first", visit.path.startswith(PROOF), visit.path)
    # The browser tells of the refusal that led here.
    checks.console_faults(visit.browser)
    visit.see("proof-of-first")
    story.press(f"form[action='{PROOF}'] [data-passkey-start]")
    story.check("the proof leads back to where one is added",
                visit.path == "/auth/account#security" and visit.sees("#security"), visit.path)
    story.agree("proof of the first", "get")
    visit.unfold(within)
    visit.browser.run("window.isSame = true")
    story.press(ADD, leads_on=False)
    story.check("one authenticator is not added twice, and the page stays", wait_for(
        lambda: visit.browser.run(
            "return [...document.querySelectorAll('[role=status]')].some((it) => it.textContent)"))
        and visit.browser.run("return window.isSame") and len(story.key.passkeys()) == 1)
    story.key.ceremonies()


def by_button(story: Story) -> None:
    """The button of the sign-in page."""
    visit = story.visit
    story.leave()
    # The request beside the address field would be answered at once.
    story.key.touches(False)
    visit.open("/auth/login")
    visit.see("login")
    story.key.touches(True)
    story.press(USE)
    story.check("the button signs in", visit.path == "/auth/account", visit.path)
    story.agree("sign-in", "get")


def by_autofill(story: Story) -> None:
    """A passkey among the suggestions of the address field."""
    visit = story.visit
    story.leave()
    visit.open("/auth/login")
    story.check("autofill signs in", wait_for(lambda: visit.path == "/auth/account", 10), visit.path)
    made = story.key.ceremonies()
    story.check("it was a conditional request",
                [each["mediation"] for each in made] == ["conditional"], made)
    for each in made:
        opinion = story.key.opinion(each)
        story.check("autofill: webauthn accepts it too", opinion["accepts"], opinion)


def refused_stays(story: Story) -> None:
    """Whatever goes wrong, the page stays, and what was typed stays."""
    visit = story.visit
    story.leave()
    story.key.touches(False)
    visit.open("/auth/login")
    visit.fill(email=EMAIL)
    visit.browser.run("window.isSame = true")
    story.key.recognizes(False)
    story.key.touches(True)
    story.press(USE, leads_on=False)
    story.check("who is not recognized reads why", wait_for(lambda: visit.browser.run(
        "return [...document.querySelectorAll('[role=status]')].some((it) => it.textContent)"), 20))
    story.check("the page is the same, and the address is kept",
                visit.browser.run("return window.isSame") and visit.value("email") == EMAIL)
    visit.see("login-cancelled")
    story.key.recognizes(True)
    story.key.ceremonies()
    # A passkey that is right, of an account that is not let in.
    visit.accounts.execute("UPDATE accounts SET status = 'disabled' WHERE email = ?", EMAIL)
    visit.fill(email=EMAIL)
    story.press(USE, leads_on=False)
    refusal = "return [...document.querySelectorAll('[role=status]')].map((it) => it.textContent)"
    story.check("who is refused by the server reads why", wait_for(lambda: any(
        "disabled" in text or "gesperrt" in text for text in visit.browser.run(refusal)), 10),
        visit.browser.run(refusal))
    story.check("the page is still the same, with the address",
                visit.browser.run("return window.isSame") and visit.value("email") == EMAIL)
    # A request beside the field follows, which a touch would answer; the browser tells of each refusal.
    story.key.touches(False)
    time.sleep(1)
    checks.console_faults(visit.browser)
    visit.see("login-refused")
    visit.accounts.execute("UPDATE accounts SET status = 'active' WHERE email = ?", EMAIL)
    story.key.ceremonies()


def never_alone(story: Story) -> None:
    """An authenticator that sees a touch only signs nobody in alone."""
    visit = story.visit
    story.leave()
    visit.open("/auth/login")
    visit.browser.run("window.isSame = true")
    story.press(USE, leads_on=False)
    wait_for(lambda: visit.browser.run(
        "return [...document.querySelectorAll('[role=status]')].some((it) => it.textContent)"), 10)
    story.check("it stays on the sign-in page", visit.path.startswith("/auth/login"), visit.path)
    visit.see("login-touch")
    story.key.ceremonies()


def as_second(story: Story) -> None:
    """After the password."""
    visit = story.visit
    story.leave()
    story.key.touches(False)
    visit.open("/auth/login")
    story.type_password()
    story.check("the password leads to the second step", visit.path == "/auth/login/second",
                visit.path)
    visit.see("second")
    story.key.touches(True)
    story.press(SECOND)
    story.check("the passkey completes it", visit.path == "/auth/account", visit.path)
    story.agree("second step", "get")


def step_up(story: Story) -> None:
    """An application that wants two factors leads to the proof, and that back."""
    visit = story.visit
    browser = visit.browser
    browser.forget()
    name, value = story.early.cookie.split("=", 1)
    browser.command("Network.setCookie", name=name, value=value, url=SITE, domain=".example.com",
                    httpOnly=True)
    status = visit.accounts.site.request(
        "GET", "/auth/verify?role=user&factors=2", fields=story.early.with_cookie)
    story.check("the session from before has one factor", status.code == "reauthentication_required",
                status)
    visit.open(f"/auth/reauthenticate?return_to={FIRST.replace(':', '%3A').replace('/', '%2F')}"
               "%2Fpage")
    visit.see("step-up")
    story.check("it names the application", NAME in visit.text("body"), visit.text("main"))
    story.press("form[action^='/auth/reauthenticate'] [data-passkey-start]")
    story.check("the proof leads back", browser.address == f"{FIRST}/page", browser.address)
    visit.open("/auth/account")
    story.agree("step-up", "get")
    status = visit.accounts.site.request("GET", "/auth/verify?role=user&factors=2", fields=[
        ("Cookie", "; ".join(f"{each['name']}={each['value']}" for each in
                             browser.command("Network.getCookies", urls=[SITE])["cookies"]))])
    story.check("the session has two factors now", status.status == 200, status)


def rename(story: Story) -> None:
    """Another name."""
    visit = story.visit
    visit.open("/auth/account")
    within = "form[action^='/auth/passkeys/'][action$='/rename']"
    visit.unfold(within)
    visit.fill(within, name="Zoë's key")
    visit.follow(f"{within} button")
    visit.see("renamed")
    story.check("it has its new name", "Zoë's key" in visit.text("main"))


def make_stale(story: Story) -> None:
    """Lets the proofs of all sessions be of long ago."""
    story.visit.daemon.stop()
    story.visit.accounts.execute("UPDATE sessions SET authenticated_at = 1, factor_at = NULL")
    story.visit.daemon.start()
    # The proxies have to see that it is there again.
    wait_for(lambda: story.scene.site.https.request("GET", "/health").status == 200, 10)


def prove_in_place(story: Story) -> None:
    """A form that wants a proof asks for the passkey, and goes on."""
    visit = story.visit
    make_stale(story)
    form = "form[action='/auth/api-keys']"
    visit.open("/auth/account")
    visit.unfold(form)
    visit.fill(form, name="nightly export")
    visit.submit("/auth/api-keys")
    visit.see("proof", 403)
    story.press("form[action='/auth/api-keys'] [data-passkey-start]")
    visit.see("proved")
    story.check("the form went on with what was typed",
                visit.text(".secret code").startswith("luna_"), visit.text("main"))
    story.agree("proof", "get")


def remove(story: Story) -> None:
    """The passkey is removed, and the password is enough again."""
    visit = story.visit
    visit.open("/auth/account")
    visit.follow("form[action^='/auth/passkeys/'][action$='/delete'] button")
    visit.see("removed")
    story.check("it is not listed", "Zoë's key" not in visit.text("#security"))
    story.leave()
    visit.open("/auth/login")
    story.type_password()
    story.check("the password is enough", not visit.path.startswith("/auth/login/second"), visit.path)


def last_way_in(story: Story) -> None:
    """Without a password the last passkey stays."""
    visit = story.visit
    visit.open("/auth/account")
    visit.follow("form[action='/auth/password/delete'] button")
    visit.see("passwordless")
    visit.follow("form[action^='/auth/passkeys/'][action$='/delete'] button")
    visit.see("last-way-in", 409, failed=True)
    story.check("the passkey is still listed", "Zoë's key" in visit.text("main"))


def check_log(story: Story) -> None:
    """No response of a passkey and no challenge is in the log."""
    log = story.scene.daemon.output.read_text(errors="replace")
    story.check("the log has no ceremonies", "clientDataJSON" not in log
                and "eyJ0eXBlIjoid2ViYXV0aG4" not in log)
