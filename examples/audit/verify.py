#!/usr/bin/env python3
"""Proves an export of lunauth's audit record with public keys alone: verify.py EXPORT KEY..."""
import json, sys, uuid
from datetime import datetime
from hashlib import sha256
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

def fields(values):  # each with its length, so that none passes for a part of another; None is not ""
    return b"".join(b"\xff" * 4 if value is None else len(value).to_bytes(4, "big") + value for value in (
        value.encode() if isinstance(value, str) else value for value in values))

def commitment(part, read):  # to personal data, which are as it says, or erased with their salt
    if part.keys() != {"commitment"} and part["commitment"] != (
            sha256(b"\1" + bytes.fromhex(part["salt"]) + fields(read(part))).hexdigest()):
        raise ValueError("its client or its details are not what it commits to")
    return bytes.fromhex(part["commitment"])

def digest(event):  # what the chain holds of an event
    actor, milliseconds = event["actor"], datetime.fromisoformat(event["time"]).timestamp() * 1000
    return sha256(b"lunauth event 1\n" + fields([
        uuid.UUID(event["id"]).bytes, str(round(milliseconds)), event["kind"], actor["kind"],
        *(uuid.UUID(actor[name]).bytes for name in ("account", "key") if actor[name]),
        *(name for name in [actor["user"]] if name is not None),
        *(event[name] and uuid.UUID(event[name]).bytes for name in ("subject", "object")),
        commitment(event["client"], lambda part: [part["address"], part["userAgent"]]),
        commitment(event["details"], lambda part: [
            change[name] for change in part["changes"] for name in ("name", "from", "to")])])).digest()

def verify(lines, keys):  # returns the last checkpoint; a trusted key vouches for all before and after it
    number, link, signed, key, point, is_trusted = 0, bytes(32), None, None, {}, False
    for line, text in enumerate(lines, 1):
        try:
            entry = json.loads(text)
            if event := entry.get("event"):
                if signed != number and (number == 1 or number and number % 1000 == 0):
                    raise ValueError("the checkpoint behind the event is missing")
                number += 1
                link = sha256(b"lunauth link 1\n" + number.to_bytes(8, "big") + link + digest(event)).digest()
                if (event["number"], event["link"]) != (number, link.hex()):
                    raise ValueError("it is changed, removed, inserted or in another place")
                continue
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(entry["key"])).verify(
                bytes.fromhex(entry["signature"]), entry["checkpoint"].encode())
            last, point = point, dict((part.split(" ", 1) for part in entry["checkpoint"].splitlines()[1:]),
                                      hash=sha256(entry["checkpoint"].encode()).hexdigest())
            if line == 1:  # what is before it was purged, or is older than the export
                number, link = int(point["number"]), bytes.fromhex(point["link"])
            if (point["number"], point["link"], entry["key"], point.get("previous")) != (
                    str(number), link.hex(), key or entry["key"], last.get("hash", point.get("previous"))):
                raise ValueError("the checkpoint is of another chain or key, or what is before it is missing")
            signed, key, is_trusted = number, point.get("successor", entry["key"]), is_trusted or entry["key"] in keys
        except Exception as error:
            raise SystemExit(f"broken at line {line}, event {number}: {str(error) or 'the signature is wrong'}")
    if signed != number or not is_trusted:
        raise SystemExit(f"broken at event {number}: no trusted key signed its checkpoint")
    return point

if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as lines:
        print("intact: to event {number}, signed at {time}".format(**verify(lines, sys.argv[2:])))
