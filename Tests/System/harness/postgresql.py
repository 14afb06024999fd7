"""A PostgreSQL server of its own, with a Unix socket as its only address."""

import os
import pathlib
import subprocess

from harness.paths import ROOT
from harness.process import Failure

SERVE = ROOT / "Tests/Support/PostgreSQL/serve"


class PostgreSQL:
    """A server that ends with this process, or with `stop`."""

    def __init__(self) -> None:
        self.programs = self.find()
        if not self.programs:
            raise Failure("PostgreSQL is not installed: apt-get install postgresql")
        # It runs as long as its input is open.
        self.process = subprocess.Popen(
            [SERVE, self.programs], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, start_new_session=True)
        self.directory = self.process.stdout.readline().strip()
        if not self.directory:
            raise Failure(f"PostgreSQL does not start: {self.process.stderr.read()[-600:]}")

    @staticmethod
    def find() -> str | None:
        """The directory of its programs: the newest, or what the environment names."""
        if named := os.environ.get("LUNAUTH_POSTGRESQL"):
            return named
        found = pathlib.Path("/usr/lib/postgresql").glob("[0-9]*/bin/initdb")
        newest = max(found, key=lambda path: int(path.parts[-3]), default=None)
        return newest and str(newest.parent)

    def database(self, name: str) -> str:
        """Makes a database; its address."""
        subprocess.run([f"{self.programs}/createdb", "-h", self.directory, "-U", "lunauth", name],
                       check=True, capture_output=True, timeout=60)
        return f"postgres://lunauth@/{name}?host={self.directory}"

    def stop(self) -> None:
        """Ends it, and removes its files."""
        self.process.stdin.close()
        self.process.wait(30)
