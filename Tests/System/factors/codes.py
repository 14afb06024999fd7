"""Authenticator apps and recovery codes over HTTP, with oathtool as the app."""

import re
import urllib.parse

from factors.client import Client, status_and_code
from factors.scene import Scene, claims
from harness.accounts import PASSWORD
from harness.process import wait_for
from harness.topic import Context

RECOVERY_CODE = re.compile(r"[A-Z2-7]{4}(-[A-Z2-7]{4}){3}")


def run(context: Context) -> None:
    """Enrols, signs in by each method, proves again, trusts a browser, and removes the app."""
    scene = Scene(context)
    person = enrol(scene)
    challenge = sign_in(scene, person)
    recover(scene, person)
    trust(scene, person)
    step_up(scene, person)
    scene.check_secrets(person, others=(challenge,))


def enrol(scene: Scene) -> Client:
    """The app of a person, and the recovery codes that come with it."""
    person = scene.person("enrolling")
    # Of factors only confirmed addresses are told.
    scene.confirm_address(person)
    refused = person.send("POST", "/auth/totp", {"password": "not the password"})
    scene.check("a wrong password begins nothing", refused.status in (401, 403), refused)
    begun = person.send("POST", "/auth/totp", {"password": PASSWORD})
    url = urllib.parse.urlsplit(begun.json.get("url", ""))
    query = dict(urllib.parse.parse_qsl(url.query))
    scene.check("the address of the app names secret, digits and period",
                (url.scheme, url.netloc, query.get("secret")) == (
                    "otpauth", "totp", begun.json["secret"])
                and query.get("digits", "6") == "6" and query.get("period", "30") == "30"
                and query.get("algorithm", "SHA1") == "SHA1", begun.json)
    scene.check("the picture is an SVG", begun.json.get("qr", "").startswith("<svg "), begun)
    scene.check("the secret is not cached", "no-store" in (begun.fields["Cache-Control"] or ""))
    scene.check("an app that is not confirmed is no factor",
                not person.factors()["totp"] and person.again().log_in().status == 200)
    before = person.cookies.copy()
    person.enrol()
    scene.check("the first factor brings ten recovery codes", len(set(person.recovery_codes)) == 10
                and all(map(RECOVERY_CODE.fullmatch, person.recovery_codes)), person.recovery_codes)
    scene.check("enrolling replaces no session", person.cookies == before)
    token = person.send("POST", "/auth/refresh").json.get("token")
    scene.check("enrolling raises no session", token and "mfa" not in claims(token)["amr"],
                token and claims(token))
    overview = person.factors()
    scene.check("the overview has the app", overview["totp"] and overview["recoveryCodes"] == 10,
                overview)
    return person


def sign_in(scene: Scene, person: Client) -> str:
    """Both steps; the challenge."""
    other = person.again()
    first = other.log_in()
    scene.refused("the password alone is half a sign-in", first, 401, "second_factor_required")
    scene.check("it names what is next", first.json.get("methods") == ["totp", "recovery"], first)
    challenge = first.json["challenge"]
    scene.refused("a wrong code is refused", other.second(challenge, "totp", person.app.wrong()),
                  401, "invalid_code")
    scene.refused("so is a recovery code as code of the app",
                  other.second(challenge, "totp", person.recovery_codes[9]), 401, "invalid_code")
    scene.refused("so is the method password", other.second(challenge, "password", PASSWORD),
                  400, "invalid_request")
    code = person.app.code()
    done = other.second(challenge, "totp", code)
    scene.check("the code completes it", done.status == 200 and other.is_signed_in(), done)
    found = claims(done.json["token"])
    scene.check("the JWT says so", set(found["amr"]) == {"pwd", "otp", "mfa"}
                and isinstance(found["auth_time"], int), found)
    scene.refused("the challenge is used", other.second(challenge, "totp", code),
                  401, "invalid_challenge")
    again = person.again()
    scene.refused("so is the code", again.second(again.challenge(), "totp", code),
                  401, "invalid_code")
    scene.daemon.restart()
    scene.refused("also after a restart", again.second(again.challenge(), "totp", code),
                  401, "invalid_code")
    return challenge


def recover(scene: Scene, person: Client) -> None:
    """Recovery codes: each once, counted, in any spelling, and replaced."""
    code = person.recovery_codes[0]
    other = person.again()
    done = other.second(other.challenge(), "recovery", code.lower().replace("-", " "))
    scene.check("a recovery code signs in as it is typed by hand",
                (done.status, done.json.get("recoveryCodesLeft")) == (200, 9), done)
    third = person.again()
    scene.refused("a second time it does not", third.second(third.challenge(), "recovery", code),
                  401, "invalid_code")
    replaced = other.send("POST", "/auth/recovery-codes")
    scene.check("a sign-in by recovery code is a proof", replaced.status == 200, replaced)
    scene.refused("the former codes are replaced",
                  third.second(third.challenge(), "recovery", person.recovery_codes[1]),
                  401, "invalid_code")
    # Of the app, of the code that was used, and of the new codes.
    told = wait_for(lambda: len(scene.daemon.mails.to(person.email)) > 3, 10)
    scene.check("mails tell of it", told,
                [each["Subject"] for each in scene.daemon.mails.to(person.email)])
    person.recovery_codes = replaced.json["recoveryCodes"]


def trust(scene: Scene, person: Client) -> None:
    """A browser that is trusted skips the question and nothing else."""
    browser = person.again()
    browser.sign_in(trust=True)
    scene.check("the browser is trusted", "session_token_trust" in browser.cookies, browser.cookies)
    cookies = {"session_token_trust": browser.cookies["session_token_trust"]}
    other = person.again()
    other.cookies = cookies.copy()
    done = other.log_in()
    scene.check("it is not asked", done.status == 200, done)
    scene.check("it has one factor", "token" in done.json
                and claims(done.json["token"])["amr"] == ["pwd"], done)
    verified = other.send("GET", "/auth/verify?role=user&factors=2")
    scene.check("and no second for forward-auth",
                status_and_code(verified) == (403, "reauthentication_required"), verified)
    refused = other.send("DELETE", "/auth/totp")
    scene.check("nor for changes", status_and_code(refused) == (403, "reauthentication_required"),
                refused)
    stranger = scene.person("stranger").enrol().again()
    stranger.cookies = cookies.copy()
    scene.refused("another account is asked all the same", stranger.log_in(),
                  401, "second_factor_required")
    listed = other.send("GET", "/auth/trusted-browsers").json["items"]
    scene.check("it is in the list", [each["current"] for each in listed] == [True], listed)
    ended = other.send("DELETE", f"/auth/trusted-browsers/{listed[0]['id']}")
    later = person.again()
    later.cookies = cookies.copy()
    scene.check("trust is ended from the list", ended.status == 200
                and later.log_in().status == 401, ended)


def step_up(scene: Scene, person: Client) -> None:
    """A session with one factor is raised to two, and then may do everything."""
    browser = person.again()
    browser.sign_in()
    verified = browser.send("GET", "/auth/verify?role=user&factors=2")
    scene.check("two factors are enough for forward-auth", verified.status == 200, verified)
    field = ("Authorization", f"Bearer {scene.accounts.key}")
    refused = person.again().send("GET", "/auth/verify?factors=2&keys=allow", None, field)
    scene.check("an API key is not", status_and_code(refused) == (403, "api_key_not_allowed"),
                refused)
    lone = scene.person("lone").send("GET", "/auth/verify?role=user&factors=2")
    scene.check("an account without a factor has to enrol",
                status_and_code(lone) == (403, "factor_enrolment_required"), lone)
    old = person.send("DELETE", "/auth/totp")
    scene.check("a session older than the factor is no proof",
                status_and_code(old) == (403, "reauthentication_required")
                and set(old.json["methods"]) == {"totp", "recovery"}, old)
    wrong = person.send("POST", "/auth/reauthenticate", {
        "method": "password", "password": PASSWORD})
    scene.check("the password does not raise it", wrong.status in (400, 401, 403), wrong)
    recovered = person.send("POST", "/auth/reauthenticate", {
        "method": "recovery", "password": PASSWORD, "code": person.recovery_codes[2]})
    scene.check("password and recovery code do", recovered.status == 200
                and "mfa" in claims(recovered.json["token"])["amr"], recovered)
    removed = person.send("DELETE", "/auth/totp")
    scene.check("the app is removed", removed.status == 200 and not person.factors()["totp"],
                removed)
    scene.check("and the password is enough again", person.again().log_in().status == 200)
    gone = person.send("POST", "/auth/recovery-codes")
    scene.check("recovery codes need a factor", status_and_code(gone) == (409, "no_second_factor"),
                gone)
