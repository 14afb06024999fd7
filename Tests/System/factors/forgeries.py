"""What an attacker sends who has part of a sign-in: forged, replayed, planted or of another account."""

import secrets
from collections.abc import Callable

from factors.client import OWN, Client, status_and_code
from factors.scene import Scene, claims
from factors.soft_key import PROOF, SoftKey, soft_keys
from harness.accounts import PASSWORD
from harness.site import Response
from harness.topic import Context

NOWHERE = "00000000-0000-4000-8000-000000000000"
LOGIN, TRUST = "session_token_login", "session_token_trust"
# Everything that changes what an account signs in with, or gives a session.
UNSAFE = [
    ("POST", "/auth/login/second"), ("POST", "/auth/reauthenticate"), ("POST", "/auth/totp"),
    ("POST", "/auth/totp/confirm"), ("DELETE", "/auth/totp"), ("POST", "/auth/recovery-codes"),
    ("POST", "/auth/passkeys/options"), ("POST", "/auth/passkeys"),
    ("PATCH", f"/auth/passkeys/{NOWHERE}"), ("DELETE", f"/auth/passkeys/{NOWHERE}"),
    ("POST", "/auth/passkeys/challenge"), ("POST", "/auth/passkeys/login"),
    ("DELETE", "/auth/password"), ("DELETE", "/auth/trusted-browsers"),
    ("DELETE", f"/auth/trusted-browsers/{NOWHERE}"), ("DELETE", f"/auth/users/{NOWHERE}/factors")]
# More than all strangers together may fail at an account.
MOST_TRIES = 140


def run(context: Context) -> None:
    """Each attack on persons of its own."""
    scene = Scene(context)
    forged_challenges(scene)
    other_accounts(scene)
    planted_trust(scene)
    trust_is_no_proof(scene)
    other_sites(scene)
    oversized(scene)
    guesses_everywhere(Scene(context, "limited", LIMITS_ENABLED="true"))
    planted_sign_in(scene)


def forged_challenges(scene: Scene) -> None:
    """A challenge that was never given, was changed, was used, or is of another kind."""
    person = scene.person("forged").enrol()
    code = person.recovery_codes[0]
    real = person.again().challenge()
    swapped = real[:-2] + ("A" if real[-2] != "A" else "B") + real[-1]
    for name, challenge in (
            ("a random one", secrets.token_urlsafe(32)), ("one with another letter", swapped),
            ("one that is cut", real[:-1]), ("one that is longer", real + "A"),
            ("one with padding", real + "="), ("one in capitals", real.upper()),
            ("one with a NUL", real + "\0"), ("an account", person.email)):
        scene.refused(f"{name} is no challenge", person.again().second(challenge, "recovery", code),
                      401, "invalid_challenge")
    for challenge in ("", None, [real], {"challenge": real}, 0, True):
        response = person.again().second(challenge, "recovery", code)
        scene.check(f"{challenge!r} is no challenge", response.status in (400, 401)
                    and not response.fields["Set-Cookie"], response)
    for method in ("password", "TOTP", "", "none", "totp\0", ["totp"]):
        response = person.again().second(real, method, code)
        scene.check(f"{method!r} is no method of a second step", response.status in (400, 401)
                    and not response.fields["Set-Cookie"], response)
    scene.check("none of it used a code up", person.factors()["recoveryCodes"] == 10)
    done = person.again().second(real, "recovery", code)
    scene.check("the real one signs in", done.status == 200, done)
    scene.refused("and is used up", person.again().second(real, "recovery", person.recovery_codes[1]),
                  401, "invalid_challenge")
    nameless = person.again().send("POST", "/auth/passkeys/challenge", {}).json["publicKey"]
    scene.refused("what a passkey signs is no challenge of a sign-in",
                  person.again().second(nameless["challenge"], "recovery", person.recovery_codes[1]),
                  401, "invalid_challenge")
    confirmed = person.again().send("POST", "/auth/totp/confirm", {
        "challenge": person.again().challenge(), "code": person.app.code()})
    scene.refused("a second step adds no app", confirmed, 401, "invalid_challenge")


def other_accounts(scene: Scene) -> None:
    """The proofs of an account do nothing for another."""
    victim, thief = scene.person("victim").enrol(), scene.person("thief").enrol()
    with soft_keys() as keys:
        thief.prove()
        key = SoftKey(keys, "thief")
        key.register(thief)
        challenge = victim.again().challenge()
        scene.refused("the app of another account is none",
                      thief.again().second(challenge, "totp", thief.app.code()),
                      401, "invalid_code")
        scene.refused("nor is its recovery code",
                      thief.again().second(challenge, "recovery", thief.recovery_codes[0]),
                      401, "invalid_code")
        own = thief.again().challenge()
        options = key.request_options(thief.again(), challenge=own)
        response = thief.again().second(challenge, "passkey", key.get(options))
        scene.check("nor its passkey, with what it was asked to sign for its own sign-in",
                    status_and_code(response) in ((401, "invalid_passkey"),
                                                  (401, "invalid_challenge")), response)
        proof = key.request_options(thief, **PROOF)
        response = victim.send("POST", "/auth/reauthenticate", {
            "method": "passkey", "credential": key.get(proof)})
        scene.check("nor is it a proof", response.status in (400, 401, 403)
                    and not response.fields["Set-Cookie"], response)
    scene.check("the codes of both are there", victim.factors()["recoveryCodes"] == 10
                and thief.factors()["recoveryCodes"] == 10)


def begin_by_form(client: Client) -> str:
    """The challenge of a form; the client has the cookie of the sign-in."""
    email = client.email.replace("@", "%40").encode()
    client.form("/auth/login", b"email=%s&password=correct+horse+battery+staple" % email)
    page = client.send("GET", "/auth/login/second", None, ("Accept", "text/html"))
    return page.body.decode().split('name="challenge"')[1].split('value="')[1].split('"')[0]


def planted_sign_in(scene: Scene) -> None:
    """A neighbour of the site plants the cookie of a sign-in: it finishes none but its own."""
    victim, thief = scene.person("planted").enrol(), scene.person("planter").enrol()
    browser, attacker = victim.again(), thief.again()
    challenge, other = begin_by_form(browser), begin_by_form(attacker)
    own, planted = browser.cookies[LOGIN], attacker.cookies[LOGIN]
    code = victim.recovery_codes[0]
    for name, cookies in (("alone", [planted]), ("empty", [""]), ("cut", [own[:-1]]),
                          ("in quotes", [f'"{planted}"']), ("before its own", [planted, own]),
                          ("behind its own", [own, planted])):
        cookie = "; ".join(f"{LOGIN}={value}" for value in cookies)
        response = scene.site.request(
            "POST", "/auth/login/second",
            {"challenge": challenge, "method": "recovery", "code": code}, [OWN, ("Cookie", cookie)])
        scene.refused(f"a planted cookie finishes no sign-in: {name}", response,
                      401, "invalid_challenge")
    scene.refused("nor does it finish the one it belongs to with the proof of the victim",
                  attacker.second(other, "recovery", code), 401, "invalid_code")
    for name in ("session_token", TRUST, LOGIN.upper()):
        response = scene.site.request(
            "POST", "/auth/login/second",
            {"challenge": challenge, "method": "recovery", "code": code},
            [OWN, ("Cookie", f"{name}={own}")])
        scene.refused(f"{name} is no cookie of a sign-in", response, 401, "invalid_challenge")
    done = browser.second(challenge, "recovery", code)
    scene.check("the sign-in goes on where it began", done.status == 200, done)
    scene.check_secrets(browser)


def trusted(person: Client) -> Client:
    """A browser that was asked once."""
    browser = person.again()
    done = browser.second(browser.challenge(), "recovery", person.recovery_codes.pop(), trust=True)
    assert done.status == 200 and TRUST in browser.cookies, done
    return browser


def planted_trust(scene: Scene) -> None:
    """The cookie of trust is of one account and of one value."""
    victim, thief = scene.person("eased").enrol(), scene.person("easer").enrol()
    own, other = (trusted(each).cookies[TRUST] for each in (victim, thief))
    body = {"email": victim.email, "password": PASSWORD}
    for name, field in (
            ("of another account", f"{TRUST}={other}"), ("in another letter", f"{TRUST}={own[:-2]}AA"),
            ("that is cut", f"{TRUST}={own[:-1]}"), ("in quotes", f'{TRUST}="{own}"'),
            ("under the name of the session", f"session_token={own}"),
            ("under the name of the sign-in", f"{LOGIN}={own}"),
            ("in capitals", f"{TRUST.upper()}={own}"), ("that is empty", f"{TRUST}="),
            ("twice, of two accounts", f"{TRUST}={other}; {TRUST}={own}"),
            ("twice, the other last", f"{TRUST}={own}; {TRUST}={other}")):
        response = scene.site.request("POST", "/auth/login", body, [OWN, ("Cookie", field)])
        scene.refused(f"trust {name} skips nothing", response, 401, "second_factor_required")
    response = scene.site.request("POST", "/auth/login", {**body, "password": "not the password"},
                                  [OWN, ("Cookie", f"{TRUST}={own}")])
    scene.refused("trust is no password", response, 401, "invalid_credentials")
    response = scene.site.request("POST", "/auth/login", body, [("X-Forwarded-For", "203.0.113.9"),
                                  (TRUST, own), ("Authorization", f"Bearer {own}")])
    scene.check("nor does it count anywhere but in the cookie", response.status == 401
                and "token" not in response.json, response)
    done = scene.site.request("POST", "/auth/login", body, [OWN, ("Cookie", f"{TRUST}={own}")])
    scene.check("in its own place it does", done.status == 200, done)


def trust_is_no_proof(scene: Scene) -> None:
    """A browser that is not asked has one factor."""
    person = scene.person("skipped").enrol()
    browser = trusted(person)
    browser.cookies = {TRUST: browser.cookies[TRUST]}
    done = browser.log_in()
    scene.check("the session has the password alone", done.status == 200
                and claims(done.json["token"])["amr"] == ["pwd"], done)
    response = browser.send("GET", "/auth/verify?role=user&factors=2")
    scene.check("forward-auth with two factors wants the second",
                status_and_code(response) == (403, "reauthentication_required"), response)
    for method, path in (("DELETE", "/auth/totp"), ("POST", "/auth/recovery-codes"),
                         ("POST", "/auth/passkeys/options"), ("DELETE", "/auth/password")):
        response = browser.send(method, path)
        scene.check(f"so does {method} {path}",
                    status_and_code(response) == (403, "reauthentication_required"), response)


def other_sites(scene: Scene) -> None:
    """No page of another site reaches what factors are changed with, in JSON or as a form."""
    person = scene.person("visitor").enrol()
    person.prove()
    cookie = ("Cookie", "; ".join(f"{name}={value}" for name, value in person.cookies.items()))
    sources = {"another site": [("Sec-Fetch-Site", "cross-site")],
               "a neighbour": [("Sec-Fetch-Site", "same-site")],
               "another origin": [("Origin", "https://evil.example")],
               "no origin": [("Origin", "null")]}
    kinds = {"JSON": ({}, []),
             "a form": (b"code=000000", [("Content-Type", "application/x-www-form-urlencoded"),
                                         ("Accept", "text/html")]),
             "text": (b"{}", [("Content-Type", "text/plain")])}
    for method, path in UNSAFE:
        for source, fields in sources.items():
            for kind, (body, more) in kinds.items():
                if kind != "JSON" and method != "POST":
                    continue
                response = scene.site.request(method, path, body, [cookie, *fields, *more])
                scene.check(f"{method} {path} as {kind} of {source}", response.status in (403, 415)
                            and response.code in ("cross_origin", "unsupported_media_type", None)
                            and not response.fields["Set-Cookie"], response)
    factors = person.factors()
    scene.check("all is as it was", factors["totp"] and factors["recoveryCodes"] == 10, factors)


def oversized(scene: Scene) -> None:
    """Proofs that are long, deep or of another type are refused, and cost no session."""
    person = scene.person("sizes").enrol()
    person.prove()
    deep: object = "x"
    for _ in range(400):
        deep = [deep]
    long = "A" * 40_000
    response = {"clientDataJSON": long, "authenticatorData": "AA", "signature": "AA"}
    proofs: list[tuple[str, str, object]] = [
        ("totp", "a long code", long), ("totp", "a code of other digits", "١٢٣٤٥٦"),
        ("totp", "a number", 123456), ("totp", "a list", ["000000"]), ("totp", "a null", None),
        ("recovery", "a long code", long), ("recovery", "many dashes", "-" * 20_000),
        ("passkey", "a text", long), ("passkey", "a deep list", deep), ("passkey", "nothing", {}),
        ("passkey", "long client data", {
            "id": "AA", "rawId": "AA", "type": "public-key", "response": response}),
        ("passkey", "a long id", {
            "id": long, "rawId": long, "type": "public-key", "response": response})]
    for method, name, proof in proofs:
        challenge = person.again().challenge()
        answer = person.again().second(challenge, method, proof)
        scene.check(f"{name} is no proof by {method}", answer.status in (400, 401, 413)
                    and not answer.fields["Set-Cookie"], answer)
        if method == "passkey":
            for path, body in (("/auth/passkeys/login", {}), ("/auth/passkeys", {"name": "x"}),
                               ("/auth/reauthenticate", {"method": "passkey"})):
                answer = person.send("POST", path, {**body, "credential": proof})
                scene.check(f"{name} is none at {path}", answer.status in (400, 401, 413)
                            and not answer.fields["Set-Cookie"], answer)
    whole = person.send("POST", "/auth/passkeys/login", {"credential": "A" * 70_000})
    scene.check("a body of more than 64 KiB is refused before it is read",
                whole.status == 413, whole)


def guesses_everywhere(scene: Scene) -> None:
    """Codes are guessed in sign-ins and in proofs of a stolen session: there is one count."""
    person = scene.person("searched").enrol()
    stolen = person.cookies
    wrong = person.app.wrong()

    def in_sign_in(guesser: Client) -> Response:
        first = guesser.log_in()
        challenge = first.json.get("challenge")
        return guesser.second(challenge, "totp", wrong) if challenge else first

    def in_proof(guesser: Client) -> Response:
        guesser.cookies = dict(stolen)
        return guesser.send("POST", "/auth/reauthenticate", {"method": "totp", "code": wrong})

    def by_recovery(guesser: Client) -> Response:
        first = guesser.log_in()
        challenge = first.json.get("challenge")
        return guesser.second(challenge, "recovery", "AAAA-AAAA-AAAA-AAAA") if challenge else first

    ways: list[Callable[[Client], Response]] = [in_sign_in, in_proof, by_recovery]
    tries = 0
    for number in range(MOST_TRIES):
        guesser = Client(scene.site, person.email, f"127.1.{number + 1}.1")
        response = ways[number % len(ways)](guesser)
        if response.status == 429:
            break
        tries += 1
        scene.check("a guess is wrong", status_and_code(response) == (401, "invalid_code"), response)
    scene.check("all ways and networks share one count", response.status == 429, (tries, response))
    refused = [way(Client(scene.site, person.email, "127.2.1.1")) for way in ways]
    scene.check("and all of them wait then", all(each.status == 429 for each in refused), refused)
    scene.context.note(f"{tries} wrong codes from everywhere, in sign-ins and in proofs")
