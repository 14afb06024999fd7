"""Whether two sets of samples differ: Welch's t as in dudect, and Mann-Whitney's U."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

# What dudect (Reparaz, Balasch, Verbauwhede 2017) takes for evidence of a difference.
THRESHOLD = 4.5
# Interrupts and other work make single samples long, and are the same for both: the slowest go.
KEPT = 0.9


@dataclass(frozen=True)
class Comparison:
    """Two sets of samples beside each other."""

    # The difference of the medians, in the unit of the samples.
    difference: float
    # Welch's t of the samples below a quantile of both, and the U of all as a normal score.
    t: float
    z: float
    # How many samples of each an observer on this machine would need for t to reach the threshold.
    samples_needed: float

    @property
    def is_distinct(self) -> bool:
        """Whether either test says that the two differ."""
        return max(abs(self.t), abs(self.z)) > THRESHOLD

    @staticmethod
    def of(one: Sequence[float], other: Sequence[float]) -> "Comparison":
        """Compares a set with its reference."""
        limit = sorted([*one, *other])[int((len(one) + len(other)) * KEPT)]
        t = welch([each for each in one if each < limit], [each for each in other if each < limit])
        strongest = max(abs(t), 1e-9)
        return Comparison(statistics.median(one) - statistics.median(other), t, rank(one, other),
                          min(len(one), len(other)) * (THRESHOLD / strongest) ** 2)


def welch(one: Sequence[float], other: Sequence[float]) -> float:
    """Welch's t: the difference of the means in units of its standard error."""
    error = math.sqrt(statistics.variance(one) / len(one)
                      + statistics.variance(other) / len(other))
    return (statistics.fmean(one) - statistics.fmean(other)) / error if error else 0


def rank(one: Sequence[float], other: Sequence[float]) -> float:
    """Mann-Whitney's U, as how many standard deviations it is from what chance would make it.

    Ties, which nanoseconds hardly have, count for half.
    """
    ordered = sorted([(each, True) for each in one] + [(each, False) for each in other])
    total, start = 0.0, 0
    while start < len(ordered):
        end = start
        while end < len(ordered) and ordered[end][0] == ordered[start][0]:
            end += 1
        mine = sum(is_one for _, is_one in ordered[start:end])
        total += mine * (start + end + 1) / 2
        start = end
    n, m = len(one), len(other)
    u = total - n * (n + 1) / 2
    return (u - n * m / 2) / math.sqrt(n * m * (n + m + 1) / 12)
