"""What the script finds, as lines of JSON for the machine outside."""

import json
import os
import time
import traceback
from collections.abc import Callable

# A file of the machine outside, or the second serial port of qemu.
PORTS = ("/results", "/dev/ttyS1")


class Report:
    """Writes each finding at once: a machine that stops has said what it knew."""

    def __init__(self) -> None:
        name = next(name for name in PORTS if os.path.exists(name))
        self.port = open(name, "w", buffering=1)

    def check(self, claim: str, holds: object, found: object = "") -> None:
        """One check."""
        self._write(claim=claim, holds=bool(holds), found=str(found)[-900:])

    def skip(self, reason: str) -> None:
        """A check that cannot be made here."""
        self._write(note=f"!!! SKIPPED: {reason}")

    def run(self, step: Callable[["Report"], None]) -> None:
        """Runs a step; an error is a check that failed."""
        begin = time.monotonic()
        name = f"{step.__module__}.{step.__name__}"
        try:
            step(self)
        except Exception:
            self.check(f"{name} runs to its end", False, traceback.format_exc())
        self._write(note=f"{name} ({time.monotonic() - begin:.1f} s)")

    def end(self) -> None:
        """The last step has ended."""
        self._write(over=True)
        self.port.close()

    def _write(self, **entry: object) -> None:
        self.port.write(json.dumps(entry) + "\n")
