"""Tables in Markdown, and numbers as they are written in them."""

from collections.abc import Sequence


def markdown(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose columns are aligned in the source as well."""
    lines = [list(headings), *[list(row) for row in rows]]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headings))]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        f"| {' | '.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))} |"
        for line in lines)


def per_second(value: float) -> str:
    """A rate: whole numbers where they are large."""
    return f"{value:,.0f}/s" if value >= 1000 else f"{value:.1f}/s"


def milliseconds(value: float) -> str:
    """A time in milliseconds."""
    return f"{value:.0f} ms" if value >= 100 else f"{value:.2f} ms"


def mebibytes(value: float) -> str:
    """An amount of memory, given in bytes."""
    return f"{value / (1 << 20):.1f} MiB"


def count(value: float) -> str:
    """A number of things."""
    return f"{value:,.0f}"
