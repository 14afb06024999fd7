"""The system calls that the unit allows, as a filter of the kernel for a process."""

import ctypes
import functools
import re
import subprocess

from harness.paths import ROOT

UNIT = ROOT / "deploy/lunauth.service"
ALLOW, KILL, PERMISSION = 0x7FFF0000, 0x80000000, 0x00050000 | 1
NO_NEW_PRIVILEGES = 38
INET, INET6, UNIX = 2, 10, 1
PROT_WRITE, PROT_EXEC = 2, 4
EQUAL, MASKED_EQUAL = 4, 7


class Comparison(ctypes.Structure):
    """`struct scmp_arg_cmp`."""

    _fields_ = [("argument", ctypes.c_uint), ("operator", ctypes.c_int),
                ("first", ctypes.c_uint64), ("second", ctypes.c_uint64)]


@functools.cache
def library() -> ctypes.CDLL:
    """libseccomp, which systemd itself uses."""
    loaded = ctypes.CDLL("libseccomp.so.2", use_errno=True)
    loaded.seccomp_init.restype = ctypes.c_void_p
    loaded.seccomp_load.argtypes = [ctypes.c_void_p]
    loaded.seccomp_rule_add_array.argtypes = [
        ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint, ctypes.c_void_p]
    return loaded


def members(name: str) -> set[str]:
    """The system calls behind a name in the unit: of a group, with the groups in it."""
    if not name.startswith("@"):
        return {name}
    text = subprocess.run(["systemd-analyze", "syscall-filter", "--no-pager", name], check=True,
                          capture_output=True, text=True).stdout
    words = [line.split("#")[0].strip() for line in text.splitlines()[1:]]
    return set().union(*(members(word) for word in words if word))


def allowed() -> set[str]:
    """What is left when the lines of the unit are applied, one after the other."""
    # What systemd adds to every list that allows.
    calls = members("@default")
    for line in re.findall(r"^SystemCallFilter=(.*)$", UNIT.read_text(), re.M):
        named = set().union(*(members(word) for word in line.lstrip("~").split()))
        calls = calls - named if line.startswith("~") else calls | named
    return calls


def add(context: int, action: int, call: str, *comparisons: Comparison) -> None:
    """Adds a rule, unless the machine has no such call."""
    number = library().seccomp_syscall_resolve_name(call.encode())
    if number < 0:
        return
    array = (Comparison * len(comparisons))(*comparisons)
    status = library().seccomp_rule_add_array(context, action, number, len(comparisons), array)
    if status < 0:
        raise OSError(-status, f"no rule for {call}")


class Filter:
    """Both filters of the unit: its list, and what it says about arguments of allowed calls."""

    def __init__(self, forbidden: int) -> None:
        """With what a forbidden call does."""
        self.calls = library().seccomp_init(forbidden)
        for call in allowed():
            add(self.calls, ALLOW, call)
        self.arguments = library().seccomp_init(ALLOW)
        # MemoryDenyWriteExecute=
        both = PROT_WRITE | PROT_EXEC
        add(self.arguments, forbidden, "mmap", Comparison(2, MASKED_EQUAL, both, both))
        add(self.arguments, forbidden, "mprotect", Comparison(2, MASKED_EQUAL, PROT_EXEC, PROT_EXEC))
        # RestrictAddressFamilies=: never deadly, since the resolver asks the kernel for its addresses
        # (AF_NETLINK) and does without them.
        for family in set(range(64)) - {UNIX, INET, INET6}:
            add(self.arguments, PERMISSION, "socket", Comparison(0, EQUAL, family, 0))

    def enter(self) -> None:
        """Confines the calling process, for good."""
        if ctypes.CDLL(None).prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0):
            raise OSError("no_new_privs")
        for context in (self.arguments, self.calls):
            status = library().seccomp_load(context)
            if status < 0:
                raise OSError(-status, "the kernel does not accept the filter")
