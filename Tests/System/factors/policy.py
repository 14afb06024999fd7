"""The policy: who has no second factor adds one at sign-in, and can do nothing before."""

from factors.app import App
from factors.client import Client, status_and_code
from factors.half_sign_ins import FORM_LOGIN
from factors.scene import Scene, claims
from factors.soft_key import SoftKey, public_key, soft_keys
from harness.topic import Context
from pages.sent_forms import HTML

PRESENT, ATTESTED = 0x01, 0x40


def run(context: Context) -> None:
    """Requires factors of everybody, then of administrators alone, then of nobody any more."""
    scene = required_of("everybody", context)
    everybody(scene)
    with soft_keys() as keys:
        by_passkey(scene, SoftKey(keys, "verifies"))
        by_touch(scene, SoftKey(keys, "touched"))
    by_form(scene)
    nobody(scene)
    administrators(required_of("administrators", context, FACTORS_TRUSTDAYS=0))


def required_of(whom: str, context: Context, **settings: object) -> Scene:
    """A daemon that has its people, and then the policy."""
    scene = Scene(context, whom)
    scene.daemon.settings |= {"FACTORS_REQUIRED": whom, **settings}
    scene.daemon.restart()
    return scene


def everybody(scene: Scene) -> None:
    """A sign-in that goes on once a factor was added."""
    person = Client(scene.site, "member@example.com")
    first = person.log_in()
    scene.refused("a sign-in without a factor leads to enrolment", first,
                  403, "factor_enrolment_required")
    scene.check("it names what can be enrolled",
                set(first.json["methods"]) == {"totp", "passkey"}, first)
    challenge = first.json["challenge"]
    for method, path in (("GET", "/auth/me"), ("GET", "/auth/factors"), ("GET", "/auth/verify"),
                         ("POST", "/auth/api-keys"), ("DELETE", "/auth/totp")):
        for fields in ([], [("Authorization", f"Bearer {challenge}")],
                       [("Cookie", f"session_token={challenge}")],
                       [("Cookie", f"session_token_login={challenge}")]):
            response = scene.site.request(method, path, fields=fields)
            scene.check(f"the challenge is no session: {method} {path} {fields[:1]}",
                        response.status == 401, response)
    scene.refused("it is no second step", person.second(challenge, "totp", "123456"),
                  401, "invalid_challenge")
    begun = person.send("POST", "/auth/totp", {"challenge": challenge})
    person.app = App(begun.json["secret"])
    wrong = person.send("POST", "/auth/totp/confirm", {
        "challenge": challenge, "code": person.app.wrong()})
    scene.refused("a wrong code adds nothing", wrong, 401, "invalid_code")
    done = person.send("POST", "/auth/totp/confirm", {
        "challenge": challenge, "code": person.app.code()})
    scene.check("adding a factor signs in", done.status == 200 and done.json.get("token")
                and len(done.json["recoveryCodes"]) == 10 and person.is_signed_in(), done)
    again = person.send("POST", "/auth/totp/confirm", {
        "challenge": challenge, "code": person.app.code()})
    scene.check("the challenge is used", again.status == 401 and "token" not in again.json, again)
    scene.refused("the next sign-in asks for it", person.again().log_in(),
                  401, "second_factor_required")
    person.recovery_codes = done.json["recoveryCodes"]
    scene.check_secrets(person, others=(challenge,))


def by_passkey(scene: Scene, key: SoftKey) -> None:
    """A passkey is the factor, and what begins a sign-in begins nothing else."""
    person = scene.person("passkey")
    browser = person.again()
    challenge = browser.log_in().json["challenge"]
    for name, response in (
            ("a second step", browser.second(challenge, "recovery", "AAAA-AAAA-AAAA-AAAA")),
            ("options of a second step",
             browser.send("POST", "/auth/passkeys/challenge", {"challenge": challenge})),
            ("an app that was not begun",
             browser.send("POST", "/auth/totp/confirm", {"challenge": challenge, "code": "000000"}))):
        scene.refused(f"the challenge gives no {name}", response, 401, "invalid_challenge")
    for method, path in (("POST", "/auth/recovery-codes"), ("POST", "/auth/reauthenticate"),
                         ("DELETE", "/auth/password"), ("POST", "/auth/api-keys"),
                         ("POST", "/auth/config/update"), ("POST", "/auth/refresh")):
        response = browser.send(method, path, {"challenge": challenge})
        scene.check(f"nor {method} {path}", response.status in (400, 401)
                    and not response.fields["Set-Cookie"], response)
    options = public_key(browser.send("POST", "/auth/passkeys/options", {"challenge": challenge}))
    credential = key.create(options)
    other = scene.person("other").again()
    stolen = other.send("POST", "/auth/passkeys", {
        "challenge": other.log_in().json["challenge"], "credential": credential})
    scene.refused("the passkey is not added in the sign-in of another account", stolen,
                  401, "invalid_challenge")
    done = browser.send("POST", "/auth/passkeys", {
        "challenge": challenge, "credential": credential, "name": "phone"})
    scene.check("adding a passkey signs in", done.status == 201 and done.json.get("token")
                and len(done.json["recoveryCodes"]) == 10 and browser.is_signed_in(), done)
    scene.check("it is no proof: the session has the password alone",
                claims(done.json["token"])["amr"] == ["pwd"], claims(done.json["token"]))
    verified = browser.send("GET", "/auth/verify?role=user&factors=2")
    scene.check("nor for forward-auth",
                status_and_code(verified) == (403, "reauthentication_required"), verified)
    again = browser.again().send("POST", "/auth/passkeys/options", {"challenge": challenge})
    scene.refused("the challenge is used", again, 401, "invalid_challenge")
    signed = key.sign_in(person.again())
    scene.check("the passkey signs in, and no policy asks", signed.status == 200, signed)
    overview = browser.factors()
    scene.check("the overview tells of the policy", overview["required"] is True, overview)


def by_touch(scene: Scene, key: SoftKey) -> None:
    """A passkey that only sees a touch meets the policy too, as a second factor."""
    person = scene.person("touched")
    browser = person.again()
    challenge = browser.log_in().json["challenge"]
    options = public_key(browser.send("POST", "/auth/passkeys/options", {"challenge": challenge}))
    done = browser.send("POST", "/auth/passkeys", {
        "challenge": challenge, "credential": key.create(options, flags=PRESENT | ATTESTED)})
    scene.check("it is added", done.status == 201 and browser.is_signed_in(), done)
    later = person.again()
    second = key.second(later, later.challenge(), flags=PRESENT)
    scene.check("and asked for after the password", second.status == 200, second)


def by_form(scene: Scene) -> None:
    """The enrolment that a form began goes on in its browser alone."""
    person = scene.person("form")
    browser = person.again()
    form = browser.form("/auth/login", FORM_LOGIN % person.email.replace("@", "%40").encode())
    scene.check("a form leads to enrolment", (form.status, form.location) == (
        303, "/auth/login/enrol") and set(browser.cookies) == {"session_token_login"},
        (form, form.location, browser.cookies))
    page = browser.send("GET", "/auth/login/enrol", None, HTML).body.decode()
    challenge = page.split('name="challenge"')[1].split('value="')[1].split('"')[0]
    for path in ("/auth/totp", "/auth/passkeys/options"):
        stolen = person.again().send("POST", path, {"challenge": challenge})
        scene.refused(f"another browser begins nothing: {path}", stolen, 401, "invalid_challenge")
    browser.enrol(challenge=challenge)
    scene.check("its own does, and loses the cookie of the sign-in", browser.is_signed_in()
                and "session_token_login" not in browser.cookies, browser.cookies)


def nobody(scene: Scene) -> None:
    """Without the policy nobody is led to enrol, and who has a factor is asked for it."""
    scene.daemon.settings |= {"FACTORS_REQUIRED": "none"}
    scene.daemon.restart()
    lone = scene.person("lone").again()
    done = lone.log_in()
    scene.check("a sign-in without a factor is one", done.status == 200
                and lone.factors()["required"] is False, done)
    scene.refused("a factor is asked for all the same",
                  Client(scene.site, "member@example.com").log_in(), 401, "second_factor_required")


def administrators(scene: Scene) -> None:
    """Only the owner and administrators have to; no browser is ever trusted."""
    scene.refused("the owner has to enrol", Client(scene.site, "owner@example.com").log_in(),
                  403, "factor_enrolment_required")
    promoted = scene.person("promoted")
    scene.accounts.execute("UPDATE accounts SET role = 'admin' WHERE email = ?", promoted.email)
    scene.daemon.restart()
    scene.check("a session of before goes on", promoted.is_signed_in())
    scene.refused("who became an administrator has to enrol at the next sign-in",
                  promoted.again().log_in(), 403, "factor_enrolment_required")
    member = Client(scene.site, "member@example.com")
    done = member.log_in()
    scene.check("a member has not", done.status == 200, done)
    member.enrol()
    other = member.again()
    other.sign_in(trust=True)
    scene.check("without days no browser is trusted", "session_token_trust" not in other.cookies,
                other.cookies)
    verified = other.send("GET", "/auth/verify?role=user&factors=2")
    scene.check("the policy says nothing about sessions", status_and_code(verified)[0] == 200,
                verified)
