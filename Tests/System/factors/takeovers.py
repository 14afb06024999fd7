"""Faults of others: a factor that a thief removes, or that a mail resets."""

import re

from factors.client import Client, status_and_code
from factors.scene import Scene
from factors.soft_key import SoftKey, soft_keys
from harness.accounts import PASSWORD
from harness.process import wait_for
from harness.site import Response
from harness.topic import Context

OTHER = "another correct horse"


def run(context: Context) -> None:
    """Each fault with a person of its own."""
    scene = Scene(context)
    stolen_session(scene)
    reset_of_confirmed(scene)
    reset_of_unconfirmed(scene)
    rescue(scene)
    passwordless(scene)


def stolen_session(scene: Scene) -> None:
    """A session that had one factor when it was stolen changes nothing that is a credential."""
    person = scene.person("stolen")
    thief = person.again()
    thief.sign_in()
    person.enrol()
    changes: list[tuple[str, str, dict | None]] = [
        ("DELETE", "/auth/totp", None),
        ("DELETE", "/auth/totp", {"password": PASSWORD}),
        ("POST", "/auth/totp", {"password": PASSWORD}),
        ("POST", "/auth/recovery-codes", {"password": PASSWORD}),
        ("POST", "/auth/passkeys/options", {"password": PASSWORD}),
        ("DELETE", "/auth/password", None),
        ("POST", "/auth/password/change", {"currentPassword": PASSWORD, "newPassword": OTHER}),
        ("POST", "/auth/email/change", {"email": "thief@example.com", "password": PASSWORD}),
        ("POST", "/auth/api-keys", {"name": "x", "scopes": ["read"], "password": PASSWORD}),
        ("DELETE", "/auth/me", {"password": PASSWORD})]
    for method, path, body in changes:
        response = thief.send(method, path, body)
        scene.check(f"{method} {path} {'with the password ' * bool(body)}wants the factor",
                    status_and_code(response) == (403, "reauthentication_required"), response)
    scene.check("the app is still there", person.factors()["totp"])
    owner = Client(scene.site, "owner@example.com")
    owner.sign_in()
    owner_thief = owner.again()
    owner_thief.sign_in()
    settings = owner_thief.send("POST", "/auth/config/update", {"approval": True})
    scene.check("settings want no proof of who has no factor", settings.status == 200, settings)
    owner.enrol()
    settings = owner_thief.send("POST", "/auth/config/update", {"approval": True})
    scene.check("settings want the factor of who has one",
                status_and_code(settings) == (403, "reauthentication_required"), settings)
    demoted = owner_thief.send("PATCH", f"/auth/users/{scene.accounts.member.id}",
                               {"status": "disabled"})
    scene.check("so do roles and states of others",
                status_and_code(demoted) == (403, "reauthentication_required"), demoted)


def reset(scene: Scene, person: Client) -> Response:
    """Sets a new password by the link of a mail."""
    person.send("POST", "/auth/password/forgot", {"email": person.email})
    link = scene.daemon.mails.link(person.email, "/auth/password/reset")
    token = re.search(r"token=([\w-]+)", link)[1]
    return person.again().send("POST", "/auth/password/reset", {"token": token, "password": OTHER})


def reset_of_confirmed(scene: Scene) -> None:
    """The mailbox of a confirmed address opens no account with a factor."""
    person = scene.person("confirmed")
    scene.confirm_address(person)
    person.enrol()
    browser = person.again()
    browser.sign_in(trust=True)
    done = reset(scene, person)
    scene.check("the reset makes no session", done.status == 200 and "token" not in done.json
                and "session_token=" not in str(done.fields.get_all("Set-Cookie")), done)
    scene.check("it ended the session of before", not browser.is_signed_in())
    later = person.again()
    later.cookies = {name: value for name, value in browser.cookies.items() if "trust" in name}
    scene.refused("the new password meets the factor, and trust has ended", later.log_in(OTHER),
                  401, "second_factor_required")


def reset_of_unconfirmed(scene: Scene) -> None:
    """The factors of an address that was never confirmed may be a stranger's."""
    person = scene.person("unconfirmed").enrol()
    done = reset(scene, person)
    scene.check("the password is reset", done.status == 200, done)
    later = person.again()
    scene.check("the factors are gone", later.log_in(OTHER).status == 200
                and not later.factors()["totp"] and not later.factors()["recoveryCodes"])


def rescue(scene: Scene) -> None:
    """The owner removes what a person has lost; nobody else does."""
    person = scene.person("lost").enrol()
    challenge = person.again().challenge()
    id = person.send("GET", "/auth/me").json["id"]
    other = scene.person("curious")
    for each in (other, person):
        response = each.send("DELETE", f"/auth/users/{id}/factors")
        scene.check("only administrators rescue", response.status == 403, response)
    owner = Client(scene.site, "owner@example.com")
    owner.cookies = dict([scene.accounts.owner.cookie.split("=", 1)])
    overview = owner.send("GET", f"/auth/users/{id}/factors")
    response = owner.send("DELETE", f"/auth/users/{id}/factors")
    if response.code == "reauthentication_required":
        scene.check("a rescue wants a fresh proof of the owner's factor", True)
    else:
        scene.check("the owner sees the factors and removes them",
                    overview.json.get("totp") and response.status == 200, (overview, response))
        scene.check("sessions have ended", not person.is_signed_in())
        scene.refused("a sign-in under way has ended",
                      person.again().second(challenge, "recovery", person.recovery_codes[0]),
                      401, "invalid_challenge")
        scene.check("the password is enough again", person.again().log_in().status == 200)


def passwordless(scene: Scene) -> None:
    """For an account without a password no mail has a link that opens it."""
    with soft_keys() as keys:
        person = scene.person("passwordless")
        scene.confirm_address(person)
        key = SoftKey(keys, "only")
        key.register(person)
        early = person.send("DELETE", "/auth/password")
        scene.check("removing the password wants a proof by the passkey",
                    status_and_code(early) == (403, "reauthentication_required"), early)
        key.prove(person)
        removed = person.send("DELETE", "/auth/password")
        scene.check("the password is removed", removed.status == 200
                    and not person.factors()["password"], removed)
        scene.check("it opens nothing any more", person.again().log_in().status == 401)
        before = len(scene.daemon.mails.to(person.email))
        answer = person.send("POST", "/auth/password/forgot", {"email": person.email})
        unknown = person.send("POST", "/auth/password/forgot", {"email": "unknown@example.com"})
        scene.check("forgot answers as ever", (answer.status, answer.body)
                    == (unknown.status, unknown.body), (answer, unknown))
        mails = wait_for_mail(scene, person.email, before)
        scene.check("the mail has no link that sets a password", mails
                    and not any("/password/reset" in text for text in mails), mails)
        last = person.factors()["passkeys"][0]["id"]
        refused = person.send("DELETE", f"/auth/passkeys/{last}")
        scene.check("the last way in is not removed",
                    status_and_code(refused) == (409, "last_sign_in_method"), refused)
        scene.check("the passkey signs in", key.sign_in(person.again()).status == 200)


def wait_for_mail(scene: Scene, address: str, before: int) -> list[str]:
    """The texts of the mails to an address once there are more than before."""
    mails = scene.daemon.mails
    wait_for(lambda: len(mails.to(address)) > before, 10)
    return [each.get_body(("plain",)).get_content() for each in mails.to(address)]
