"""schemathesis in the name of each kind of caller, each with a daemon of its own."""

import os
import pathlib

from contract.daemon import OWNER, SETUP_CODE, ContractDaemon
from contract.document import ADMIN_TAG, Outcome, successes, write_document
from contract.tools import run_tool
from harness.topic import Context

HERE = pathlib.Path(__file__).resolve().parent
CUSTOMER = dict(OWNER, email="customer@example.com")
# Valid and invalid requests by rule, without random ones.
BRIEF = ("--phases", "examples,coverage")
# Only `lunauth doctor` can call them: to every other client their path is unknown, whatever the method.
OF_DOCTOR = ("--exclude-operation-id-regex", "^probe")
# The outcomes that only unauthenticated callers get.
UNAUTHENTICATED: set[Outcome] = {
    ("setup", 201), ("verify", 302), ("verifyUnderPrefixGET", 302), ("verifyUnderPrefixHEAD", 302)}


class Caller:
    """One kind of caller, and what it has received."""

    def __init__(self, context: Context, name: str) -> None:
        self.context, self.name = context, name
        self.daemon = ContractDaemon(context.directory / "daemon")
        self.document = write_document(self.daemon, context.directory)
        self.outcomes = context.directory / "outcomes"
        self.outcomes.touch()

    def set_up(self) -> str:
        """Makes the owner; a token."""
        self.daemon.call("/auth/setup", {"username": "owner", **OWNER})
        return self.daemon.call("/auth/login", OWNER)["token"]

    def send(self, *options: str, token: str = "", owner: str = "") -> None:
        """Sends what the document allows and what it forbids, and compares the responses with it."""
        run_tool(
            self.context, "schemathesis", "--config-file", HERE / "schemathesis.toml", "run",
            self.document, *options, environment={
                **os.environ, "PYTHONPATH": str(HERE.parent), "PYTHONDONTWRITEBYTECODE": "1",
                "CONTRACT_ADDRESS": self.daemon.address,
                "CONTRACT_CALLER": self.name,
                "CONTRACT_TOKEN": token, "CONTRACT_OWNER": owner,
                "CONTRACT_OWNER_EMAIL": OWNER["email"], "CONTRACT_PASSWORD": OWNER["password"],
                "CONTRACT_SETUP_CODE": SETUP_CODE, "CONTRACT_MAILS": str(self.daemon.mails),
                "CONTRACT_OUTCOMES": str(self.outcomes),
                "SCHEMATHESIS_HOOKS": str(HERE / "hooks.py")})

    def finish(self, wanted: set[Outcome]) -> None:
        """Checks that the daemon gave every outcome that this caller can get, and had no error."""
        lines = set(self.outcomes.read_text().splitlines())
        met = {(name, int(status)) for name, status in map(str.split, lines)}
        for name, status in sorted(wanted):
            self.context.check(f"{name} responds with {status} at least once",
                               (name, status) in met)
        status = self.daemon.stop()
        self.context.check("the daemon exits with 0", status == 0, status)
        errors = self.daemon.errors()
        self.context.check("the log has no internal error", not errors, errors)


def run_owner(context: Context) -> None:
    """The owner, who may call every operation, also with random requests."""
    caller = Caller(context, "owner")
    token = caller.set_up()
    caller.send("--url", caller.daemon.address, "--exclude-tag", ADMIN_TAG, *OF_DOCTOR,
                "--max-examples", "40", token=token, owner=token)
    wanted = successes(caller.document, is_admin=False) - UNAUTHENTICATED
    caller.finish({each for each in wanted
                   if not needs_passkey(each) and not each[0].startswith("probe")})


def needs_passkey(outcome: Outcome) -> bool:
    """Whether an outcome needs a passkey, which a site of an IP address has not: the topic `factors`
    has them."""
    name = outcome[0]
    return name == "removePassword" or "asskey" in name and name != "passkeys"


def run_key(context: Context) -> None:
    """A customer's API key."""
    caller = Caller(context, "key")
    caller.set_up()
    customer = caller.daemon.call("/auth/signup", CUSTOMER)["token"]
    key = caller.daemon.call("/auth/api-keys", {"name": "contract"}, customer)["key"]
    caller.send("--url", caller.daemon.address, "--exclude-tag", ADMIN_TAG, *OF_DOCTOR, *BRIEF,
                token=key)
    caller.finish(set())


def run_unauthenticated(context: Context) -> None:
    """No credential: first setup, then everything."""
    caller = Caller(context, "unauthenticated")
    site = ["--url", caller.daemon.address]
    caller.send(*site, "--include-operation-id", "setup", "--phases", "coverage")
    caller.send(*site, "--exclude-tag", ADMIN_TAG, *OF_DOCTOR, *BRIEF)
    caller.finish(UNAUTHENTICATED)


def run_admin(context: Context) -> None:
    """The admin listener."""
    caller = Caller(context, "unauthenticated")
    caller.set_up()
    caller.send("--url", caller.daemon.admin_address, "--include-tag", ADMIN_TAG)
    wanted = successes(caller.document, is_admin=True)
    # For the operator alone, as whom a client does not pass that sends fields of its own.
    caller.finish({each for each in wanted if each[0] != "explainLocally"})
