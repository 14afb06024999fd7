#!/usr/bin/env python3
"""Proves an export of lunauth's audit record with public keys alone: verify.py EXPORT KEY..."""
import json, sys
from datetime import datetime
from hashlib import sha256
from uuid import UUID
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

def fields(values):  # each with its length, so that none passes for a part of another; None is not ""
    values = [value.bytes if isinstance(value, UUID) else value.encode() if isinstance(value, str) else value
              for value in values]
    return b"".join(b"\xff" * 4 if value is None else len(value).to_bytes(4, "big") + value for value in values)

def commitment(part, read):  # to personal data, which are as it says, or erased with their salt
    if part.keys() != {"commitment"}:
        data = bytes.fromhex(part["salt"]) + fields(read(part))
        if sha256(b"\1" + data).hexdigest() != part["commitment"]:
            raise ValueError("its client or its details are not what it commits to")
    return bytes.fromhex(part["commitment"])

def digest(event):  # what the chain holds of an event
    actor = event["actor"]
    return sha256(b"lunauth event 1\n" + fields([
        UUID(event["id"]), str(round(datetime.fromisoformat(event["time"]).timestamp() * 1000)), event["kind"],
        actor["kind"], *(UUID(actor[name]) for name in ("account", "key") if actor[name]),
        *(name for name in [actor["user"]] if name is not None),
        *(event[name] and UUID(event[name]) for name in ("subject", "object")),
        commitment(event["client"], lambda part: [part["address"], part["userAgent"]]),
        commitment(event["details"], lambda part: [
            change[name] for change in part["changes"] for name in ("name", "from", "to")])])).digest()

def verify(lines, keys):
    """Returns the last checkpoint; raises an exception at the first line that is wrong."""
    number, link, last, signed = 0, bytes(32), {}, None
    for line, text in enumerate(lines, 1):
        try:
            entry = json.loads(text)
            if event := entry.get("event"):
                if number and (number == 1 or number % 1000 == 0) and signed != number:
                    raise ValueError("the checkpoint behind the event is missing")
                number += 1
                link = sha256(b"lunauth link 1\n" + number.to_bytes(8, "big") + link + digest(event)).digest()
                if (event["number"], event["link"]) != (number, link.hex()):
                    raise ValueError(f"event {number} is changed, removed, inserted or in another place")
                continue
            if entry["key"] not in keys:
                raise ValueError("the key of the checkpoint is not trusted")
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(entry["key"])).verify(
                bytes.fromhex(entry["signature"]), entry["checkpoint"].encode())
            point = dict(part.split(" ", 1) for part in entry["checkpoint"].splitlines()[1:])
            if line == 1:  # what is before it was purged, or is older than the export
                number, link = int(point["number"]), bytes.fromhex(point["link"])
            if (point["number"], point["link"]) != (str(number), link.hex()) or (
                    point["origin"] != last.get("origin", point["origin"])):
                raise ValueError("the checkpoint is of another chain, or events before it are missing")
            keys, last, signed = [*keys, point.get("successor")], point, number
        except (ValueError, KeyError, TypeError, AttributeError, InvalidSignature) as error:
            raise SystemExit(f"broken at line {line}, event {number}: {str(error) or 'the signature is wrong'}")
    if signed != number:
        raise SystemExit(f"broken at event {number}: the checkpoint behind it is missing")
    return last

if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as lines:
        last = verify(lines, sys.argv[2:])
    print(f"intact: to event {last['number']}, signed at {last['time']}")
