"""Passkeys over HTTP: soft-webauthn is the authenticator, PyPI webauthn the second opinion."""

from factors.client import status_and_code
from factors.scene import Scene, claims
from factors.soft_key import PROOF, SoftKey, Verifier, soft_keys, verifiers
from harness.site import HOST
from harness.topic import Context

PRESENT, VERIFIED, ELIGIBLE, BACKED_UP, ATTESTED = 0x01, 0x04, 0x08, 0x10, 0x40


def run(context: Context) -> None:
    """Registers, signs in, proves, renames and removes."""
    scene = Scene(context)
    with soft_keys() as keys, verifiers() as verifier:
        two_factors(scene, SoftKey(keys, "verifies"), Verifier(verifier))
        second_factor(scene, SoftKey(keys, "touch"), Verifier(verifier))
        synced(scene, SoftKey(keys, "synced"), Verifier(verifier))
        unavailable(Scene(context, "address", WEBSITEURL="https://192.0.2.1"))


def two_factors(scene: Scene, key: SoftKey, verifier: Verifier) -> None:
    """A passkey that verifies its user counts as two."""
    person = scene.person("verifies")
    options = key.creation_options(person)
    scene.check("the options are those of the documentation",
                options["rp"]["id"] == HOST and options["attestation"] == "none"
                and options["authenticatorSelection"]["residentKey"] == "required"
                and options["extensions"]["credProps"] is True
                and {each["alg"] for each in options["pubKeyCredParams"]} == {-7, -8, -257}, options)
    credential = key.create(options)
    opinion = verifier.registers(credential, options, verified=True)
    done = person.send("POST", "/auth/passkeys", {"credential": credential, "name": "My phone"})
    scene.check("both accept the registration", opinion["accepts"] and done.status == 201,
                (opinion, done))
    person.recovery_codes = done.json["recoveryCodes"]
    again = person.send("POST", "/auth/passkeys", {"credential": credential})
    scene.check("a second passkey wants a proof by the first",
                status_and_code(again) == (403, "reauthentication_required"), again)
    key.prove(person)
    again = person.send("POST", "/auth/passkeys", {"credential": credential})
    scene.check("a response is good once", again.status == 401, again)
    other = person.again()
    options = key.request_options(other)
    scene.check("a sign-in without a name names no passkeys", not options.get("allowCredentials")
                and options["userVerification"] == "required" and options["rpId"] == HOST, options)
    assertion = key.get(options)
    opinion = verifier.accepts(assertion, options, verified=True)
    done = other.send("POST", "/auth/passkeys/login", {"credential": assertion})
    scene.check("both accept the sign-in", opinion["accepts"] and done.status == 200, (opinion, done))
    amr = claims(done.json["token"])["amr"]
    scene.check("it has two factors", set(amr) == {"hwk", "user", "mfa"}, amr)
    scene.check("also for forward-auth", other.send("GET", "/auth/verify?role=user&factors=2").status == 200)
    exclude = key.creation_options(other)["excludeCredentials"]
    scene.check("a further one excludes it", [each["id"] for each in exclude] == [credential["id"]],
                exclude)
    options = key.request_options(person, **PROOF)
    assertion = key.get(options)
    opinion = verifier.accepts(assertion, options)
    done = person.send("POST", "/auth/reauthenticate", {"method": "passkey", "credential": assertion})
    scene.check("both accept the proof", opinion["accepts"] and done.status == 200, (opinion, done))
    passkey = person.send("GET", "/auth/passkeys").json["items"][0]
    renamed = person.send("PATCH", f"/auth/passkeys/{passkey['id']}", {"name": "Zoë 📱"})
    scene.check("it is renamed", (renamed.status, renamed.json.get("name")) == (200, "Zoë 📱"), renamed)
    scene.check("the list tells about it", passkey["name"] == "My phone" and not passkey["synced"]
                and passkey["lastUsedAt"], passkey)
    stranger = scene.person("meddler")
    for method, body in (("PATCH", {"name": "x"}), ("DELETE", None)):
        refused = stranger.send(method, f"/auth/passkeys/{passkey['id']}", body)
        scene.check(f"nobody else's is there: {method}", refused.status == 404, refused)
    removed = person.send("DELETE", f"/auth/passkeys/{passkey['id']}")
    scene.check("it is removed", removed.status == 200
                and person.again().log_in().status == 200, removed)
    scene.refused("and signs in no more", key.sign_in(person.again()), 401, "invalid_passkey")
    scene.check_secrets(person, other, others=(options["challenge"],))


def second_factor(scene: Scene, key: SoftKey, verifier: Verifier) -> None:
    """A passkey that only sees a touch is a second factor and nothing alone."""
    person = scene.person("touch")
    options = key.creation_options(person)
    credential = key.create(options, flags=PRESENT | ATTESTED)
    opinion = verifier.registers(credential, options)
    done = person.send("POST", "/auth/passkeys", {"credential": credential})
    scene.check("both accept a passkey without user verification",
                opinion["accepts"] and done.status == 201, (opinion, done))
    scene.refused("alone it signs nobody in", key.sign_in(person.again(), flags=PRESENT),
                  401, "invalid_passkey")
    other = person.again()
    first = other.log_in()
    scene.check("after the password it is asked for", first.json.get("methods") == [
        "recovery", "passkey"] or set(first.json["methods"]) == {"recovery", "passkey"}, first)
    options = key.request_options(other, challenge=first.json["challenge"])
    scene.check("with its id, and no more verification than it can do",
                [each["id"] for each in options["allowCredentials"]] == [credential["id"]]
                and options["userVerification"] != "required", options)
    assertion = key.get(options, flags=PRESENT)
    opinion = verifier.accepts(assertion, options)
    done = other.second(first.json["challenge"], "passkey", assertion)
    scene.check("both accept it as second step", opinion["accepts"] and done.status == 200,
                (opinion, done))
    amr = claims(done.json["token"])["amr"] if done.status == 200 else []
    scene.check("the session has two factors", set(amr) == {"pwd", "hwk", "mfa"}, amr)
    refused = other.send("DELETE", "/auth/password")
    scene.check("without a way in of two factors the password stays",
                status_and_code(refused) == (409, "last_sign_in_method"), refused)


def synced(scene: Scene, key: SoftKey, verifier: Verifier) -> None:
    """A passkey that is backed up is a software key, and stays eligible."""
    person = scene.person("synced")
    options = key.creation_options(person)
    credential = key.create(
        options, flags=PRESENT | VERIFIED | ELIGIBLE | BACKED_UP | ATTESTED)
    opinion = verifier.registers(credential, options)
    done = person.send("POST", "/auth/passkeys", {"credential": credential})
    scene.check("both see that it is backed up", opinion["synced"] and done.json.get("synced"),
                (opinion, done))
    done = key.sign_in(person.again(), flags=PRESENT | VERIFIED | ELIGIBLE | BACKED_UP)
    scene.check("it is a software key", done.status == 200
                and set(claims(done.json["token"])["amr"]) == {"swk", "user", "mfa"}, done)
    done = key.sign_in(person.again(), flags=PRESENT | VERIFIED | ELIGIBLE)
    scene.check("it may be eligible and not backed up any more", done.status == 200, done)
    refused = key.sign_in(person.again(), flags=PRESENT | VERIFIED)
    scene.refused("one that is not eligible any more is refused", refused, 401, "invalid_passkey")
    scene.check("the refusal says to register it again",
                "again" in str(refused.json).lower(), refused)


def unavailable(scene: Scene) -> None:
    """A site that is an IP address has no passkeys."""
    person = scene.person("address")
    scene.check("the overview says so", person.factors()["passkeysAvailable"] is False,
                person.factors())
    for path, body in (("/auth/passkeys/options", None), ("/auth/passkeys/challenge", {})):
        refused = person.send("POST", path, body)
        scene.check(f"{path} says so", status_and_code(refused) == (409, "passkeys_unavailable"),
                    refused)
