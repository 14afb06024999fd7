"""Where the daemons of the tests store accounts: SQLite, or PostgreSQL where the command line says so."""

import functools
import itertools
import os

from harness.postgresql import PostgreSQL

# For the processes that this one starts as well; no setting of a daemon.
VARIABLE = "TEST_STORE"
STORES = ["sqlite", "postgresql"]
NUMBERS = itertools.count(1)


@functools.cache
def server() -> PostgreSQL:
    """One for the whole run."""
    return PostgreSQL()


def settings() -> dict[str, object]:
    """The settings of a new daemon: an empty database, where it is not SQLite."""
    if os.environ.get(VARIABLE, "sqlite") == "sqlite":
        return {}
    return {"DATABASE": server().database(f"test{next(NUMBERS)}")}
