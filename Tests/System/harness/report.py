"""What a run has found: checks that passed or failed, and notes that are no checks."""

import threading
from collections.abc import Sequence

from harness.tables import markdown

# Of what was found instead.
DETAIL_LENGTH = 900


class Report:
    """Counts checks and prints them, those that pass only when that is wanted."""

    def __init__(self, is_verbose: bool = False) -> None:
        self.is_verbose = is_verbose
        self.passed = self.failed = 0
        self.failed_cases: set[str] = set()
        self.lock = threading.Lock()

    def check(self, case: str, claim: object, holds: object, found: object = "") -> None:
        """Counts one check; where it fails, prints what was found instead."""
        with self.lock:
            self.passed += bool(holds)
            self.failed += not holds
            if not holds:
                self.failed_cases.add(case)
                print(f"FAILED  {case}: {claim}: {str(found)[:DETAIL_LENGTH]}", flush=True)
            elif self.is_verbose:
                print(f"ok      {case}: {claim}", flush=True)

    def end(self, case: str, seconds: float) -> None:
        """Prints how a case has ended."""
        with self.lock:
            state = "FAILED" if case in self.failed_cases else "ok"
            print(f"{state:7} {case} ({seconds:.0f} s)", flush=True)

    def note(self, case: str, text: str) -> None:
        """Prints a finding that is no check."""
        with self.lock:
            print(f"        {case}: {text}", flush=True)

    def table(self, case: str, title: str, headings: Sequence[str],
              rows: Sequence[Sequence[str]]) -> None:
        """Prints a table of findings."""
        with self.lock:
            print(f"\n{case}: {title}\n\n{markdown(headings, rows)}\n", flush=True)
