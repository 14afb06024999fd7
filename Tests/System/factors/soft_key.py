"""A passkey of `soft-webauthn`, and what it does with a server."""

from factors.client import Client
from factors.environment import FACTORS, SOFT
from factors.helper import Helper
from factors.scene import SITE
from harness.process import Failure
from harness.site import HOST, Response

PROOF = {"reauthenticate": True}


def soft_keys() -> Helper:
    """The program with the passkeys."""
    return Helper(SOFT, "authenticator.py")


def verifiers() -> Helper:
    """The program with the second opinion."""
    return Helper(FACTORS, "verifier.py")


class SoftKey:
    """One passkey, honest where no `changes` are asked for."""

    def __init__(self, helper: Helper, name: str) -> None:
        self.helper, self.name = helper, name

    def create(self, options: dict, **changes: object) -> dict:
        """The response to options of registration."""
        return self.helper.ask(verb="create", device=self.name, options=options, origin=SITE,
                               changes=changes)

    def get(self, options: dict, **changes: object) -> dict:
        """The response to options of an assertion."""
        return self.helper.ask(verb="get", device=self.name, options=options, origin=SITE,
                               changes=changes)

    @staticmethod
    def creation_options(client: Client) -> dict:
        """What a server wants to be registered."""
        return public_key(client.send("POST", "/auth/passkeys/options"))

    @staticmethod
    def request_options(client: Client, **body: object) -> dict:
        """What a server wants to be signed."""
        return public_key(client.send("POST", "/auth/passkeys/challenge", body))

    def register(self, client: Client, name: str = "a key", **changes: object) -> Response:
        """Adds the passkey to an account, which has to succeed."""
        credential = self.create(self.creation_options(client), **changes)
        done = client.send("POST", "/auth/passkeys", {"credential": credential, "name": name})
        if done.status != 201:
            raise Failure(f"the passkey is not added: {done}")
        client.recovery_codes = done.json.get("recoveryCodes") or client.recovery_codes
        return done

    def sign_in(self, client: Client, **changes: object) -> Response:
        """Signs in without a name and a password."""
        credential = self.get(self.request_options(client), **changes)
        return client.send("POST", "/auth/passkeys/login", {"credential": credential})

    def second(self, client: Client, challenge: str, **changes: object) -> Response:
        """The second step after a password."""
        credential = self.get(self.request_options(client, challenge=challenge), **changes)
        return client.second(challenge, "passkey", credential)

    def prove(self, client: Client, **changes: object) -> Response:
        """Proves the passkey once more, which has to succeed."""
        credential = self.get(self.request_options(client, **PROOF), **changes)
        done = client.send("POST", "/auth/reauthenticate", {
            "method": "passkey", "credential": credential})
        if done.status != 200:
            raise Failure(f"the passkey is no proof: {done}")
        return done


class Verifier:
    """PyPI `webauthn`, which remembers a passkey as a server does."""

    def __init__(self, helper: Helper) -> None:
        self.helper = helper
        self.key, self.count = "", 0

    def registers(self, credential: dict, options: dict, verified: bool = False) -> dict:
        """Its opinion of a registration."""
        answer = self.helper.ask(credential=credential, challenge=options["challenge"], rp=HOST,
                                 origin=SITE, verified=verified)
        if answer["accepts"]:
            self.key, self.count = answer["key"], answer["count"]
        return answer

    def accepts(self, credential: dict, options: dict, verified: bool = False) -> dict:
        """Its opinion of an assertion."""
        answer = self.helper.ask(credential=credential, challenge=options["challenge"], rp=HOST,
                                 origin=SITE, verified=verified, key=self.key, count=self.count)
        if answer["accepts"]:
            self.count = answer["count"]
        return answer


def public_key(response: Response) -> dict:
    """The options in a response."""
    if "publicKey" not in response.json:
        raise Failure(f"no options: {response}")
    return response.json["publicKey"]
