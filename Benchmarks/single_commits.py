"""SQLite with a commit for each row: how many a second, and how long the disk's flush takes.

A process of its own, so that a slower disk can be preloaded into it. Arguments: an empty directory
and seconds. Prints commits a second and the milliseconds of a flush.
"""

import os
import pathlib
import sqlite3
import sys
import time

from harness import population


ITERATIONS = 1_000
FLUSHES = 50


def rate(directory: pathlib.Path, seconds: float) -> float:
    """Inserts accounts for a time: commits a second.

    One row is an account with its password, for which the daemon writes several: they cost the
    reference nothing.
    """
    database = sqlite3.connect(directory / "single.db", isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute(
        "CREATE TABLE accounts (key INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE,"
        " email TEXT NOT NULL UNIQUE, name TEXT NOT NULL, tier TEXT NOT NULL,"
        " role TEXT NOT NULL, status TEXT NOT NULL, password_hash TEXT NOT NULL,"
        " created_at INTEGER NOT NULL) STRICT")
    phc = population.password_hash(ITERATIONS)
    count, begin = 0, time.perf_counter()
    while (elapsed := time.perf_counter() - begin) < seconds:
        database.execute(
            "INSERT INTO accounts (id, email, name, tier, role, status, password_hash,"
            " created_at) VALUES (?, ?, '', 'free', 'user', 'active', ?, ?)",
            (os.urandom(16), population.email(count), phc, int(time.time() * 1000)))
        count += 1
    database.close()
    return count / elapsed


def flush_milliseconds(directory: pathlib.Path) -> float:
    """How long it takes to make a page durable."""
    with open(directory / "page", "wb", buffering=0) as file:
        begin = time.perf_counter()
        for _ in range(FLUSHES):
            file.write(b"\0" * 4096)
            os.fdatasync(file.fileno())
        return (time.perf_counter() - begin) / FLUSHES * 1000


if __name__ == "__main__":
    where = pathlib.Path(sys.argv[1])
    print(rate(where, float(sys.argv[2])), flush_milliseconds(where))
