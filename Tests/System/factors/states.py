"""Factors of an account that is disabled, rescued or deleted, and proofs that grow old."""

import re

from factors.client import Client, status_and_code
from factors.scene import Scene, claims
from factors.soft_key import SoftKey, soft_keys
from factors.takeovers import OTHER
from harness.accounts import PASSWORD
from harness.process import Failure
from harness.topic import Context

PRESENT, ATTESTED = 0x01, 0x40
TEN_MINUTES = 600_000


def run(context: Context) -> None:
    """Each with persons of its own."""
    scene = Scene(context)
    with soft_keys() as keys:
        disabled(scene, SoftKey(keys, "disabled"))
        last_ways_in(scene, SoftKey(keys, "verifies"), SoftKey(keys, "touched"))
        rescued(scene, SoftKey(keys, "rescued"))
    lost_phone(scene)
    old_proofs(scene)
    settings(scene)
    deletion(scene)


def identity(person: Client) -> str:
    """The id of an account."""
    return person.send("GET", "/auth/me").json["id"]


def disabled(scene: Scene, key: SoftKey) -> None:
    """An account that is disabled opens by no factor, and what was begun has ended."""
    person = scene.person("disabled").enrol()
    person.prove()
    key.register(person)
    id = identity(person)
    browser = person.again()
    challenge = browser.challenge()
    options = key.request_options(person.again())
    owner = scene.owner()
    owner.send("PATCH", f"/auth/users/{id}", {"status": "disabled"})
    code = person.recovery_codes[0]
    scene.refused("a disabled account has no second step", browser.second(
        challenge, "recovery", code), 401, "invalid_challenge")
    scene.refused("the password tells what is wrong", person.again().log_in(),
                  403, "account_disabled")
    scene.refused("so does the passkey", person.again().send("POST", "/auth/passkeys/login", {
        "credential": key.get(options)}), 403, "account_disabled")
    owner.send("PATCH", f"/auth/users/{id}", {"status": "active"})
    scene.refused("the sign-in of before has ended", browser.second(challenge, "recovery", code),
                  401, "invalid_challenge")
    later = person.again()
    done = later.second(later.challenge(), "recovery", code)
    scene.check("the factors are as they were", done.status == 200
                and done.json["recoveryCodesLeft"] == 9
                and key.sign_in(person.again()).status == 200, done)


def last_ways_in(scene: Scene, key: SoftKey, touched: SoftKey) -> None:
    """A passkey that only sees a touch is no way in: without a password the other one stays."""
    person = scene.person("passkeys")
    touched.register(person, "touched", flags=PRESENT | ATTESTED)
    touched.prove(person, flags=PRESENT)
    refused = person.send("DELETE", "/auth/password")
    scene.check("the password stays where no passkey verifies its user",
                status_and_code(refused) == (409, "last_sign_in_method"), refused)
    key.register(person, "verifies")
    removed = person.send("DELETE", "/auth/password")
    scene.check("with one that does it may go", removed.status == 200, removed)
    again = person.send("DELETE", "/auth/password")
    scene.check("once", again.status == 404, again)
    ids = {each["name"]: each["id"] for each in person.factors()["passkeys"]}
    refused = person.send("DELETE", f"/auth/passkeys/{ids['verifies']}")
    scene.check("then that passkey stays", status_and_code(refused) == (409, "last_sign_in_method"),
                refused)
    removed = person.send("DELETE", f"/auth/passkeys/{ids['touched']}")
    scene.check("and the other one may go", removed.status == 200, removed)
    methods = person.send("GET", "/auth/factors").json
    scene.check("there is a way in", not methods["password"] and len(methods["passkeys"]) == 1
                and key.sign_in(person.again()).status == 200, methods)
    key.prove(person)
    password = person.send("POST", "/auth/password/change", {"newPassword": OTHER})
    scene.check("a password is set after a proof", password.status == 200
                and person.factors()["password"], password)


def rescued(scene: Scene, key: SoftKey) -> None:
    """Who had passkeys alone gets a password by the mail only after the rescue of another person."""
    person = scene.person("rescued")
    scene.confirm_address(person)
    key.register(person)
    key.prove(person)
    if person.send("DELETE", "/auth/password").status != 200:
        raise Failure("the password is not removed")
    id = identity(person)
    response = scene.owner().send("DELETE", f"/auth/users/{id}/factors")
    scene.check("the owner rescues", response.status == 200, response)
    scene.refused("the passkey is gone", key.sign_in(person.again()), 401, "invalid_passkey")
    scene.check("and so are the sessions", not person.is_signed_in())
    person.again().send("POST", "/auth/password/forgot", {"email": person.email})
    link = scene.daemon.mails.link(person.email, "/auth/password/reset")
    token = re.search(r"token=([\w-]+)", link)[1]
    done = person.again().send("POST", "/auth/password/reset", {"token": token, "password": OTHER})
    scene.check("the mail then sets a password", done.status == 200
                and person.again().log_in(OTHER).status == 200, done)


def lost_phone(scene: Scene) -> None:
    """A recovery code at sign-in is enough to remove the lost phone and to begin again."""
    person = scene.person("lost")
    scene.confirm_address(person)
    person.enrol()
    before = len(scene.daemon.mails.to(person.email))
    browser = person.again()
    left = [done.json.get("recoveryCodesLeft") for done in (
        browser.second(browser.challenge(), "recovery", code)
        for code in person.recovery_codes[:8])]
    scene.check("each response tells how many codes are left", left == list(range(9, 1, -1)), left)
    removed = browser.send("DELETE", "/auth/totp")
    scene.check("the lost phone is removed", removed.status == 200, removed)
    factors = browser.factors()
    scene.check("its codes go with it", not factors["totp"] and not factors["recoveryCodes"],
                factors)
    browser.enrol()
    scene.check("the new phone brings ten others", len(browser.recovery_codes) == 10
                and not set(browser.recovery_codes) & set(person.recovery_codes))
    old = browser.again()
    scene.refused("the former ones are good for nothing",
                  old.second(old.challenge(), "recovery", person.recovery_codes[9]),
                  401, "invalid_code")
    subjects = scene.mails(person, before + 10)
    scene.check("a mail tells of each code, of the removal and of the new app",
                sum("recovery code" in each for each in subjects) == 8 and len(subjects) >= 10,
                subjects)
    texts = [each.get_body(("plain",)).get_content()
             for each in scene.daemon.mails.to(person.email)]
    scene.check("and none has a code", not any(
        code in text for code in person.recovery_codes for text in texts))


def old_proofs(scene: Scene) -> None:
    """After ten minutes a sign-in is no proof any more, by whatever it was made."""
    person, plain = scene.person("stale").enrol(), scene.person("plain")
    browser = person.again()
    browser.second(browser.challenge(), "recovery", person.recovery_codes[0])
    scene.daemon.stop()
    scene.accounts.execute(
        f"UPDATE sessions SET authenticated_at = authenticated_at - {TEN_MINUTES},"
        f" factor_at = factor_at - {TEN_MINUTES}, created_at = created_at - {TEN_MINUTES}")
    scene.accounts.execute(f"UPDATE credentials SET created_at = created_at - {2 * TEN_MINUTES}")
    scene.daemon.start()
    for name, each, methods in (("a recovery code", browser, ["totp", "recovery"]),
                                ("a password", plain, ["password"])):
        for method, path in (("POST", "/auth/totp"), ("POST", "/auth/passkeys/options")):
            response = each.send(method, path)
            scene.check(f"ten minutes after {name}: {method} {path} wants a proof",
                        status_and_code(response) == (403, "reauthentication_required")
                        and response.json["methods"] == methods, response)
    verified = browser.send("GET", "/auth/verify?role=user&factors=2")
    scene.check("the session has its two factors all the same", verified.status == 200, verified)
    done = browser.send("POST", "/auth/reauthenticate", {
        "method": "recovery", "password": PASSWORD, "code": person.recovery_codes[1]})
    scene.check("a further code proves it", done.status == 200
                and claims(done.json["token"])["auth_time"] > 0, done)
    without = browser.send("POST", "/auth/reauthenticate", {
        "method": "recovery", "code": person.recovery_codes[2]})
    scene.check("never without the password", without.status == 400, without)
    wrong = browser.send("POST", "/auth/reauthenticate", {
        "method": "recovery", "password": OTHER, "code": person.recovery_codes[2]})
    scene.check("nor with a wrong one, which uses no code up",
                status_and_code(wrong) == (403, "wrong_password")
                and browser.factors()["recoveryCodes"] == 8, wrong)
    removed = browser.send("DELETE", "/auth/totp")
    scene.check("then the phone is removed", removed.status == 200, removed)
    proved = plain.send("POST", "/auth/reauthenticate", {
        "method": "password", "password": PASSWORD})
    begun = plain.send("POST", "/auth/totp")
    scene.check("without a factor the password is the proof",
                (proved.status, begun.status) == (200, 200), (proved, begun))


def settings(scene: Scene) -> None:
    """Settings and roles want a proof of an owner who has a factor, and take it."""
    owner = scene.owner()
    id = scene.accounts.member.id
    stale = scene.owner()
    owner.enrol()
    for name, method, path, body in (
            ("settings", "POST", "/auth/config/update", {"approval": True}),
            ("a role", "PATCH", f"/auth/users/{id}", {"role": "admin"}),
            ("a tier", "PATCH", f"/auth/users/{id}", {"tier": "pro"}),
            ("a rescue", "DELETE", f"/auth/users/{id}/factors", None),
            ("a deletion", "DELETE", f"/auth/users/{id}", None),
            ("an unlocking", "POST", f"/auth/users/{id}/unlock", None),
            ("an approval", "POST", f"/auth/users/{scene.accounts.pending.id}/approve", None),
            ("an invitation", "POST", "/auth/invites", {"role": "admin"})):
        response = stale.send(method, path, body)
        scene.check(f"{name}: the owner proves the factor first",
                    status_and_code(response) == (403, "reauthentication_required"), response)
    owner.prove()
    for name, method, path, body in (
            ("settings", "POST", "/auth/config/update", {"approval": True}),
            ("a role", "PATCH", f"/auth/users/{id}", {"role": "admin"}),
            ("a tier", "PATCH", f"/auth/users/{id}", {"tier": "pro"}),
            ("an invitation", "POST", "/auth/invites", {"role": "admin"})):
        response = owner.send(method, path, body)
        scene.check(f"{name}: the owner may after the proof", response.status in (200, 201), response)
    field = ("Authorization", f"Bearer {scene.accounts.key}")
    key = Client(scene.site).send("GET", "/auth/factors", None, field)
    scene.check("a key never sees factors", status_and_code(key) == (403, "api_key_not_allowed"),
                key)


def deletion(scene: Scene) -> None:
    """An account that is deleted by its factor leaves nothing behind."""
    person = scene.person("deleted").enrol()
    trusted = person.again()
    trusted.second(trusted.challenge(), "recovery", person.recovery_codes[0], trust=True)
    pending = person.again()
    challenge = pending.challenge()
    gone = trusted.send("DELETE", "/auth/me", {"password": PASSWORD})
    scene.check("it is deleted after a proof", gone.status == 200, gone)
    scene.refused("its sign-in has ended",
                  pending.second(challenge, "recovery", person.recovery_codes[1]),
                  401, "invalid_challenge")
    anew = scene.person("deleted")
    scene.check("another account of the address has none of it", anew.again().log_in().status == 200
                and not anew.factors()["totp"] and not anew.factors()["recoveryCodes"])
