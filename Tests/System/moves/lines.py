"""Files of lunauth with many accounts."""

import json
import pathlib

from harness.accounts import PASSWORD
from harness.population import email, password_hash

# One hash for all: making others would take longer than importing them.
ITERATIONS = 1000


def write(file: pathlib.Path, count: int) -> None:
    """Writes a file of so many accounts, each with the password of all accounts."""
    text = password_hash(ITERATIONS)
    with open(file, "w") as lines:
        for number in range(count):
            lines.write(json.dumps({
                "type": "account", "email": email(number), "name": f"User {number}",
                "passwordHash": text}, separators=(",", ":")) + "\n")


__all__ = ["PASSWORD", "email", "write"]
