"""Hooks of schemathesis: credentials, what no schema can say, and what would end the run.

A request that ends its own credentials comes from an account of its own, every other valid request gets
ids and secrets that exist, and what a request disables for all accounts is enabled again.
"""

import html
import json
import os
import re
from urllib.parse import quote, unquote

import schemathesis
from contract.prerequisites import (
    FOR_OWNER, FOR_UNAUTHENTICATED, OWNER_EMAIL, PASSWORD, call, sign_up, turns, verify_address)
from schemathesis.core.failures import MalformedJson
from schemathesis.core.parameters import EncodedPath
from schemathesis.openapi.checks import (
    ContentDeserializationError, JsonSchemaError, MissingContentType, RejectedPositiveData)

# `owner`, `key` or `unauthenticated`.
CALLER = os.environ["CONTRACT_CALLER"]
TOKEN = os.environ["CONTRACT_TOKEN"]
OUTCOMES = os.environ["CONTRACT_OUTCOMES"]
SETTINGS = {"nativeSignin": True, "register": True, "signup": True, "approval": True,
            "requireEmailVerification": False}
# Operations that end their own credentials, or need the password of the account.
OF_OWN_ACCOUNT = {"logout", "logoutByLink", "endSession", "deleteMe", "changePassword",
                  "changeEmail", "resendVerification", "beginTotp", "confirmTotp", "removeTotp",
                  "replaceRecoveryCodes", "reauthenticate", "endTrust"}
PREREQUISITES = {"owner": FOR_OWNER, "unauthenticated": FOR_UNAUTHENTICATED}.get(CALLER, {})
# Why an input that its schema allows may be refused: the reason, and what no schema can say.
BEYOND_SCHEMAS = {
    "invalid_invite": "whether a code is that of an invitation",
    "must not hold control characters or invisible ones": "planes that expressions cannot name",
    "must have a visible character": "whether a mark has a character before it",
    "invalid_link": "whether a token is that of a mail",
    "setup_code_required": "which code the server has logged",
    "is one of the most common passwords": "a list of ten thousand",
    "must not be the email or the name of the account": "two inputs that must differ",
    "must differ from the present password": "two inputs that must differ",
    "must be the same as rawId": "two inputs that must be the same",
    "must be 1 beside an email": "two inputs that go together",
    "must be at most 90 days with the scope": "two inputs that go together",
    "must be the nextCursor of a response": "which positions are those of an order",
    "is the address of this account already": "the address of the account",
    "must be http:// or https://, a host and at most a port": "which addresses of IPv6 exist",
    "must be an email address, or an http:// or https:// URL": "which addresses of IPv6 exist",
    "must be 1 to 4 digits and one of h, d, w, m, y, from 6 hours to 100 years":
        "how long a time in one unit is in another",
}
# The operations that take a password, or from an account without one none.
OF_PASSWORD = {"deleteMe", "changePassword", "changeEmail"}
# The sentences of a page, and the codes that JSON has in their place.
SENTENCES = {"The link was already used or has expired; request a new one.": "invalid_link"}


if CALLER == "owner":
    # The owner gets mails about other accounts at a verified address only. Later there are too many
    # mails to find this one.
    verify_address(OWNER_EMAIL)


if CALLER != "unauthenticated":
    @schemathesis.auth(refresh_interval=None)
    class Credential:
        """The token of each request that has no invalid one of its own."""

        def get(self, case, context):
            """A new account's token for what ends it, else the caller's."""
            is_own = CALLER == "owner" and operation_id(context.operation) in OF_OWN_ACCOUNT
            return sign_up()["token"] if is_own else TOKEN

        def set(self, case, data, context):
            """Sends it as a Bearer token."""
            case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}


def operation_id(operation) -> str:
    """The name of an operation in the document."""
    return operation.definition.raw.get("operationId")


def forward_auth_path(text) -> str:
    """A path below forward-auth's prefix: a query with each term once, then slashes unescaped."""
    query, *path = unquote(str(text)).split("/", 1)
    terms = {term.split("=")[0]: term for term in query.split("&")}
    return quote("/".join(["&".join(terms.values()), *path]), safe="/=&")


@schemathesis.hook
def before_call(context, case, kwargs):
    """Gives every other valid request what it needs to succeed."""
    name = operation_id(case.operation)
    if "rest" in (case.path_parameters or {}):
        case.path_parameters["rest"] = EncodedPath(forward_auth_path(case.path_parameters["rest"]))
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    if isinstance(case.body, dict):
        for member in {"password", "newPassword"} & case.body.keys():
            # Most short strings that a generator makes are common passwords.
            if isinstance(case.body[member], str) and len(set(case.body[member])) < 4:
                case.body[member] = f"{case.body[member][:100]} and {PASSWORD}"
    turns[name] = turns.get(name, 0) + 1
    if name in PREREQUISITES and turns[name] % 2:
        PREREQUISITES[name](case)


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Drops two kinds of failures: a refused valid input whose reason no schema can say, and a refusal
    without a body, which the proxy that sent the request would discard."""
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
    known = {*BEYOND_SCHEMAS, *(["is required"] if operation_id(case.operation) in OF_PASSWORD
                                else [])}
    return not reasons or any(reason not in known for reason in reasons)


@schemathesis.hook
def after_call(context, case, response):
    """Records the outcome, and enables sign-in again."""
    if response.request.method == case.operation.method.upper():
        with open(OUTCOMES, "a") as outcomes:
            outcomes.write(f"{operation_id(case.operation)} {response.status_code}\n")
    if CALLER == "owner" and operation_id(case.operation) in {"updateConfig", "signup"}:
        call("/auth/config/update", SETTINGS)
