"""Faults on command: the layout of inject.c, which is preloaded into the daemon."""

import contextlib
import mmap
import pathlib
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

SOURCE = pathlib.Path(__file__).with_name("inject.c")

OPEN, READ, WRITE, SYNC, TRUNCATE, RENAME, UNLINK = (1 << bit for bit in range(7))
CHANGES = OPEN | WRITE | SYNC | TRUNCATE | RENAME | UNLINK
DIE = -1

HEAD = struct.Struct("=qq240s")
RULE = struct.Struct("=6i40s")
RULES = 4


@dataclass(frozen=True)
class Rule:
    """Which calls fail, and how; without an error they are only counted."""

    calls: int
    # errno, or DIE: the process is killed.
    error: int = 0
    # How many calls succeed first, and how many of a thousand fail then.
    skip: int = 0
    permille: int = 1000
    # What the path ends with.
    suffix: str = ""


class Injector:
    """What fails in one daemon, for files of one directory."""

    def __init__(self, directory: pathlib.Path, data: pathlib.Path) -> None:
        """Compiles the library, and shares its control file, both in a directory."""
        self.data = data
        self.library = directory / "inject.so"
        if not self.library.exists():
            subprocess.run(["clang", "-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o",
                            self.library, SOURCE, "-ldl"], check=True)
        self.path = directory / "faults"
        self.path.write_bytes(bytes(HEAD.size + RULES * RULE.size))
        with open(self.path, "r+b") as file:
            self.memory = mmap.mmap(file.fileno(), 0)
        self.set_clock(0)

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to be under its control."""
        return {"LD_PRELOAD": str(self.library), "FAULTS_CONTROL": str(self.path)}

    def set_clock(self, ahead: int, elapsed: int = 0) -> None:
        """Sets the wall clock so many seconds ahead, or back; the monotonic one only ever ahead."""
        HEAD.pack_into(self.memory, 0, ahead, elapsed, str(self.data).encode())

    def set_rule(self, index: int, rule: Rule) -> None:
        """Puts a rule into force."""
        RULE.pack_into(self.memory, HEAD.size + index * RULE.size, rule.calls, rule.error,
                       rule.skip, rule.permille, 0, 0, rule.suffix.encode())

    def hits(self, index: int) -> int:
        """How many calls a rule has counted."""
        return RULE.unpack_from(self.memory, HEAD.size + index * RULE.size)[5]

    def clear(self) -> None:
        """Lets every call succeed."""
        for index in range(RULES):
            self.set_rule(index, Rule(0))

    @contextlib.contextmanager
    def failing(self, *rules: Rule) -> Iterator[None]:
        """Lets calls fail for a while."""
        for index, rule in enumerate(rules):
            self.set_rule(index, rule)
        try:
            yield
        finally:
            self.clear()
