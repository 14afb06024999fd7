"""What the kernel tells about a process (proc(5))."""

import os
import pathlib
import re


def cpu_seconds(pid: int) -> float:
    """The processor time it has used, in user space and in the kernel."""
    text = pathlib.Path(f"/proc/{pid}/stat").read_text()
    # The name in parentheses may contain anything; utime and stime are fields 14 and 15.
    fields = text.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def is_running(pid: int) -> bool:
    """Whether it has not ended; one that its parent does not ask about has, too."""
    try:
        text = pathlib.Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return text.rpartition(")")[2].split()[0] not in ("Z", "X")


def descriptors(pid: int) -> dict[int, str]:
    """Its open descriptors, and what each leads to."""
    found = {}
    for number in os.listdir(f"/proc/{pid}/fd"):
        try:
            found[int(number)] = os.readlink(f"/proc/{pid}/fd/{number}")
        except FileNotFoundError:
            continue
    return found


def threads(pid: int) -> list[int]:
    """The ids of its threads."""
    return [int(name) for name in os.listdir(f"/proc/{pid}/task")]


def children(pid: int) -> list[int]:
    """The processes that any of its threads started."""
    return [int(child) for thread in threads(pid) for child in
            pathlib.Path(f"/proc/{pid}/task/{thread}/children").read_text().split()]


def resident_bytes(pid: int) -> int:
    """The memory it occupies (VmRSS)."""
    text = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+) kB", text)[1]) * 1024
