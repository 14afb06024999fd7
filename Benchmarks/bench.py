"""What every measurement gets: a plan, a directory, and a report for its findings."""

import pathlib
import sys
import time
from dataclasses import dataclass, field

from table import Report


@dataclass(frozen=True)
class Plan:
    """Rounds, and the seconds of single runs."""

    is_quick: bool
    rounds: int
    me_seconds: int
    side_rounds: int
    login_seconds: int
    storm_rounds: int
    storm_seconds: int
    signup_seconds: int
    starts: int
    growth_seconds: int
    sizes: tuple[int, ...]

    @staticmethod
    def full() -> "Plan":
        """The plan whose results are kept."""
        return Plan(False, 5, 2, 3, 4, 3, 4, 3, 10, 2, (1_000, 100_000, 1_000_000))

    @staticmethod
    def quick() -> "Plan":
        """A rough look."""
        return Plan(True, 2, 1, 1, 1, 1, 2, 1, 5, 1, (1_000, 100_000))


@dataclass
class Bench:
    """One run of the benchmark."""

    plan: Plan
    directory: pathlib.Path
    report: Report = field(default_factory=Report)
    began: float = field(default_factory=time.monotonic)

    def say(self, text: str) -> None:
        """Prints what is being done."""
        print(f"{time.monotonic() - self.began:5.0f} s  {text}", file=sys.stderr, flush=True)
