"""`soft-webauthn` as an authenticator that can be made to lie; runs in an environment of its own.

Each line is a ceremony: `verb`, `device`, the `options` of the server, the `origin` of the page,
and `changes`, by which the response is not what an honest authenticator in an honest browser sends.
"""

import base64
import hashlib
import json
import struct
import sys

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from soft_webauthn import SoftWebauthnDevice

PRESENT, VERIFIED, ELIGIBLE, BACKED_UP, ATTESTED = 0x01, 0x04, 0x08, 0x10, 0x40
DEVICES: dict[str, SoftWebauthnDevice] = {}


def octets(text: str) -> bytes:
    """The bytes of a Base64url text."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def text(data: bytes) -> str:
    """The Base64url text of bytes."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def authenticator_data(data: bytes, flags: int, changes: dict) -> bytes:
    """Authenticator data with other flags, another RP, another counter, or bytes behind its end."""
    rp = hashlib.sha256(changes["rp"].encode()).digest() if "rp" in changes else data[:32]
    count = struct.pack(">I", changes["count"]) if "count" in changes else data[33:37]
    return rp + bytes([changes.get("flags", flags)]) + count + data[37:] + octets(
        changes.get("trailing", ""))


def client_data(data: bytes, changes: dict) -> bytes:
    """Client data with other members, or another text."""
    members = {**json.loads(data), "crossOrigin": False, **changes.get("client", {})}
    whole = json.dumps({name: value for name, value in members.items() if value is not None})
    return (changes.get("clientText") or whole).encode()


def create(device: SoftWebauthnDevice, options: dict, origin: str, changes: dict) -> dict:
    """The response to `navigator.credentials.create()`."""
    made = device.create({"publicKey": {
        **options, "attestation": "none", "challenge": octets(options["challenge"]),
        "pubKeyCredParams": [{"alg": -7, "type": "public-key"}],
        "user": {**options["user"], "id": octets(options["user"]["id"])}}}, origin)
    attestation = cbor.decode(made["response"]["attestationObject"])
    data = authenticator_data(attestation["authData"], PRESENT | VERIFIED | ATTESTED, changes)
    if "otherAlgorithm" in changes:
        # The COSE key has `1: 2, 3: -7, -1: 1`; EdDSA, -8, belongs to another type of key.
        data = data.replace(b"\x01\x02\x03\x26\x20", b"\x01\x02\x03\x27\x20")
    attestation = {**attestation, "authData": data, **changes.get("attestation", {})}
    response = {
        "clientDataJSON": text(client_data(made["response"]["clientDataJSON"], changes)),
        "attestationObject": text(cbor.encode(attestation) + octets(
            changes.get("behindAttestation", ""))),
        "transports": ["internal"]}
    return credential(device, response, changes)


def get(device: SoftWebauthnDevice, options: dict, origin: str, changes: dict) -> dict:
    """The response to `navigator.credentials.get()`."""
    made = device.get({"publicKey": {
        **options, "rpId": device.rp_id, "challenge": octets(options["challenge"])}}, origin)
    data = authenticator_data(made["response"]["authenticatorData"], PRESENT | VERIFIED, changes)
    client = client_data(made["response"]["clientDataJSON"], changes)
    key = DEVICES[changes["signer"]].private_key if "signer" in changes else device.private_key
    signature = key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
    if "tampered" in changes:
        signature = signature[:-1] + bytes([signature[-1] ^ 1])
    handle = changes.get("handle", text(device.user_handle))
    response = {"clientDataJSON": text(client), "authenticatorData": text(data),
                "signature": text(signature), "userHandle": handle}
    return credential(device, response, changes)


def credential(device: SoftWebauthnDevice, response: dict, changes: dict) -> dict:
    """A credential as browsers write it as JSON."""
    id = changes.get("id", text(device.credential_id))
    return {"id": id, "rawId": id, "type": "public-key", "authenticatorAttachment": "platform",
            "clientExtensionResults": {}, "response": {**response, **changes.get("response", {})}}


for line in sys.stdin:
    question = json.loads(line)
    verb = {"create": create, "get": get}[question["verb"]]
    device = DEVICES.setdefault(question["device"], SoftWebauthnDevice())
    print(json.dumps(verb(device, question["options"], question["origin"], question["changes"])),
          flush=True)
