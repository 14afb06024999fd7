"""The database, locked by another process."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from pages.daemon import PagesDaemon


@contextmanager
def locked_database(daemon: PagesDaemon) -> Iterator[None]:
    """Nothing can be written inside the block."""
    base = sqlite3.connect(daemon.data / "lunauth.db", isolation_level=None)
    try:
        base.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        base.close()
