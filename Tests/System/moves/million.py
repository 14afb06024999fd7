"""How long a million accounts take, and how much memory."""

import hashlib
import os
import pathlib
import subprocess
import time

from harness.machine import description
from harness.postgresql import PostgreSQL
from harness.process import Failure
from harness.topic import Context
from moves.lines import write
from moves.scene import Scene

COUNT = 1_000_000


def run(context: Context) -> None:
    """Imports, exports, and compares, on either kind of database."""
    context.note(description())
    file = context.directory / "accounts"
    write(file, COUNT)
    server = PostgreSQL()
    try:
        rows, digests = [], {}
        for name, settings in (("SQLite", {}), ("PostgreSQL", {"DATABASE": server.database("many")})):
            scene = Scene(context, name, is_empty=True, **settings)
            scene.daemon.stop()
            source = digests and context.directory / "SQLite.export" or file
            written = context.directory / f"{name}.export"
            for verb, arguments in (("import", ["import", source]), ("export", ["export", written]),
                                    ("compare", ["import", "--verify", written])):
                seconds, peak = measure(scene, arguments)
                rows.append([name, verb, f"{seconds:.0f} s", f"{peak >> 20} MiB"])
            digests[name] = digest(written)
        context.check("both exports are the same file", len(set(digests.values())) == 1, digests)
        context.table(f"{COUNT:,} accounts", ["Database", "Command", "Time", "Peak memory"], rows)
    finally:
        server.stop()


def measure(scene: Scene, arguments: list) -> tuple[float, int]:
    """Seconds and peak memory in bytes of a command, which has to succeed."""
    begin = time.monotonic()
    process = subprocess.Popen(
        [scene.daemon.binary, *map(str, arguments)], env=scene.daemon.environment(),
        cwd=scene.daemon.directory, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    text = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise Failure(f"{arguments[0]}: {text[-600:]}")
    return time.monotonic() - begin, usage.ru_maxrss << 10


def digest(file: pathlib.Path) -> str:
    """The digest of a file."""
    with open(file, "rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
