"""Faults on command: the layout of inject.c, which is preloaded into the daemon."""

import contextlib
import mmap
import pathlib
import struct
import subprocess

HERE = pathlib.Path(__file__).resolve().parent

OPEN, READ, WRITE, SYNC, TRUNCATE, RENAME, UNLINK = (1 << bit for bit in range(7))
CHANGES = OPEN | WRITE | SYNC | TRUNCATE | RENAME | UNLINK
DIE = -1

HEAD = struct.Struct("=qq240s")
RULE = struct.Struct("=6i40s")
RULES = 4


def build(directory):
    """Compiles the library that is preloaded."""
    library = directory / "inject.so"
    subprocess.run(["clang", "-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", library,
                    HERE / "inject.c", "-ldl"], check=True)
    return library


class Injector:
    """What is to go wrong in one daemon."""

    def __init__(self, library, directory, data):
        self.library, self.data = library, data
        self.path = directory / "faults"
        self.path.write_bytes(bytes(HEAD.size + RULES * RULE.size))
        with open(self.path, "r+b") as file:
            self.memory = mmap.mmap(file.fileno(), 0)
        self.set_clock(0)

    @property
    def environment(self):
        return {"LD_PRELOAD": str(self.library), "FAULTS_CONTROL": str(self.path)}

    def set_clock(self, ahead, elapsed=0):
        """Sets the wall clock so many seconds ahead, or back; the monotonic one only ever ahead."""
        HEAD.pack_into(self.memory, 0, ahead, elapsed, str(self.data).encode())

    def set_rule(self, index, calls, error=0, skip=0, permille=1000, suffix=""):
        RULE.pack_into(self.memory, HEAD.size + index * RULE.size, calls, error, skip, permille,
                       0, 0, suffix.encode())

    def hits(self, index):
        """How many calls a rule has met."""
        return RULE.unpack_from(self.memory, HEAD.size + index * RULE.size)[5]

    def clear(self):
        for index in range(RULES):
            self.set_rule(index, 0)

    @contextlib.contextmanager
    def failing(self, *rules):
        """Lets calls fail: for each rule the arguments of `set_rule`."""
        for index, (calls, error, options) in enumerate(rules):
            self.set_rule(index, calls, error, **options)
        try:
            yield
        finally:
            self.clear()
