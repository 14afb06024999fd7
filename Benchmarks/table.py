"""What was found: rows with their targets, and their Markdown."""

import re
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

AT_LEAST, AT_MOST = "≥", "≤"


@dataclass(frozen=True)
class Target:
    """What a ratio has to reach, or must not exceed."""

    sign: str
    value: float

    def __str__(self) -> str:
        return f"{self.sign} {self.value:.2f}"

    def is_met(self, ratio: float) -> bool:
        """Whether a ratio, as it is printed, is good enough."""
        ratio = round(ratio, 2)
        return ratio >= self.value if self.sign == AT_LEAST else ratio <= self.value


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    ours: str
    reference: str = "–"
    ratio: float | None = None
    spread: tuple[float, float] | None = None
    target: Target | None = None
    # Where the target is no ratio of two measurements.
    limit: str | None = None

    @property
    def is_met(self) -> bool | None:
        """Whether the target is met; None without one."""
        return self.target.is_met(self.ratio) if self.target and self.ratio is not None else None

    @property
    def verdict(self) -> str:
        """The last column."""
        return {True: "met", False: "missed", None: ""}[self.is_met]

    @property
    def ratio_text(self) -> str:
        """The ratio with its spread."""
        if self.ratio is None:
            return ""
        if not self.spread:
            return f"{self.ratio:.2f}"
        return f"{self.ratio:.2f} ({self.spread[0]:.2f}–{self.spread[1]:.2f})"

    @property
    def cells(self) -> list[str]:
        """The columns."""
        target = self.limit or (str(self.target) if self.target else "")
        return [self.what, self.ours, self.reference, self.ratio_text, target, self.verdict]


HEADINGS = ["what", "lunauth", "reference", "ratio", "target", "met"]


@dataclass
class Report:
    """All that is printed."""

    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    efficiency: list[list[str]] = field(default_factory=list)
    costs: list[tuple[str, float]] = field(default_factory=list)

    def compare(self, what: str, ours: Sequence[float], reference: Sequence[float],
                show: Callable[[float], str], named: str = "", target: Target | None = None,
                limit: str | None = None) -> Row:
        """Adds a row of two series: medians, and the median of the ratios of each round."""
        ratios = [mine / other for mine, other in zip(ours, reference, strict=True)]
        row = Row(what, spread(ours, show), f"{named}{spread(reference, show)}",
                  statistics.median(ratios), (min(ratios), max(ratios)), target, limit)
        self.rows.append(row)
        return row

    def within(self, what: str, found: Sequence[float], limit: float,
               show: Callable[[float], str]) -> None:
        """Adds a row for a series whose median must not exceed a limit."""
        self.rows.append(Row(what, spread(found, show), f"limit {show(limit)}",
                             statistics.median(found) / limit, None, Target(AT_MOST, 1),
                             f"≤ {show(limit)}"))

    def tell(self, what: str, ours: str, reference: str = "–") -> None:
        """Adds a row without a target."""
        self.rows.append(Row(what, ours, reference))


def spread(values: Sequence[float], show: Callable[[float], str]) -> str:
    """The median, with the smallest and the largest where there are several."""
    middle = show(statistics.median(values))
    if len(values) == 1:
        return middle
    low, high = (re.match(r"[\d,.]+", show(value))[0] for value in (min(values), max(values)))
    return f"{middle} ({low}–{high})"
