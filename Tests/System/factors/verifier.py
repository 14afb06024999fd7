"""PyPI `webauthn` as the verifier of one ceremony a line; runs in an environment of its own."""

import base64
import json
import sys

import webauthn


def octets(text: str) -> bytes:
    """The bytes of a Base64url text."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def text(data: bytes) -> str:
    """The Base64url text of bytes."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def verify(question: dict) -> dict:
    """What the package says of a ceremony."""
    expected = {
        "credential": question["credential"], "expected_challenge": octets(question["challenge"]),
        "expected_rp_id": question["rp"], "expected_origin": question["origin"],
        "require_user_verification": question["verified"]}
    if "key" not in question:
        done = webauthn.verify_registration_response(**expected)
        return {"accepts": True, "key": text(done.credential_public_key), "count": done.sign_count,
                "synced": done.credential_backed_up}
    done = webauthn.verify_authentication_response(
        **expected, credential_public_key=octets(question["key"]),
        credential_current_sign_count=question["count"])
    return {"accepts": True, "count": done.new_sign_count}


for line in sys.stdin:
    try:
        answer = verify(json.loads(line))
    except Exception as error:  # Whatever it stumbles over, it does not accept.
        answer = {"accepts": False, "reason": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
