"""What a valid request needs before it is sent: ids and secrets that exist, mails that were received.

Used by hooks.py inside schemathesis. The environment says whose requests they are.
"""

import base64
import email
import email.policy
import itertools
import json
import os
import pathlib
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from contract.codes import code, enrol, enrol_and_prove
from harness import store

ADDRESS = os.environ["CONTRACT_ADDRESS"]
OWNER = os.environ["CONTRACT_OWNER"]
OWNER_EMAIL = os.environ["CONTRACT_OWNER_EMAIL"]
PASSWORD = os.environ["CONTRACT_PASSWORD"]
MAILS = pathlib.Path(os.environ["CONTRACT_MAILS"])
# What setup calls the configured database.
DATABASE_TYPE = {"sqlite": "sqlite", "postgresql": "postgres"}[
    os.environ.get(store.VARIABLE, "sqlite")]

numbers = itertools.count()
# How often each operation was called.
turns: dict[str, int] = {}


def call(path: str, body: dict | None = None, token: str = OWNER) -> dict:
    """The object in the response to a request that has to succeed."""
    fields = {"Content-Type": "application/json"}
    if token:
        fields["Authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(ADDRESS + path, data, fields)
    with urllib.request.urlopen(request, timeout=10) as response:
        return json.load(response)


def sign_up() -> dict:
    """A new customer, with a token."""
    address = f"newcomer-{os.getpid()}-{next(numbers)}@example.com"
    return call("/auth/signup", {"email": address, "password": PASSWORD}, token="")


def sign_up_for_email() -> str:
    """The address of a new customer."""
    return sign_up()["user"]["email"]


def make_pending() -> dict:
    """An account that is pending approval."""
    number = f"{os.getpid()}-{next(numbers)}"
    body = {"username": f"applicant {number}", "email": f"applicant-{number}@example.com",
            "password": PASSWORD}
    return call("/auth/register", body, token="")["user"]


def mailed_token(text: str, path: str) -> str:
    """The token of the link to a path, from a mail that contains a text."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        for file in sorted(MAILS.glob("*.mail"), reverse=True)[:50]:
            mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            content = f"{mail['To']} {mail.get_body(('plain',)).get_content()}"
            found = re.search(re.escape(path) + r"\?token=([\w-]+)", content)
            if found and text in content:
                return found[1]
        time.sleep(0.01)
    raise TimeoutError(f"no mail about {text} with a link to {path}")


def verify_address(address: str) -> None:
    """Verifies the address of an account."""
    token = mailed_token(address, "/auth/email/verify")
    call("/auth/email/verify", {"token": token, "password": PASSWORD}, token="")


def session_id(token: str) -> str:
    """The id of the session of a JWT."""
    claims = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["sid"]


def bearer(case) -> str:
    """The token of a request."""
    return case.headers["Authorization"].removeprefix("Bearer ")


def set_up(case) -> None:
    """The owner of this run, in the database that exists."""
    case.headers["X-Setup-Code"] = os.environ["CONTRACT_SETUP_CODE"]
    for member in ("databaseName", "websiteUrl", "migrationType"):
        case.body.pop(member, None)
    if case.body.get("databaseType"):
        # Each is valid where it is the configured one.
        case.body["databaseType"] = DATABASE_TYPE
    case.body.update(type="basic", email=OWNER_EMAIL, password=PASSWORD)


def register(case) -> None:
    """In turns with an invitation, whose code is in the query alone, and without one."""
    has_invite = turns["register"] % 4 == 1
    case.query = {"invite": call("/auth/invites", {})["code"]} if has_invite else {}
    case.body.pop("invite", None)


def decide(case) -> None:
    """A pending account, and no token: the administrator decides by their own session."""
    case.path_parameters["id"] = make_pending()["id"]
    if isinstance(case.body, dict):
        case.body.pop("token", None)


def open_decision(case) -> None:
    """The link about a pending account in the owner's mail, sent once its address is verified."""
    account = make_pending()
    verify_address(account["email"])
    path = f"/auth/users/{account['id']}/decide"
    case.path_parameters["id"] = account["id"]
    case.query["token"] = mailed_token(account["email"], path)


def reset_password(case) -> None:
    """The link in a mail about a forgotten password."""
    address = sign_up_for_email()
    call("/auth/password/forgot", {"email": address}, token="")
    case.body.update(token=mailed_token(address, "/auth/password/reset"), password=PASSWORD)


def verify_email(case) -> None:
    """The link in the mail to a new account."""
    token = mailed_token(sign_up_for_email(), "/auth/email/verify")
    case.body.update(token=token, password=PASSWORD)


def verify_email_page(case) -> None:
    """The same link, opened."""
    case.query["token"] = mailed_token(sign_up_for_email(), "/auth/email/verify")


def reject_email(case) -> None:
    """The same link, for a recipient who has not opened the account."""
    case.body["token"] = mailed_token(sign_up_for_email(), "/auth/email/verify")


def cancel_email_change(case) -> None:
    """The link in the mail to the new address of an account."""
    token = sign_up()["token"]
    address = f"other-{os.getpid()}-{next(numbers)}@example.com"
    call("/auth/email/change", {"email": address, "password": PASSWORD}, token=token)
    case.body["token"] = mailed_token(address, "/auth/email/verify")


def use_verified_account(case) -> None:
    """An account whose address is verified already."""
    verify_address(call("/auth/me", token=bearer(case))["email"])


def browse(case) -> None:
    """The fields of a browser behind a proxy."""
    (case.query or {}).pop("redirect", None)
    case.headers.update({
        "Accept": "text/html", "X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "https",
        "X-Forwarded-Method": "GET", "X-Forwarded-Host": "app.example.com",
        "X-Forwarded-Uri": "/"})


def confirm_totp(case) -> None:
    """An app that waits for its first code."""
    secret = call("/auth/totp", {}, token=bearer(case))["secret"]
    case.body.pop("challenge", None)
    case.body["code"] = code(secret)


def use_factor(case) -> None:
    """An app, and a session that has just proven it."""
    enrol_and_prove(call, bearer(case), PASSWORD)


def reauthenticate(case) -> None:
    """An app, and a recovery code that is left."""
    codes = enrol(call, bearer(case))
    case.body.clear()
    case.body.update(method="recovery", password=PASSWORD, code=codes[0])


def login_second(case) -> None:
    """A sign-in that waits for its second step."""
    account = sign_up()
    codes = enrol(call, account["token"])
    try:
        call("/auth/login", {"email": account["user"]["email"], "password": PASSWORD}, token="")
    except urllib.error.HTTPError as error:
        challenge = json.load(error)["challenge"]
        case.body.clear()
        case.body.update(challenge=challenge, method="recovery", code=codes[0])


def trust(case) -> None:
    """A browser that is trusted, by its id, in a session that may end that."""
    token = bearer(case)
    codes = enrol_and_prove(call, token, PASSWORD)
    address = call("/auth/me", token=token)["email"]
    try:
        call("/auth/login", {"email": address, "password": PASSWORD}, token="")
    except urllib.error.HTTPError as error:
        call("/auth/login/second", {"challenge": json.load(error)["challenge"], "trust": True,
                                    "method": "recovery", "code": codes[0]}, token="")
    case.path_parameters["id"] = call("/auth/trusted-browsers", token=token)["items"][0]["id"]


def enrolled_id(_: object) -> str:
    """The id of an account with an app."""
    account = sign_up()
    enrol(call, account["token"])
    return account["user"]["id"]


def refused(case) -> None:
    """The id of a request that was refused."""
    try:
        call("/auth/me", token="")
    except urllib.error.HTTPError as error:
        case.path_parameters["requestId"] = error.headers["X-Request-Id"]


def without_challenge(case) -> None:
    """The session alone, whose sign-in is fresh."""
    if isinstance(case.body, dict):
        case.body.clear()


def password_named(member: str) -> Callable:
    """The password of the account, in a member of the body."""
    return lambda case: case.body.update({member: PASSWORD})


def id_of(make: Callable[[object], str]) -> Callable:
    """The id of something that exists, in the path."""
    return lambda case: case.path_parameters.update(id=make(case))


new_user = id_of(lambda _: sign_up()["user"]["id"])
new_invite = id_of(lambda _: call("/auth/invites", {})["id"])

# By operation, for requests of the owner.
FOR_OWNER = {
    "register": register,
    "signup": lambda _: call("/auth/config/update", {"requireEmailVerification": True}),
    "login": lambda case: case.body.update(email=sign_up_for_email(), password=PASSWORD),
    "logout": browse,
    "logoutByLink": browse,
    "resetPassword": reset_password,
    "verifyEmail": verify_email,
    "verifyEmailPage": verify_email_page,
    "rejectEmail": reject_email,
    "cancelEmailChange": cancel_email_change,
    "resendVerification": use_verified_account,
    "deleteMe": password_named("password"),
    "changeEmail": password_named("password"),
    "changePassword": password_named("currentPassword"),
    "createAPIKey": password_named("password"),
    "endSession": id_of(lambda case: session_id(bearer(case))),
    "revokeAPIKey": id_of(lambda _: call("/auth/api-keys", {"name": "contract"})["id"]),
    "user": new_user,
    "updateUser": new_user,
    "userFactors": new_user,
    "resetFactors": id_of(enrolled_id),
    "beginTotp": without_challenge,
    "confirmTotp": confirm_totp,
    "removeTotp": use_factor,
    "replaceRecoveryCodes": use_factor,
    "loginSecond": login_second,
    "reauthenticate": reauthenticate,
    "endTrust": trust,
    "deleteUser": new_user,
    "decideUser": open_decision,
    "approveUser": decide,
    "declineUser": decide,
    "updateInvite": new_invite,
    "deleteInvite": new_invite,
    "explain": refused,
}
# By operation, for unauthenticated requests.
FOR_UNAUTHENTICATED = {
    "setup": set_up,
    "verify": browse,
    "verifyUnderPrefixGET": browse,
    "verifyUnderPrefixHEAD": browse,
}
