"""Each way to sign in: what its JWT says of it, and whether forward-auth takes it for two factors."""

import time
from dataclasses import dataclass

from factors.client import Client, status_and_code
from factors.scene import SITE, Scene, claims
from factors.soft_key import SoftKey, soft_keys
from harness.accounts import PASSWORD
from harness.site import HOST, Response
from harness.topic import Context

PRESENT, VERIFIED, ELIGIBLE, BACKED_UP, ATTESTED = 0x01, 0x04, 0x08, 0x10, 0x40
TOUCHED, SYNCED = PRESENT, PRESENT | ELIGIBLE | BACKED_UP
VERIFY = "/auth/verify?role=user&factors=2"
ADMITTED = (200, None)
STEP_UP = (403, "reauthentication_required")
ENROL = (403, "factor_enrolment_required")


@dataclass(frozen=True)
class Way:
    """A session, and what has to be known of it."""

    name: str
    client: Client
    token: str
    amr: frozenset[str]
    verified: tuple[int, str | None]

    @property
    def time(self) -> int:
        """When its person was authenticated, says its JWT."""
        return claims(self.token)["auth_time"]


def run(context: Context) -> None:
    """Signs in by each way, looks at the sessions, and raises those of one factor."""
    scene = Scene(context)
    with soft_keys() as keys:
        ways = [*by_password(scene), *by_codes(scene),
                *by_passkeys(scene, {name: SoftKey(keys, name) for name in (
                    "verifies", "verifies-synced", "touched", "touched-synced")})]
        person, owner, key = scene.person("early").enrol(), scene.person("owns"), SoftKey(keys, "own")
        key.register(owner)
        for each in ways:
            check(scene, each)
        # A later second: what is only read again keeps the time of the proof.
        time.sleep(1.1)
        for each in ways:
            keeps(scene, each)
        raises(scene, person, owner, key)
    trusted_browser(scene)
    leads_browsers(scene)


def way(name: str, client: Client, response: Response, amr: str,
        verified: tuple[int, str | None] = ADMITTED) -> Way:
    """A session that has begun."""
    return Way(name, client, response.json.get("token", ""), frozenset(amr.split()), verified)


def by_password(scene: Scene) -> list[Way]:
    """One factor: of an account that has no second, and of one that has added it since."""
    lone, early = scene.person("lone"), scene.person("enrolled").enrol()
    return [way("a password", lone, lone.sign_in(), "pwd", ENROL),
            way("the session that added the app", early, early.send("POST", "/auth/refresh"),
                "pwd", STEP_UP)]


def by_codes(scene: Scene) -> list[Way]:
    """The app and a recovery code, after the password."""
    person = scene.person("app").enrol()
    app, recovery = person.again(), person.again()
    response = recovery.second(recovery.challenge(), "recovery", person.recovery_codes.pop())
    return [way("password and app", app, app.sign_in(), "pwd otp mfa"),
            way("password and recovery code", recovery, response, "pwd otp mfa")]


def by_passkeys(scene: Scene, keys: dict[str, SoftKey]) -> list[Way]:
    """Passkeys alone and after the password, with user verification and without, synced or not."""
    found: list[Way] = []
    for name, key in keys.items():
        owner = scene.person(name)
        flags = (SYNCED if "synced" in name else TOUCHED) | (VERIFIED if "verifies" in name else 0)
        key.register(owner, flags=flags | ATTESTED)
        kind = "swk" if "synced" in name else "hwk"
        user = " user" if "verifies" in name else ""
        second = owner.again()
        response = key.second(second, second.challenge(), flags=flags)
        found.append(way(f"password and {name}", second, response, f"pwd {kind} mfa{user}"))
        alone = owner.again()
        response = key.sign_in(alone, flags=flags)
        if user:
            found.append(way(name, alone, response, f"{kind} user mfa"))
        else:
            scene.refused(f"{name} alone is no sign-in", response, 401, "invalid_passkey")
    return found


def check(scene: Scene, it: Way) -> None:
    """The claims of a session, and forward-auth."""
    scene.check(f"{it.name}: there is a session", it.token and it.client.is_signed_in())
    found = claims(it.token)
    scene.check(f"{it.name}: the JWT names the methods", frozenset(found["amr"]) == it.amr, found)
    scene.check(f"{it.name}: and when they were proven", 0 <= time.time() - it.time < 30, found)
    bearer = ("Authorization", f"Bearer {it.token}")
    for credential, response in (
            ("cookie", it.client.send("GET", VERIFY)),
            ("JWT", it.client.again().send("GET", VERIFY, None, bearer))):
        scene.check(f"{it.name}: forward-auth by {credential}",
                    status_and_code(response) == it.verified, response)
    one = it.client.send("GET", VERIFY.replace("factors=2", "factors=1"))
    scene.check(f"{it.name}: one factor it has", one.status == 200, one)


def keeps(scene: Scene, it: Way) -> None:
    """A new token of the same session says the same."""
    later = it.client.send("POST", "/auth/refresh").json.get("token")
    found = claims(later) if later else {}
    scene.check(f"{it.name}: a refresh proves nothing", found.get("auth_time") == it.time
                and frozenset(found["amr"]) == it.amr, (found, it.time))


def raises(scene: Scene, person: Client, owner: Client, key: SoftKey) -> None:
    """Sessions from before a factor are raised to two, by the factor that there is now."""
    before = claims(person.send("POST", "/auth/refresh").json["token"])
    for name, done, methods in (
            ("the app", person.prove(), {"pwd", "otp", "mfa"}),
            ("a passkey", key.prove(owner), {"pwd", "hwk", "user", "mfa"})):
        found = claims(done.json["token"])
        scene.check(f"a proof by {name} raises the session", set(found["amr"]) == methods
                    and found["auth_time"] > before["auth_time"], (before, found))
    for each in (person, owner):
        response = each.send("GET", VERIFY)
        scene.check("and forward-auth admits it", response.status == 200, response)
    wrong = person.send("POST", "/auth/reauthenticate", {
        "method": "totp", "code": person.app.wrong()})
    scene.check("a wrong code is no proof, and ends no session",
                status_and_code(wrong) == (401, "invalid_code") and person.is_signed_in(), wrong)


def trusted_browser(scene: Scene) -> None:
    """A browser that was not asked has one factor, whatever else it proves later."""
    person = scene.person("trusting").enrol()
    first, second = person.again(), person.again()
    first.second(first.challenge(), "recovery", person.recovery_codes.pop(), trust=True)
    second.cookies = {"session_token_trust": first.cookies["session_token_trust"]}
    check(scene, way("a trusted browser", second, second.log_in(), "pwd", STEP_UP))
    done = second.send("POST", "/auth/reauthenticate", {
        "method": "recovery", "password": PASSWORD, "code": person.recovery_codes.pop()})
    check(scene, way("a trusted browser after a proof", second, done, "pwd otp mfa"))


def leads_browsers(scene: Scene) -> None:
    """Forward-auth leads a browser to what is missing."""
    page = [("Accept", "text/html"), ("X-Forwarded-Method", "GET"), ("X-Forwarded-Proto", "https"),
            ("X-Forwarded-Host", HOST), ("X-Forwarded-Uri", "/files?a=b")]
    back = f"return_to=https%3A%2F%2F{HOST}%2Ffiles%3Fa%3Db"
    person = scene.person("led")
    # The proxy is trusted, and no other client.
    person.source = "127.0.0.1"
    without = person.send("GET", VERIFY, None, *page)
    person.enrol()
    with_app = person.send("GET", VERIFY, None, *page)
    for name, response in (("to add a factor", without), ("to prove it", with_app)):
        scene.check(f"a browser is led {name}", response.status == 302
                    and response.location == f"{SITE}/auth/reauthenticate?{back}",
                    (response, response.location))
    anonymous = person.again().send("GET", VERIFY, None, *page)
    scene.check("without a session it is led to sign-in",
                anonymous.location == f"{SITE}/auth/login?{back}", (anonymous, anonymous.location))
