"""Faults of others: half a sign-in that opens something, counts from zero, or moves to a browser."""

from factors.client import Client, status_and_code
from factors.scene import Scene
from harness.accounts import PASSWORD
from harness.topic import Context
from pages.sent_forms import HTML

FORM_LOGIN = b"email=%s&password=correct+horse+battery+staple"
# More than all strangers together may fail at an account, by passwords and codes.
MOST_TRIES = 70


def run(context: Context) -> None:
    """Each fault with a person of its own."""
    scene = Scene(context)
    opens_nothing(scene)
    other_browser(scene)
    too_many_tries(scene)
    old_challenge(scene)
    begin_again(Scene(context, "limited", LIMITS_ENABLED="true"))


def opens_nothing(scene: Scene) -> None:
    """What the password alone gives is accepted nowhere."""
    person = scene.person("opens").enrol()
    browser = person.again()
    form = browser.form("/auth/login", FORM_LOGIN % person.email.replace("@", "%40").encode())
    scene.check("a form leads to the second step", (form.status, form.location) == (
        303, "/auth/login/second"), (form, form.location))
    scene.check("it sets the cookie of the sign-in alone",
                set(browser.cookies) == {"session_token_login"}, browser.cookies)
    cookie = form.cookie.lower()
    scene.check("that cookie is for this browser and short", "httponly" in cookie
                and "samesite=lax" in cookie and "max-age=600" in cookie and "domain" not in cookie,
                form.cookie)
    value = browser.cookies["session_token_login"]
    for method, path in (("GET", "/auth/me"), ("GET", "/auth/verify"), ("GET", "/auth/factors"),
                         ("POST", "/auth/totp"), ("POST", "/auth/refresh"),
                         ("DELETE", "/auth/totp"), ("POST", "/auth/passkeys/options")):
        for text in (value, person.again().challenge()):
            for fields in ([("Authorization", f"Bearer {text}")],
                           [("Cookie", f"session_token={text}")],
                           [("Cookie", f"session_token_login={text}")]):
                response = scene.site.request(method, path, None, fields)
                scene.check(f"half a sign-in is none: {method} {path} {fields[0][0]}",
                            response.status == 401, response)
    page = browser.send("GET", "/auth/account", None, HTML)
    scene.check("the account page leads to sign-in", page.status == 303
                and page.location.startswith("/auth/login"), (page, page.location))
    scene.check_secrets(person, browser)


def other_browser(scene: Scene) -> None:
    """The challenge of a form is worthless without its cookie, and JSON sets none."""
    person = scene.person("browser").enrol()
    browser = person.again()
    browser.form("/auth/login", FORM_LOGIN % person.email.replace("@", "%40").encode())
    page = browser.send("GET", "/auth/login/second", None, HTML)
    text = page.body.decode()
    scene.check("the page of the second step has the challenge", 'name="challenge"' in text, page)
    challenge = text.split('name="challenge"')[1].split('value="')[1].split('"')[0]
    thief = person.again()
    scene.refused("another browser does not finish it",
                  thief.second(challenge, "recovery", person.recovery_codes[0]),
                  401, "invalid_challenge")
    thief.cookies["session_token_login"] = "A" * 43
    scene.refused("nor with another cookie",
                  thief.second(challenge, "recovery", person.recovery_codes[0]),
                  401, "invalid_challenge")
    scene.check("no code is used up by that", person.factors()["recoveryCodes"] == 10)
    done = browser.second(challenge, "recovery", person.recovery_codes[0])
    scene.check("its own does", done.status == 200 and browser.is_signed_in(), done)
    scene.check("and loses the cookie of the sign-in",
                "session_token_login" not in browser.cookies, browser.cookies)
    program = person.again()
    program.log_in()
    scene.check("JSON sets no such cookie", not program.cookies, program.cookies)


def too_many_tries(scene: Scene) -> None:
    """Five tries a challenge, whatever the method."""
    person = scene.person("tries").enrol()
    browser = person.again()
    challenge = browser.challenge()
    wrong = person.app.wrong()
    statuses = [browser.second(challenge, method, code).code for method, code in (
        ("totp", wrong), ("recovery", "AAAA-BBBB-CCCC-DDDD"), ("totp", wrong), ("totp", wrong),
        ("recovery", "AAAA-BBBB-CCCC-DDDD"))]
    scene.check("five tries are refused for their code", statuses == ["invalid_code"] * 5, statuses)
    scene.refused("then the challenge has ended",
                  browser.second(challenge, "recovery", person.recovery_codes[0]),
                  401, "invalid_challenge")


def old_challenge(scene: Scene) -> None:
    """A new password ends the sign-ins that began with the old one."""
    person = scene.person("old").enrol()
    browser = person.again()
    challenge = browser.challenge()
    person.prove()
    changed = person.send("POST", "/auth/password/change", {
        "currentPassword": PASSWORD, "newPassword": "another correct horse"})
    scene.check("the password is changed", changed.status == 200, changed)
    scene.refused("a challenge of the old password has ended",
                  browser.second(challenge, "recovery", person.recovery_codes[0]),
                  401, "invalid_challenge")


def begin_again(scene: Scene) -> None:
    """Signing in again resets no count: guessing codes ends where guessing passwords does."""
    alone = guesses_of_one(scene)
    scene.check("one network is made to wait, however often it begins again",
                alone[-1] == (429, "too_many_requests"), alone)
    person = scene.person("guessed").enrol()
    codes = passwords = 0
    for number in range(MOST_TRIES):
        guesser = Client(scene.site, person.email, f"127.0.{number + 1}.1")
        response = guesser.log_in(*["not the password"] * (number % 2))
        passwords += response.code == "invalid_credentials"
        if challenge := response.json.get("challenge"):
            response = guesser.second(challenge, "totp", person.app.wrong())
            codes += response.code == "invalid_code"
        if response.status == 429:
            break
    scene.check("all networks together have one count for passwords and codes",
                response.status == 429 and codes > 20 and passwords > 20,
                (response, codes, passwords))
    scene.context.note(f"{codes} wrong codes and {passwords} wrong passwords from everywhere, "
                       f"{len(alone) - 1} wrong codes from one network")


def guesses_of_one(scene: Scene) -> list[tuple[int, str | None]]:
    """The responses to wrong codes from one address, each with a sign-in of its own."""
    person = scene.person("alone").enrol()
    guesser = Client(scene.site, person.email, "127.0.9.9")
    found: list[tuple[int, str | None]] = []
    for _ in range(MOST_TRIES):
        response = guesser.log_in()
        if challenge := response.json.get("challenge"):
            response = guesser.second(challenge, "totp", person.app.wrong())
        found.append(status_and_code(response))
        if response.status == 429:
            break
    waits = int(response.fields["Retry-After"] or 0)
    scene.check("it is told how long", waits > 0, response.fields)
    right = guesser.log_in()
    if challenge := right.json.get("challenge"):
        right = guesser.second(challenge, "recovery", person.recovery_codes[0])
    scene.check("meanwhile the right code is refused and not used up", right.status == 429
                and person.factors()["recoveryCodes"] == 10, right)
    return found
