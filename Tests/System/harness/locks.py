"""A database that another process has locked."""

import pathlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def locked(data: pathlib.Path) -> Iterator[None]:
    """Locks the database of a directory, as a backup or an operator in the shell of SQLite might."""
    base = sqlite3.connect(data / "lunauth.db", isolation_level=None, timeout=10)
    base.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        base.execute("ROLLBACK")
        base.close()
