"""Virtual authenticators of Chromium, and a record of the ceremonies that it makes with them."""

import json
from dataclasses import dataclass

from factors.soft_key import Verifier
from pages.browser import Browser

RECORD = """
for (const verb of ["create", "get"]) {
    const real = navigator.credentials?.[verb].bind(navigator.credentials)
    if (!real) break
    navigator.credentials[verb] = async (options) => {
        const challenge = new Uint8Array(options.publicKey.challenge)
        const credential = await real(options)
        const text = btoa(String.fromCharCode(...challenge))
            .replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")
        const list = JSON.parse(sessionStorage.ceremonies ?? "[]")
        list.push({ verb, mediation: options.mediation ?? "", challenge: text,
                    credential: credential.toJSON() })
        sessionStorage.ceremonies = JSON.stringify(list)
        return credential
    }
}
"""
TAKE = """
const list = sessionStorage.ceremonies ?? "[]"
delete sessionStorage.ceremonies
return list
"""


@dataclass(frozen=True)
class Kind:
    """What an authenticator is: built in or plugged in, with a PIN or fingerprint or without, and
    whether its passkeys are synchronised."""

    transport: str = "internal"
    verifies: bool = True
    is_synced: bool = False


class VirtualKey:
    """An authenticator in a browser."""

    def __init__(self, browser: Browser, kind: Kind, helper: object) -> None:
        self.browser, self.kind, self.verifier = browser, kind, Verifier(helper)
        browser.command("Page.addScriptToEvaluateOnNewDocument", source=RECORD)
        browser.command("WebAuthn.enable", enableUI=False)
        self.id = browser.command("WebAuthn.addVirtualAuthenticator", options={
            "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": kind.transport,
            "hasResidentKey": True, "hasUserVerification": kind.verifies,
            "isUserVerified": kind.verifies, "automaticPresenceSimulation": True,
            "defaultBackupEligibility": kind.is_synced, "defaultBackupState": kind.is_synced,
        })["authenticatorId"]

    def touches(self, is_on: bool) -> None:
        """Whether its user touches it when it blinks."""
        self.browser.command("WebAuthn.setAutomaticPresenceSimulation", authenticatorId=self.id,
                             enabled=is_on)

    def recognizes(self, is_on: bool) -> None:
        """Whether it recognizes its user."""
        self.browser.command("WebAuthn.setUserVerified", authenticatorId=self.id,
                             isUserVerified=is_on)

    def passkeys(self) -> list[dict]:
        """What is stored in it."""
        return self.browser.command(
            "WebAuthn.getCredentials", authenticatorId=self.id)["credentials"]

    def clear(self) -> None:
        """Forgets all passkeys."""
        self.browser.command("WebAuthn.clearCredentials", authenticatorId=self.id)

    def ceremonies(self) -> list[dict]:
        """What was made since the last call, on pages of this site."""
        return json.loads(self.browser.run(TAKE))

    def opinion(self, ceremony: dict) -> dict:
        """What the other implementation says of it."""
        options = {"challenge": ceremony["challenge"]}
        if ceremony["verb"] == "create":
            return self.verifier.registers(ceremony["credential"], options, self.kind.verifies)
        return self.verifier.accepts(ceremony["credential"], options, self.kind.verifies)
