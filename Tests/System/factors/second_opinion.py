"""The ceremonies of the unit tests, honest and not, judged by PyPI `webauthn` as well.

`make test` writes them, each with what lunauth made of it. Both have to accept or to refuse, but for
the rules that only one of them has.
"""

import json
import pathlib
from collections import Counter

from factors.environment import FACTORS
from factors.helper import Helper
from harness.paths import ROOT
from harness.process import Failure
from harness.topic import Context

CEREMONIES = ROOT / ".build/ceremonies"

# Rules that the package leaves to its caller, or to the verification of the first signature.
LEFT_OUT = {"cross_origin", "top_origin", "backup_eligibility", "user_handle", "credential_id",
            "key_type", "malformed_key", "size"}

# Texts and encodings that only lunauth refuses: its readers are stricter.
LENIENT = {
    "a challenge with unused bits", "a padded challenge",
    "a challenge twice", "an origin twice", "a type twice, once escaped",
    "an unknown member twice", "a frame that is a text", "a frame that is null",
    "the page around null", "half a surrogate pair", "client data in UTF-16",
    "client data nested too deep",
    "a byte behind the attestation", "two attestations", "an attestation with one member more",
    "an attestation of indefinite length", "a statement that is an array",
    "a key in another order", "extensions in an array", "extensions nested too deep",
    "65 extensions", "a protection that is a text", "a secret that was not asked for",
}

# Attestations that the package verifies, and that lunauth neither asks for nor trusts.
UNTRUSTED = {f"W3C {name} accepted" for name in (
    "tpm-es256", "android-key-es256", "apple-es256", "fido-u2f-es256")}

# At least so many refusals of the package's own: beneath it, the table above hides too much.
FEWEST_REFUSALS = 60


def run(context: Context) -> None:
    """Asks for the opinion of every ceremony."""
    files = sorted(CEREMONIES.glob("*.json"))
    if not files:
        raise Failure(f"no ceremonies in {CEREMONIES}: run `make test FILTER=WebAuthnTests`")
    both = Counter()
    with Helper(FACTORS, "verifier.py") as verifier:
        for file in files:
            record = read(file)
            opinion = verifier.ask(**question(record))
            accepted, name = record["expected"] == "accepted", record["name"]
            if opinion["accepts"] == accepted:
                both[accepted] += 1
            else:
                context.check(
                    f"both {'accept' if accepted else 'refuse'} {record['type']} with {name}",
                    name in UNTRUSTED if accepted
                    else name in LENIENT or record["expected"] in LEFT_OUT, (record, opinion))
    context.check("both refuse what breaks their common rules", both[False] >= FEWEST_REFUSALS, both)
    context.check("both accept what is honest", both[True] > 0, both)


def read(file: pathlib.Path) -> dict:
    """One ceremony."""
    return json.loads(file.read_text())


def question(record: dict) -> dict:
    """A ceremony as the verifier is asked about it."""
    asked = {"credential": record["credential"], "challenge": record["challenge"],
             "rp": record["rpId"], "origin": record["origin"], "verified": record["userVerification"]}
    if "publicKey" in record:
        asked |= {"key": record["publicKey"], "count": record["signCount"]}
    return asked
