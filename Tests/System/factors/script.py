"""The script of passkeys, with a browser whose answers the test gives: which request waits, and when."""

from harness.accounts import Accounts
from harness.process import wait_for
from harness.topic import Context
from pages.browser import Browser
from pages.daemon import PagesDaemon
from pages.pairs import Way
from pages.visits import SLOTS, Visit

USE = "form[action='/auth/passkeys/login'] [data-passkey-start]"
ADD = "form[action='/auth/passkeys'] [data-passkey-start]"

# Requests are kept for the test to end; `later` moves the clock, `beat` is the timer.
STAND_IN = """
window.asked = []
window.later = 0
const ask = ({ mediation, signal }) => new Promise((resolve, reject) => {
    const each = { mediation: mediation ?? "", isAborted: false, reject }
    // Of one that was ended before, this tells nothing.
    signal.addEventListener("abort", () => {
        each.isAborted = !each.isEnded
        reject(signal.reason)
    })
    asked.push(each)
})
Object.assign(navigator.credentials, { get: ask, create: ask })
PublicKeyCredential.isConditionalMediationAvailable = async () => true
const now = Date.now
Date.now = () => now() + later
window.setInterval = (run) => { window.beat = run; return 1 }
"""
# Any refusal of the options that has the status of a missing proof.
REFUSES = """
window.fetch = async () => new Response(JSON.stringify({ code: "account_disabled" }), {
    status: 403, headers: { "Content-Type": "application/json" } })
"""
ASKED = "return asked.map((each) => [each.mediation, each.isAborted])"
STATUS = """
return [...document.querySelectorAll("form[data-passkey] [role=status]")]
    .map((each) => each.textContent).join("")
"""


def run(context: Context) -> None:
    """Presses the button while another request waits, and lets each of them fail."""
    daemon = PagesDaemon(context.directory / "daemon", starts=False)
    daemon.settings["WEBSITEURL"] = site = f"http://localhost:{daemon.port}"
    daemon.start()
    with SLOTS, Browser.running(
            context.directory / "browser", Way(), {"localhost": daemon.port}) as browser:
        visit = Visit("script", context, context.directory, browser)
        visit.daemon, visit.accounts, visit.host = daemon, Accounts(daemon), site
        browser.command("Page.addScriptToEvaluateOnNewDocument", source=STAND_IN)
        one_at_a_time(visit)
        a_second_press(visit)
        only_for_a_proof(visit)
        browser.command("Page.addScriptToEvaluateOnNewDocument",
                        source="delete window.PublicKeyCredential")
        no_passkeys(visit)
    daemon.stop()


def becomes(visit: Visit, *asked: tuple[str, bool]) -> bool:
    """Whether the browser is asked these, each by its mediation and whether it was aborted."""
    return bool(wait_for(lambda: visit.browser.run(ASKED) == [list(each) for each in asked], 5))


def one_at_a_time(visit: Visit) -> None:
    """What waits beside the field gives way to the button, and not the other way round."""
    browser = visit.browser
    visit.open("/auth/login")
    waiting, given_way, pressed = ("conditional", False), ("conditional", True), ("", False)
    visit.check("a request waits beside the field", becomes(visit, waiting))
    visit.activate(visit.find(USE))
    visit.check("it gives way to the button", becomes(visit, given_way, pressed),
                browser.run(ASKED))
    browser.run("later += 300000; beat(); document.dispatchEvent(new Event('visibilitychange'))")
    browser.run("window.isSame = true")
    visit.check("the timer leaves the request of the button alone",
                becomes(visit, given_way, pressed), browser.run(ASKED))
    browser.run("asked[1].isEnded = true;"
                "asked[1].reject(new DOMException('', 'NotAllowedError'))")
    visit.check("after it another one waits", becomes(visit, given_way, pressed, waiting),
                browser.run(ASKED))
    visit.check("the page stays, and says what happened",
                browser.run("return window.isSame") and "cancelled" in browser.run(STATUS),
                browser.run(STATUS))
    browser.run("later += 200000; beat()")
    visit.check("it waits for as long as it may", becomes(visit, given_way, pressed, waiting))
    browser.run("later += 100000; beat()")
    visit.check("then a fresh one does", becomes(visit, given_way, pressed, given_way, waiting),
                browser.run(ASKED))


def a_second_press(visit: Visit) -> None:
    """Takes the place of the first, which has not failed."""
    visit.open("/auth/login")
    visit.check("a request waits", becomes(visit, ("conditional", False)))
    for _ in range(2):
        visit.activate(visit.find(USE))
    visit.check("the second request is alone", becomes(
        visit, ("conditional", True), ("", True), ("", False)) or becomes(
        visit, ("conditional", True), ("", False)), visit.browser.run(ASKED))
    visit.check("nothing failed", not visit.browser.run(STATUS), visit.browser.run(STATUS))


def only_for_a_proof(visit: Visit) -> None:
    """Another refusal with the status of a missing proof is none."""
    visit.sign_in(visit.accounts.member)
    visit.open("/auth/account")
    visit.unfold("form[action='/auth/passkeys'][data-passkey]")
    visit.browser.run(REFUSES)
    visit.activate(visit.find(ADD))
    visit.check("a refusal is said on the page", wait_for(lambda: visit.browser.run(STATUS), 5))
    visit.check("the page stays", visit.path == "/auth/account", visit.path)
    visit.browser.forget()


def no_passkeys(visit: Visit) -> None:
    """A browser that has none is told so."""
    visit.open("/auth/login")
    visit.check("no passkey is offered", not visit.sees("[data-passkey-start]"))
    visit.check("the page says why", "asskeys need a" in visit.text(), visit.text())
