"""Requests at once where only one of them may win."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from factors.app import App
from factors.policy import required_of
from factors.scene import Scene
from factors.soft_key import SoftKey, soft_keys
from harness.accounts import PASSWORD
from harness.site import Response
from harness.topic import Context

# As many as the hashing lane has at once, and some that wait.
CLIENTS = 8


def run(context: Context) -> None:
    """Each race with a person of its own."""
    scene = Scene(context)
    one_code(scene)
    one_challenge(scene)
    one_recovery_code(scene)
    two_enrolments(scene)
    two_first_factors(scene)
    last_factor(scene)
    last_passkey(scene)
    one_assertion(scene)
    one_enrolment(required_of("everybody", context))


def at_once(acts: Sequence[Callable[[], Response]]) -> list[Response]:
    """The responses to requests that begin together."""
    gate = threading.Barrier(len(acts))

    def act(request: Callable[[], Response]) -> Response:
        gate.wait()
        return request()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, acts))


def winners(responses: Sequence[Response]) -> list[Response]:
    """Those that did what was asked for."""
    return [each for each in responses if each.status in (200, 201)]


def check_one(scene: Scene, claim: str, responses: Sequence[Response], *codes: str) -> None:
    """One wins, and the others are refused for what they are."""
    others = [each for each in responses if each not in winners(responses)]
    scene.check(claim, len(winners(responses)) == 1
                and all(each.code in codes for each in others), responses)


def one_code(scene: Scene) -> None:
    """One code with many challenges."""
    person = scene.person("code").enrol()
    clients = [person.again() for _ in range(CLIENTS)]
    challenges = [each.challenge() for each in clients]
    code = person.app.code()
    check_one(scene, "one code signs in once", at_once([
        lambda client=client, challenge=challenge: client.second(challenge, "totp", code)
        for client, challenge in zip(clients, challenges, strict=True)]), "invalid_code")


def one_challenge(scene: Scene) -> None:
    """One challenge with many recovery codes."""
    person = scene.person("challenge").enrol()
    challenge = person.again().challenge()
    responses = at_once([
        lambda code=code: person.again().second(challenge, "recovery", code)
        for code in person.recovery_codes[:CLIENTS]])
    check_one(scene, "one challenge signs in once", responses, "invalid_challenge")
    left = person.factors()["recoveryCodes"]
    scene.check("and uses one code up", left == 9, left)


def one_recovery_code(scene: Scene) -> None:
    """One recovery code with many challenges, and as a proof."""
    person = scene.person("recovery").enrol()
    code = person.recovery_codes[0]
    clients = [person.again() for _ in range(CLIENTS - 1)]
    challenges = [each.challenge() for each in clients]
    acts = [lambda client=client, challenge=challenge: client.second(challenge, "recovery", code)
            for client, challenge in zip(clients, challenges, strict=True)]
    responses = at_once([*acts, lambda: person.send("POST", "/auth/reauthenticate", {
        "method": "recovery", "password": PASSWORD, "code": code})])
    check_one(scene, "one recovery code is good once", responses, "invalid_code")


def two_enrolments(scene: Scene) -> None:
    """Two browsers that set up an app."""
    person = scene.person("enrolment")
    others = [person.again() for _ in range(2)]
    for each in others:
        each.sign_in()
    begun = at_once([lambda each=each: each.send("POST", "/auth/totp") for each in others])
    apps = [App(response.json["secret"]) for response in begun]
    responses = at_once([
        lambda each=each, app=app: each.send("POST", "/auth/totp/confirm", {"code": app.code()})
        for each, app in zip(others, apps, strict=True)])
    check_one(scene, "of two apps one is added", responses,
              "invalid_code", "invalid_challenge", "reauthentication_required")
    scene.check("there is one set of recovery codes", person.factors()["recoveryCodes"] == 10)


def two_first_factors(scene: Scene) -> None:
    """An app and a passkey as the first factor, at once."""
    with soft_keys() as keys:
        person = scene.person("first")
        key = SoftKey(keys, "first")
        begun = person.send("POST", "/auth/totp")
        credential = key.create(key.creation_options(person))
        responses = at_once([
            lambda: person.send("POST", "/auth/totp/confirm", {
                "code": App(begun.json["secret"]).code()}),
            lambda: person.send("POST", "/auth/passkeys", {"credential": credential})])
    codes = [each for each in responses if each.json.get("recoveryCodes")]
    scene.check("the first of two factors brings the recovery codes", len(codes) == 1
                and winners(responses) and person.factors()["recoveryCodes"] == 10, responses)


def last_factor(scene: Scene) -> None:
    """The last factor, removed from two places."""
    person = scene.person("last").enrol()
    browsers = [person.again() for _ in range(2)]
    for each, code in zip(browsers, person.recovery_codes, strict=False):
        each.second(each.challenge(), "recovery", code)
    responses = at_once([lambda each=each: each.send("DELETE", "/auth/totp") for each in browsers])
    check_one(scene, "the last factor is removed once", responses,
              "no_second_factor", "reauthentication_required", "not_found")


def last_passkey(scene: Scene) -> None:
    """The two passkeys of an account without a password, removed at once: one has to stay."""
    with soft_keys() as keys:
        person = scene.person("passwordless")
        first, second = SoftKey(keys, "a"), SoftKey(keys, "b")
        first.register(person)
        first.prove(person)
        second.register(person)
        removed = person.send("DELETE", "/auth/password")
        scene.check("the password is removed", removed.status == 200, removed)
        first.prove(person)
        ids = [each["id"] for each in person.factors()["passkeys"]]
        responses = at_once([
            lambda id=id: person.send("DELETE", f"/auth/passkeys/{id}") for id in ids])
        check_one(scene, "one of two passkeys stays where there is no password", responses,
                  "last_sign_in_method", "reauthentication_required")
        scene.check("there is a way in", len(person.factors()["passkeys"]) == 1)


def one_assertion(scene: Scene) -> None:
    """One response of a passkey, sent by many."""
    with soft_keys() as keys:
        person, key = scene.person("assertion"), SoftKey(keys, "assertion")
        key.register(person)
        assertion = key.get(key.request_options(person.again()))
        responses = at_once([
            lambda: person.again().send("POST", "/auth/passkeys/login", {"credential": assertion})
            for _ in range(CLIENTS)])
    check_one(scene, "one response of a passkey signs in once", responses,
              "invalid_challenge", "invalid_passkey")


def one_enrolment(scene: Scene) -> None:
    """The enrolment of a sign-in, confirmed by many."""
    person = scene.person("confirmed")
    challenge = person.again().log_in().json["challenge"]
    begun = person.again().send("POST", "/auth/totp", {"challenge": challenge})
    body = {"challenge": challenge, "code": App(begun.json["secret"]).code()}
    clients = [person.again() for _ in range(CLIENTS)]
    responses = at_once([lambda each=each: each.send("POST", "/auth/totp/confirm", body)
                         for each in clients])
    check_one(scene, "an enrolment signs in once", responses, "invalid_challenge", "invalid_code")
    scene.check("and there is one session of it",
                [each.is_signed_in() for each in clients].count(True) == 1)
