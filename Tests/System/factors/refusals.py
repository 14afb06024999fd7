"""Passkeys that lie: what lunauth refuses, and what PyPI webauthn refuses as well."""

from dataclasses import dataclass, field

from factors.client import Client
from factors.scene import SITE, Scene
from factors.soft_key import SoftKey, Verifier, public_key, soft_keys, verifiers
from harness.site import HOST, Response
from harness.topic import Context

PRESENT, VERIFIED, ELIGIBLE, BACKED_UP, ATTESTED = 0x01, 0x04, 0x08, 0x10, 0x40


@dataclass(frozen=True)
class Lie:
    """A response that has to be refused."""

    name: str
    changes: dict = field(default_factory=dict)
    # What the other implementation leaves to its caller, or takes another view of.
    is_ours_alone: bool = False


def origins() -> list[Lie]:
    """Origins that are alike, and another site all the same."""
    others = (f"http://{HOST}", f"https://{HOST}:444", f"https://{HOST}.evil.example",
              f"https://evil{HOST}", f"https://sub.{HOST}", "https://example.com",
              f"https://{HOST}/", f"https://{HOST}@evil.example", "null", "",
              f"https://evil.example/{HOST}", f"{SITE}\u0000", "android:apk-key-hash:x")
    return [Lie(f"the origin {origin!r}", {"client": {"origin": origin}}) for origin in others]


COMMON = [
    *origins(),
    Lie("another challenge", {"client": {"challenge": "A" * 43}}),
    Lie("an empty challenge", {"client": {"challenge": ""}}),
    Lie("no challenge", {"client": {"challenge": None}}),
    Lie("no origin", {"client": {"origin": None}}),
    Lie("no type", {"client": {"type": None}}),
    Lie("a frame of another site", {"client": {"crossOrigin": True}}, True),
    Lie("another top origin", {"client": {"crossOrigin": True, "topOrigin": "https://evil.example"}},
        True),
    Lie("client data that are no object", {"clientText": "[]"}),
    Lie("client data that are no JSON", {"clientText": "{"}),
    Lie("another RP", {"rp": "evil.example"}),
    Lie("the RP above", {"rp": "example.com"}),
]
REGISTRATIONS = [
    *COMMON,
    Lie("the type of an assertion", {"client": {"type": "webauthn.get"}}),
    Lie("nobody present", {"flags": VERIFIED | ATTESTED}),
    Lie("no attested data", {"flags": PRESENT | VERIFIED}),
    Lie("backed up and not eligible", {"flags": PRESENT | VERIFIED | BACKED_UP | ATTESTED}),
    Lie("extensions that are not there", {"flags": PRESENT | VERIFIED | ATTESTED | 0x80}),
    Lie("bytes behind the authenticator data", {"trailing": "AAAA"}),
    Lie("bytes behind the attestation", {"behindAttestation": "AAAA"}, True),
    Lie("another id than in the data", {"id": "A" * 43}, True),
    Lie("an algorithm of another key type", {"otherAlgorithm": True}, True),
    Lie("a format that is no text", {"attestation": {"fmt": 1}}),
    Lie("a statement that is no map", {"attestation": {"attStmt": []}}, True),
]
ASSERTIONS = [
    *COMMON,
    Lie("the type of a registration", {"client": {"type": "webauthn.create"}}),
    Lie("nobody present", {"flags": VERIFIED}),
    Lie("no user verification", {"flags": PRESENT}),
    Lie("backed up and not eligible", {"flags": PRESENT | VERIFIED | BACKED_UP}),
    Lie("eligible, and was not before", {"flags": PRESENT | VERIFIED | ELIGIBLE}, True),
    Lie("attested data that are not there", {"flags": PRESENT | VERIFIED | ATTESTED}),
    Lie("a tampered signature", {"tampered": True}),
    Lie("an empty signature", {"response": {"signature": ""}}),
    Lie("the signature of another key", {"signer": "other"}),
    Lie("bytes behind the authenticator data", {"trailing": "AAAA"}),
    Lie("the counter of before", {"count": 1}),
    Lie("the counter at zero again", {"count": 0}),
    Lie("another user handle", {"handle": "A" * 22}, True),
    Lie("an id that is not registered", {"id": "A" * 43}, True),
    Lie("the id of another account", {"id": "other"}, True),
]


def run(context: Context) -> None:
    """Sends every lie to both, and honest responses where they do not belong."""
    scene = Scene(context)
    with soft_keys() as keys, verifiers() as verifier:
        person = scene.person("honest")
        key = SoftKey(keys, "honest")
        registrations(scene, person, key, Verifier(verifier))
        other = scene.person("other")
        other_key = SoftKey(keys, "other")
        other_id = other_key.create(other_key.creation_options(other))["id"]
        other_key.register(other)
        opinion = Verifier(verifier)
        options = key.creation_options(person)
        credential = key.create(options)
        opinion.registers(credential, options)
        person.send("POST", "/auth/passkeys", {"credential": credential})
        # Beyond what the counter of a lie may be.
        for _ in range(3):
            options = key.request_options(person)
            assertion = key.get(options)
            accepted = opinion.accepts(assertion, options, verified=True)
            done = person.again().send("POST", "/auth/passkeys/login", {"credential": assertion})
            scene.check("both accept the honest one", accepted["accepts"] and done.status == 200,
                        (accepted, done))
        assertions(scene, person, key, opinion, other_id)
        out_of_place(scene, person, key, other, other_key)
        scene.check_secrets(person)


def refuses(response: Response) -> bool:
    """Whether a response is the refusal of a passkey, and no fault and no session."""
    return (response.status in (400, 401) and "token" not in response.json
            and "session_token=" not in str(response.fields.get_all("Set-Cookie")))


def registrations(scene: Scene, person: Client, key: SoftKey, verifier: Verifier) -> None:
    """Lies at registration."""
    for lie in REGISTRATIONS:
        options = key.creation_options(person)
        credential = key.create(options, **lie.changes)
        response = person.send("POST", "/auth/passkeys", {"credential": credential})
        scene.check(f"registration with {lie.name} is refused", refuses(response), response)
        if not lie.is_ours_alone:
            answer = verifier.registers(credential, options)
            scene.check(f"webauthn refuses {lie.name} too", not answer["accepts"], answer)
    scene.check("nothing was registered", not person.factors()["passkeys"], person.factors())


def assertions(scene: Scene, person: Client, key: SoftKey, verifier: Verifier,
               other_id: str) -> None:
    """Lies at sign-in."""
    for lie in ASSERTIONS:
        options = key.request_options(person)
        changes = dict(lie.changes)
        if changes.get("id") == "other":
            changes["id"] = other_id
        credential = key.get(options, **changes)
        response = person.again().send("POST", "/auth/passkeys/login", {"credential": credential})
        scene.check(f"an assertion with {lie.name} is refused", refuses(response), response)
        if not lie.is_ours_alone:
            answer = verifier.accepts(credential, options, verified=True)
            scene.check(f"webauthn refuses {lie.name} too", not answer["accepts"], answer)
    scene.check("the honest one still signs in", key.sign_in(person.again()).status == 200)


def out_of_place(scene: Scene, person: Client, key: SoftKey, other: Client,
                 other_key: SoftKey) -> None:
    """Honest responses at another place, for another account, or for the second time."""
    browser = person.again()
    options = key.request_options(browser)
    assertion = key.get(options)
    done = browser.send("POST", "/auth/passkeys/login", {"credential": assertion})
    replayed = person.again().send("POST", "/auth/passkeys/login", {"credential": assertion})
    scene.check("a response signs in once", done.status == 200 and refuses(replayed), replayed)
    challenge = person.again().challenge()
    options = other_key.request_options(person.again(), challenge=challenge)
    scene.refused("the passkey of another account is no second step",
                  person.again().second(challenge, "passkey", other_key.get(options)),
                  401, "invalid_passkey")
    options = key.request_options(person)
    for path, body in (
            ("/auth/login/second", {"challenge": challenge, "method": "passkey"}),
            ("/auth/reauthenticate", {"method": "passkey"}),
            ("/auth/passkeys", {})):
        response = person.send("POST", path, {**body, "credential": key.get(options)})
        scene.check(f"a response to a sign-in is none at {path}", refuses(response), response)
    proof = public_key(person.send("POST", "/auth/passkeys/challenge", {"reauthenticate": True}))
    response = person.again().send("POST", "/auth/passkeys/login", {"credential": key.get(proof)})
    scene.check("a proof signs nobody in", refuses(response), response)
    proof = public_key(person.send("POST", "/auth/passkeys/challenge", {"reauthenticate": True}))
    response = other.send("POST", "/auth/reauthenticate", {
        "method": "passkey", "credential": key.get(proof)})
    scene.check("nor does it prove another person", refuses(response), response)
    other_key.prove(other)
    created = key.creation_options(other)
    first, second = (other.send("POST", "/auth/passkeys", {
        "credential": SoftKey(key.helper, name).create(created)}) for name in ("new", "newer"))
    scene.check("a challenge registers one passkey", first.status == 201 and refuses(second),
                (first, second))
