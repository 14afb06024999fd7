"""What all trials are given: a directory, and where their checks and findings go."""

import pathlib
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from table import markdown


@dataclass
class Trial:
    """One run of the trials."""

    directory: pathlib.Path
    failed: list[str] = field(default_factory=list)
    passed: int = 0
    began: float = field(default_factory=time.monotonic)

    def say(self, text: str) -> None:
        """Tells whoever waits what is being done."""
        print(f"{time.monotonic() - self.began:5.0f} s  {text}", file=sys.stderr, flush=True)

    def check(self, promise: str, is_kept: bool, detail: object = "") -> None:
        """Notes whether a promise was kept; where not, what was found instead."""
        if is_kept:
            self.passed += 1
        else:
            self.failed.append(promise)
        print(f"{'passed' if is_kept else 'FAILED'}  {promise}"
              + ("" if is_kept else f": {str(detail)[:1000]}"), flush=True)

    def note(self, text: str) -> None:
        """A finding that is no check."""
        print(f"        {text}", flush=True)

    def tabulate(self, title: str, headings: Sequence[str],
                 rows: Sequence[Sequence[str]]) -> None:
        """A table of findings."""
        print(f"\n{title}\n\n{markdown(headings, rows)}\n", flush=True)
