"""Faults of others: trust that outlives what it was given after, or that does more than it should."""

import time
from collections.abc import Callable

from factors.app import App
from factors.client import Client, status_and_code
from factors.scene import Scene
from factors.soft_key import SoftKey, soft_keys
from factors.takeovers import OTHER, reset
from harness.accounts import PASSWORD
from harness.process import Failure
from harness.topic import Context

TRUST = "session_token_trust"
DAYS = 30
DAY_MILLISECONDS = 86_400_000
# Ends the trust of a person, in whose trusted browser a factor was proven just now.
End = Callable[[Scene, Client, Client], object]


def run(context: Context) -> None:
    """Each end with a person of its own."""
    scene = Scene(context)
    for name, end in ENDS.items():
        ended_by(scene, name, end)
    with soft_keys() as keys:
        ended_by_passkeys(scene, SoftKey(keys, "first"), SoftKey(keys, "second"))
    outlives(scene)
    lasts(scene)


def trusted(person: Client) -> Client:
    """A browser in which a recovery code was the second step, trusted from then on."""
    browser = person.again()
    done = browser.second(browser.challenge(), "recovery", person.recovery_codes.pop(), trust=True)
    if done.status != 200 or TRUST not in browser.cookies:
        raise Failure(f"no trusted browser: {done}")
    return browser


def log_in(person: Client, trust: str) -> tuple[int, str | None]:
    """A sign-in at the trusted browser, which has no session any more; by either password."""
    later = person.again()
    for password in (PASSWORD, OTHER):
        later.cookies = {TRUST: trust}
        response = later.log_in(password)
        if response.code != "invalid_credentials":
            break
    return status_and_code(response)


def check_ended(scene: Scene, name: str, person: Client, trust: str) -> None:
    """The browser is asked once more."""
    found = log_in(person, trust)
    scene.check(f"trust ends by {name}", found == (401, "second_factor_required"), found)


def ended_by(scene: Scene, name: str, end: End) -> None:
    """One end."""
    person = scene.person("".join(letter for letter in name if letter.isalpha()))
    # For what is mailed; a reset of another address would remove the factors.
    scene.confirm_address(person)
    person.enrol()
    browser = trusted(person)
    trust = browser.cookies[TRUST]
    scene.check(f"before {name} the browser is not asked", log_in(person, trust)[0] == 200)
    end(scene, person, browser)
    check_ended(scene, name, person, trust)


def must(response: object, *statuses: int) -> None:
    """Requires that an end took place."""
    if getattr(response, "status", None) not in (statuses or (200, 201)):
        raise Failure(f"trust is not ended: {response}")


def change_password(_: Scene, __: Client, browser: Client) -> None:
    """A new password, of the person's own."""
    must(browser.send("POST", "/auth/password/change", {
        "currentPassword": PASSWORD, "newPassword": OTHER}))


def reset_password(scene: Scene, person: Client, _: Client) -> None:
    """A new password, by the link of a mail."""
    must(reset(scene, person))


def new_password(scene: Scene, person: Client, _: Client) -> None:
    """A new password, by the operator."""
    run_command(scene, "user", "password", person.email, text=f"{OTHER}\n")


def replace_codes(_: Scene, __: Client, browser: Client) -> None:
    """New recovery codes."""
    must(browser.send("POST", "/auth/recovery-codes"))


def replace_app(_: Scene, __: Client, browser: Client) -> None:
    """Another app in the place of the one."""
    begun = browser.send("POST", "/auth/totp")
    must(begun)
    must(browser.send("POST", "/auth/totp/confirm", {"code": App(begun.json["secret"]).code()}))


def remove_app(scene: Scene, person: Client, browser: Client) -> None:
    """The app is removed, and another is added later."""
    must(browser.send("DELETE", "/auth/totp"))
    begin_again(scene, person)


def begin_again(scene: Scene, person: Client) -> None:
    """Adds an app once more, after all factors went: with them, not now, trust has ended."""
    other = person.again()
    other.app = None
    other.sign_in()
    scene.check("without a factor no browser is trusted", other.factors()["trustedBrowsers"] == 0)
    other.enrol()


def disable(scene: Scene, person: Client, _: Client) -> None:
    """The owner disables the account for a moment."""
    id = person.send("GET", "/auth/me").json["id"]
    owner = scene.owner()
    for status in ("disabled", "active"):
        must(owner.send("PATCH", f"/auth/users/{id}", {"status": status}))


def disable_by_command(scene: Scene, person: Client, _: Client) -> None:
    """The operator disables the account for a moment."""
    for verb in ("disable", "enable"):
        run_command(scene, "user", verb, person.email)


def rescue(scene: Scene, person: Client, _: Client) -> None:
    """The owner removes all factors, and another is added later."""
    id = person.send("GET", "/auth/me").json["id"]
    must(scene.owner().send("DELETE", f"/auth/users/{id}/factors"))
    begin_again(scene, person)


def rescue_by_command(scene: Scene, person: Client, _: Client) -> None:
    """The operator removes all factors, and another is added later."""
    run_command(scene, "user", "reset-factors", person.email)
    begin_again(scene, person)


def end_sessions(_: Scene, __: Client, browser: Client) -> None:
    """The person ends all sessions."""
    must(browser.send("DELETE", "/auth/sessions"))


def end_sessions_by_command(scene: Scene, person: Client, _: Client) -> None:
    """The operator ends all sessions."""
    run_command(scene, "session", "revoke", "--all", person.email)


def end_one(_: Scene, __: Client, browser: Client) -> None:
    """The browser is chosen from the list."""
    listed = browser.send("GET", "/auth/trusted-browsers").json["items"]
    must(browser.send("DELETE", f"/auth/trusted-browsers/{listed[0]['id']}"))


def end_all(scene: Scene, __: Client, browser: Client) -> None:
    """All browsers of the list."""
    ended = browser.send("DELETE", "/auth/trusted-browsers")
    scene.check("the end of all says how many there were", ended.json.get("ended") == 1, ended)


def run_command(scene: Scene, *arguments: object, text: str = "") -> None:
    """Runs the command line, which has to succeed, and waits until the server has seen it."""
    done = scene.command(*arguments, text=text)
    if done.returncode:
        raise Failure(f"{arguments}: {done}")
    scene.daemon.restart()


ENDS: dict[str, End] = {
    "a new password": change_password, "a mailed reset": reset_password,
    "a password of the operator": new_password, "new recovery codes": replace_codes,
    "another app": replace_app, "the removal of the app": remove_app, "disabling": disable,
    "disabling by the operator": disable_by_command, "a rescue": rescue,
    "a rescue by the operator": rescue_by_command, "the end of all sessions": end_sessions,
    "the end of all sessions by the operator": end_sessions_by_command, "the list": end_one,
    "the end of the list": end_all}


def ended_by_passkeys(scene: Scene, key: SoftKey, other: SoftKey) -> None:
    """A passkey more, and one less."""
    person = scene.person("passkeys").enrol()
    browser = trusted(person)
    trust = browser.cookies[TRUST]
    key.register(browser)
    check_ended(scene, "a new passkey", person, trust)
    browser = trusted(person)
    trust = browser.cookies[TRUST]
    renamed = browser.factors()["passkeys"][0]["id"]
    must(browser.send("PATCH", f"/auth/passkeys/{renamed}", {"name": "renamed"}))
    scene.check("a new name of a passkey ends no trust", log_in(person, trust)[0] == 200)
    must(browser.send("DELETE", f"/auth/passkeys/{renamed}"))
    check_ended(scene, "the removal of a passkey", person, trust)
    # Only now: there are ten codes, and each browser took one.
    browser = trusted(person)
    other.register(browser)
    listed = browser.send("GET", "/auth/trusted-browsers").json["items"]
    scene.check("and the list is empty", not listed and not browser.factors()["trustedBrowsers"],
                listed)


def outlives(scene: Scene) -> None:
    """What changes nothing about the proofs ends no trust."""
    person, other = scene.person("stays").enrol(), scene.person("leaves").enrol()
    browser, stranger = trusted(person), trusted(other)
    trust = browser.cookies[TRUST]
    listed = browser.send("GET", "/auth/trusted-browsers").json["items"]
    scene.check("the list tells which browser it is", [each["current"] for each in listed] == [True]
                and set(listed[0]) == {"id", "createdAt", "expiresAt", "lastUsedAt", "device",
                                       "address", "current"}, listed)
    scene.check("the list has no cookie", trust not in str(listed))
    for method, path in (("DELETE", "/auth/trusted-browsers"), ("DELETE", "/auth/sessions"),
                         ("DELETE", f"/auth/trusted-browsers/{listed[0]['id']}")):
        stranger.send(method, path)
    missing = stranger.send("DELETE", f"/auth/trusted-browsers/{listed[0]['id']}")
    scene.check("the browser of another account is not there", missing.status == 404, missing)
    must(browser.send("POST", "/auth/logout"))
    scene.check("trust outlives the sign-out and what others do", TRUST in browser.cookies
                and log_in(person, trust)[0] == 200, browser.cookies)
    later = person.again()
    later.cookies = {TRUST: trust}
    later.log_in()
    listed = later.send("GET", "/auth/trusted-browsers").json["items"]
    scene.check("the list tells when it was used", listed[0]["lastUsedAt"], listed)


def lasts(scene: Scene) -> None:
    """Trust lasts as many days as are configured now, and none without."""
    person = scene.person("lasts").enrol()
    trust = trusted(person).cookies[TRUST]
    for days, status in ((0, 401), (DAYS, 200)):
        scene.daemon.settings |= {"FACTORS_TRUSTDAYS": days}
        scene.daemon.restart()
        found = log_in(person, trust)
        scene.check(f"with {days} days the sign-in is {status}", found[0] == status, found)
    scene.daemon.settings |= {"FACTORS_TRUSTDAYS": 1}
    scene.daemon.stop()
    scene.accounts.execute("UPDATE trusted_browsers SET created_at = ? WHERE expires_at > ?",
                           int(time.time() * 1000) - 2 * DAY_MILLISECONDS, 0)
    scene.daemon.start()
    found = log_in(person, trust)
    scene.check("with a day, trust of two days ago has ended", found[0] == 401, found)
