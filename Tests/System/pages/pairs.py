"""Ways to use a page, and a small set of them in which every two choices meet.

A fault of a page needs rarely more than two choices at once: German at 320 px, or dark without scripts.
All combinations of two choices fit into few visits, all combinations of five do not.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Row = tuple[object, ...]
# Two choices: a factor and its value, and another one.
Pair = tuple[tuple[int, object], tuple[int, object]]


@dataclass(frozen=True)
class Way:
    """How a person uses a page."""

    has_scripts: bool = True
    width: int = 1280
    scheme: str = "light"
    language: str = "en"
    has_mouse: bool = True

    def __str__(self) -> str:
        """A part of a file name."""
        words = [str(self.width), self.scheme, self.language]
        return "-".join(words + ["noscript"] * (not self.has_scripts)
                        + ["keyboard"] * (not self.has_mouse))


# The values of each member of a way, in their order.
CHOICES: Sequence[Sequence[object]] = (
    (True, False), (320, 390, 1280), ("light", "dark"), ("en", "de"), (True, False))


def every_way() -> list[Way]:
    """All combinations."""
    return [Way(*row) for row in itertools.product(*CHOICES)]


def ways_of(stories: Sequence[str]) -> Mapping[str, list[Way]]:
    """For each story the ways in which it is visited: together they cover every pair of choices, and
    each story meets every single choice."""
    ways: dict[str, list[Way]] = {story: [] for story in stories}
    for story, *row in covering_rows([stories, *CHOICES]):
        ways[story].append(Way(*row))
    return ways


def pairs(row: Row) -> Iterator[Pair]:
    """The pairs of choices in a row; a value that is not chosen yet is None."""
    chosen = [(factor, value) for factor, value in enumerate(row) if value is not None]
    return itertools.combinations(chosen, 2)


def all_pairs(factors: Sequence[Sequence[object]]) -> set[Pair]:
    """Every pair of values of two factors."""
    return {((one, first), (other, second))
            for one, other in itertools.combinations(range(len(factors)), 2)
            for first in factors[one] for second in factors[other]}


def covering_rows(factors: Sequence[Sequence[object]]) -> list[Row]:
    """Rows with a value of each factor that contain all pairs.

    Greedy: each row begins with a pair that is missing, and takes, factor by factor, the value by which
    it covers most of the others that are. The same factors give the same rows.
    """
    missing = all_pairs(factors)
    rows = []
    while missing:
        (one, first), (other, second) = min(missing, key=repr)
        row: list[object] = [None] * len(factors)
        row[one], row[other] = first, second
        for factor, values in enumerate(factors):
            if row[factor] is None:
                gains = {value: sum(pair in missing for pair in pairs(
                    (*row[:factor], value, *row[factor + 1:]))) for value in values}
                row[factor] = max(values, key=lambda value: gains[value])
        missing -= set(pairs(tuple(row)))
        rows.append(tuple(row))
    return rows
