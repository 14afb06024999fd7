"""What the files of other systems have of people, and what has to become of it.

Used by the Python that makes the files, too, so it imports nothing of the harness.
"""

import dataclasses
import json
import pathlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """A person in a file."""

    # The number of the line, or of the account in a file without lines.
    line: int
    email: str
    # Empty where the file has no hash of it.
    password: str = ""
    # What `lunauth user show` calls the hash.
    form: str = ""
    status: str = "active"
    is_verified: bool = False
    role: str = "user"
    # What the report says beside the outcome: of a refused one the reason.
    remark: str = ""
    is_refused: bool = False
    # The same to a reader, in other bytes: refused until the hash is lunauth's own.
    normalised: str = ""


def write(people: list[Person], file: pathlib.Path) -> None:
    """Writes people beside their file."""
    file.write_text(json.dumps([dataclasses.asdict(person) for person in people]))


def read(file: pathlib.Path) -> list[Person]:
    """Reads people."""
    return [Person(**members) for members in json.loads(file.read_text())]
