"""Who calls, and what would end the run if it were done as it is generated.

Each request of an operation that ends its own credentials comes from an account of its own, and what
a request switches off for everybody is switched on again.
"""

import itertools
import json
import os
import unicodedata
import urllib.request

import schemathesis
from schemathesis.openapi.checks import RejectedPositiveData

ADDRESS = os.environ["CONTRACT_ADDRESS"]
TOKEN = os.environ["CONTRACT_TOKEN"]
OWNER = os.environ["CONTRACT_OWNER"]
# Operations after which a credential is worth nothing.
ENDING = {"logout", "logoutByLink"}
PASSWORD = "a password of the contract"
SETTINGS = {"nativeSignin": True, "register": True, "signup": True, "approval": True,
            "requireEmailVerification": False}

# Why an input that its schema allows may be refused: what no schema can say.
BEYOND_SCHEMAS = {
    "invalid_invite": "whether a code is that of an invitation",
    "is one of the most common passwords": "a list of ten thousand",
    "must not be the email or the name of the account": "two inputs that must differ",
}

numbers = itertools.count()


def post(path, body, token=None):
    """The answer to a request of ours."""
    fields = {"Content-Type": "application/json"}
    if token:
        fields["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(ADDRESS + path, json.dumps(body).encode(), fields)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def newcomer():
    """The token of an account that nobody else uses."""
    email = f"newcomer-{os.getpid()}-{next(numbers)}@example.com"
    return post("/auth/signup", {"email": email, "password": PASSWORD})["token"]


def identifier(operation):
    """What the document calls an operation."""
    return operation.definition.raw.get("operationId")


if TOKEN:
    @schemathesis.auth(refresh_interval=None)
    class Caller:
        """Shows a token with each request that does not bring a bad one of its own."""

        def get(self, case, context):
            return newcomer() if identifier(context.operation) in ENDING else TOKEN

        def set(self, case, data, context):
            case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Says what a username is without `\\p{...}`, which Python's regular expressions do not know.

    In Latin 1, to which schemathesis.toml keeps the operations that take one.
    """
    letters = "".join(character for character in map(chr, range(256)) if unicodedata.category(
        character) in {"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd"})
    text = json.dumps(raw_schema)
    text = text.replace(r"\\p{L}\\p{Mn}\\p{Mc}\\p{Nd}", json.dumps(letters)[1:-1])
    raw_schema.update(json.loads(text))


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Drops the refusal of a valid input whose reason no schema can say."""
    if not isinstance(failure, RejectedPositiveData):
        return True
    error = response.json()
    reasons = list(error.get("fields", {}).values()) or [error.get("code")]
    return not all(reason in BEYOND_SCHEMAS for reason in reasons)


@schemathesis.hook
def before_call(context, case, kwargs):
    """Gives inputs that are valid by chance alone the chance."""
    is_valid = case.meta is not None and case.meta.generation.mode.is_positive
    if is_valid and isinstance(case.body, dict):
        for name in {"password", "newPassword"} & case.body.keys():
            # Most short strings that a machine thinks of are common passwords.
            if isinstance(case.body[name], str) and len(set(case.body[name])) < 4:
                case.body[name] = f"{case.body[name][:100]} and {PASSWORD}"


@schemathesis.hook
def after_call(context, case, response):
    """Lets everybody in again."""
    if identifier(case.operation) == "updateConfig" and response.status_code == 200:
        post("/auth/config/update", SETTINGS, OWNER)
