"""The policy: who has no second factor adds one at sign-in, and can do nothing before."""

from factors.app import App
from factors.client import Client, status_and_code
from factors.scene import Scene
from harness.topic import Context


def run(context: Context) -> None:
    """Requires factors of everybody, then of administrators alone."""
    everybody(required_of("everybody", context))
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


def administrators(scene: Scene) -> None:
    """Only the owner and administrators have to; no browser is ever trusted."""
    scene.refused("the owner has to enrol", Client(scene.site, "owner@example.com").log_in(),
                  403, "factor_enrolment_required")
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
