"""A search for texts in the memory of a process."""

import pathlib
import re
from collections.abc import Iterator


def writable_ranges(pid: int) -> Iterator[tuple[int, int, str]]:
    """Start, end and name of what the process can write to: heap, stacks, data."""
    for line in pathlib.Path(f"/proc/{pid}/maps").read_text().splitlines():
        found = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw\S+ \S+ \S+ \S+\s*(.*)", line)
        if found:
            yield int(found[1], 16), int(found[2], 16), found[3]


def occurrences(pid: int, texts: dict[str, bytes]) -> dict[str, list[str]]:
    """Where each text is, by its name; only root can read the memory."""
    found: dict[str, list[str]] = {name: [] for name in texts}
    with open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for start, end, name in writable_ranges(pid):
            try:
                memory.seek(start)
                content = memory.read(end - start)
            except OSError:
                continue
            for text, pattern in texts.items():
                for match in re.finditer(re.escape(pattern), content):
                    found[text].append(f"{name or 'heap'}+{match.start():#x}")
    return found
