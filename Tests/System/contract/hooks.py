"""Who calls, what a schema cannot say, and what would end the run if it were done as it is generated.

Each request of an operation that ends its own credentials comes from an account of its own, every
other valid request is given ids and secrets that exist, and what a request switches off for everybody
is switched on again.
"""

import base64
import email
import email.policy
import html
import itertools
import json
import os
import pathlib
import re
import time
import urllib.request
from urllib.parse import quote, unquote

import schemathesis
from schemathesis.core.parameters import EncodedPath
from schemathesis.core.failures import MalformedJson
from schemathesis.openapi.checks import (
    ContentDeserializationError, JsonSchemaError, MissingContentType, RejectedPositiveData)

ADDRESS = os.environ["CONTRACT_ADDRESS"]
# Whose the requests are: the owner's, a customer's API key, or nobody's.
CALLER = os.environ["CONTRACT_CALLER"]
TOKEN = os.environ["CONTRACT_TOKEN"]
OWNER = os.environ["CONTRACT_OWNER"]
OWNER_EMAIL = os.environ["CONTRACT_OWNER_EMAIL"]
PASSWORD = os.environ["CONTRACT_PASSWORD"]
MAILS = pathlib.Path(os.environ["CONTRACT_MAILS"])
SETTINGS = {"nativeSignin": True, "register": True, "signup": True, "approval": True,
            "requireEmailVerification": False}
# Operations that end what they are called with, or ask for the password of the account.
OWN = {"logout", "logoutByLink", "endSession", "deleteMe", "changePassword", "changeEmail",
       "resendVerification"}
# Why an input that its schema allows may be refused: what no schema can say.
BEYOND_SCHEMAS = {
    "invalid_invite": "whether a code is that of an invitation",
    "must not hold control characters or invisible ones": "planes that expressions cannot name",
    "must have a visible character": "whether a mark has a character to stand on",
    "invalid_link": "whether a token is that of a mail",
    "setup_code_required": "which code the server has logged",
    "is one of the most common passwords": "a list of ten thousand",
    "must not be the email or the name of the account": "two inputs that must differ",
    "must be 1 beside an email": "two inputs that go together",
    "is the address of this account already": "whose account it is",
    "must be http:// or https://, a host and at most a port": "which addresses of IPv6 there are",
    "must be 1 to 4 digits and one of h, d, w, m, y, from 6 hours to 100 years":
        "how long a time in one unit is in another",
}
# How a page says it.
SENTENCES = {"The link was used already or is too old; ask for a new one.": "invalid_link"}

numbers = itertools.count()
turns = {}


def ask(path, body=None, token=OWNER):
    """The answer to a request of ours."""
    fields = {"Content-Type": "application/json"}
    if token:
        fields["Authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(ADDRESS + path, data, fields)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def signed_up():
    """A new customer, with a token."""
    address = f"newcomer-{os.getpid()}-{next(numbers)}@example.com"
    return ask("/auth/signup", {"email": address, "password": PASSWORD}, token="")


def applicant():
    """Somebody who waits for approval."""
    number = f"{os.getpid()}-{next(numbers)}"
    body = {"username": f"applicant {number}", "email": f"applicant-{number}@example.com",
            "password": PASSWORD}
    return ask("/auth/register", body, token="")["user"]


def mailed(text, path):
    """The token of the link to a path in a mail that holds a text."""
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


def path_of_proxy(text):
    """A path as a proxy sends it that puts a query before it: each term once, slashes as they are."""
    query, *path = unquote(str(text)).split("/", 1)
    terms = {term.split("=")[0]: term for term in query.split("&")}
    return quote("/".join(["&".join(terms.values()), *path]), safe="/=&")


def session_id(token):
    """The id of the session of a JWT."""
    claims = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["sid"]


def identifier(operation):
    """What the document calls an operation."""
    return operation.definition.raw.get("operationId")


def bearer(case):
    """The token that a request shows."""
    return case.headers["Authorization"].removeprefix("Bearer ")


def set_up(case):
    """Makes the owner of this run, in the database that is there."""
    case.headers["X-Setup-Code"] = os.environ["CONTRACT_SETUP_CODE"]
    for member in ("databaseName", "websiteUrl", "migrationType"):
        case.body.pop(member, None)
    case.body.update(type="basic", email=OWNER_EMAIL, password=PASSWORD)


def register(case):
    """By turns somebody who was invited, by a code in the query alone, and somebody who waits."""
    case.query = {"invite": ask("/auth/invites", {})["code"]} if turns["register"] % 4 == 1 else {}
    case.body.pop("invite", None)


def decide(case):
    """Somebody who waits, and no token: the administrator who asks decides."""
    case.path_parameters["id"] = applicant()["id"]
    if isinstance(case.body, dict):
        case.body.pop("token", None)


def open_decision(case):
    """The link that the owner is mailed about somebody who waits."""
    # The owner is told once the address is confirmed.
    account = applicant()
    verified(account["email"])
    path = f"/auth/users/{account['id']}/decide"
    case.path_parameters["id"] = account["id"]
    case.query["token"] = mailed(account["email"], path)


def reset_password(case):
    """The link that somebody is mailed who forgot their password."""
    address = signed_up()["user"]["email"]
    ask("/auth/password/forgot", {"email": address}, token="")
    case.body.update(token=mailed(address, "/auth/password/reset"), password=PASSWORD)


def verify_email(case):
    """The link that somebody new is mailed."""
    address = signed_up()["user"]["email"]
    case.body.update(token=mailed(address, "/auth/email/verify"), password=PASSWORD)


def verify_email_page(case):
    """The same link, opened."""
    address = signed_up()["user"]["email"]
    case.query["token"] = mailed(address, "/auth/email/verify")


def reject_email(case):
    """The same link, for somebody who did not open the account."""
    address = signed_up()["user"]["email"]
    case.body["token"] = mailed(address, "/auth/email/verify")


def cancel_email_change(case):
    """The link that goes to an address that is to become an account's."""
    token = signed_up()["token"]
    address = f"other-{os.getpid()}-{next(numbers)}@example.com"
    ask("/auth/email/change", {"email": address, "password": PASSWORD}, token=token)
    case.body["token"] = mailed(address, "/auth/email/verify")


def verified(address):
    """Confirms the address of an account."""
    token = mailed(address, "/auth/email/verify")
    ask("/auth/email/verify", {"token": token, "password": PASSWORD}, token="")


if CALLER == "owner":
    # Only a confirmed address is told of others. Later there are too many mails to find this one.
    verified(OWNER_EMAIL)


def confirm(case):
    """An account whose address is confirmed already."""
    address = ask("/auth/me", token=bearer(case))["email"]
    verified(address)


def browse(case):
    """As a browser asks that follows a link, through a proxy that says so."""
    (case.query or {}).pop("redirect", None)
    case.headers.update({
        "Accept": "text/html", "X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "https",
        "X-Forwarded-Method": "GET", "X-Forwarded-Host": "app.example.com",
        "X-Forwarded-Uri": "/"})


# What exists, for the ids and secrets of valid requests.
EXISTING = {
    "register": register,
    "signup": lambda case: ask("/auth/config/update", {"requireEmailVerification": True}),
    "login": lambda case: case.body.update(email=signed_up()["user"]["email"], password=PASSWORD),
    "logout": browse,
    "logoutByLink": browse,
    "resetPassword": reset_password,
    "verifyEmail": verify_email,
    "verifyEmailPage": verify_email_page,
    "rejectEmail": reject_email,
    "cancelEmailChange": cancel_email_change,
    "resendVerification": confirm,
    "deleteMe": lambda case: case.body.update(password=PASSWORD),
    "changeEmail": lambda case: case.body.update(password=PASSWORD),
    "changePassword": lambda case: case.body.update(currentPassword=PASSWORD),
    "createAPIKey": lambda case: case.body.update(password=PASSWORD),
    "endSession": lambda case: case.path_parameters.update(id=session_id(bearer(case))),
    "revokeAPIKey": lambda case: case.path_parameters.update(
        id=ask("/auth/api-keys", {"name": "contract"})["id"]),
    "user": lambda case: case.path_parameters.update(id=signed_up()["user"]["id"]),
    "updateUser": lambda case: case.path_parameters.update(id=signed_up()["user"]["id"]),
    "deleteUser": lambda case: case.path_parameters.update(id=signed_up()["user"]["id"]),
    "decideUser": open_decision,
    "approveUser": decide,
    "declineUser": decide,
    "updateInvite": lambda case: case.path_parameters.update(id=ask("/auth/invites", {})["id"]),
    "deleteInvite": lambda case: case.path_parameters.update(id=ask("/auth/invites", {})["id"]),
}
# The same, for nobody.
EXISTING_FOR_NOBODY = {
    "setup": set_up,
    "verify": browse,
    "verifyUnderPrefixGET": browse,
    "verifyUnderPrefixHEAD": browse,
}


if CALLER != "nobody":
    @schemathesis.auth(refresh_interval=None)
    class Caller:
        """Shows a token with each request that does not bring a bad one of its own."""

        def get(self, case, context):
            own = CALLER == "owner" and identifier(context.operation) in OWN
            return signed_up()["token"] if own else TOKEN

        def set(self, case, data, context):
            case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}


@schemathesis.hook
def before_call(context, case, kwargs):
    """Gives valid requests something to work on, and sends a path with its slashes."""
    name = identifier(case.operation)
    if "rest" in (case.path_parameters or {}):
        case.path_parameters["rest"] = EncodedPath(path_of_proxy(case.path_parameters["rest"]))
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    if isinstance(case.body, dict):
        for member in {"password", "newPassword"} & case.body.keys():
            # Most short strings that a machine thinks of are common passwords.
            if case.body[member] is not None and len(set(case.body[member])) < 4:
                case.body[member] = f"{case.body[member][:100]} and {PASSWORD}"
    existing = {"owner": EXISTING, "nobody": EXISTING_FOR_NOBODY}.get(CALLER, {})
    turns[name] = turns.get(name, 0) + 1
    if name in existing and turns[name] % 2:
        existing[name](case)


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Drops the refusal of a valid input whose reason no schema can say, and that a refusal has no
    body which the proxy that asked discards."""
    if not response.content and "redirect=401" in unquote(response.request.url):
        return not isinstance(failure, (
            ContentDeserializationError, JsonSchemaError, MalformedJson, MissingContentType))
    if not isinstance(failure, RejectedPositiveData):
        return True
    if "json" in response.headers["content-type"][0]:
        error = json.loads(response.content)
        reasons = list(error.get("fields", {}).values()) or [error["code"]]
    else:
        page = html.unescape(response.content.decode())
        reasons = [SENTENCES.get(text, text) for text in re.findall("<p>(.*?)</p>", page)]
    return not reasons or any(reason not in BEYOND_SCHEMAS for reason in reasons)


@schemathesis.hook
def after_call(context, case, response):
    """Notes what was answered, and lets everybody in again."""
    if response.request.method == case.operation.method.upper():
        with open(os.environ["CONTRACT_OUTCOMES"], "a") as answers:
            answers.write(f"{identifier(case.operation)} {response.status_code}\n")
    if CALLER == "owner" and identifier(case.operation) in {"updateConfig", "signup"}:
        ask("/auth/config/update", SETTINGS)
