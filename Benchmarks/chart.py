"""results.svg: a bar for each ratio, with a tick where its target is."""

from collections.abc import Sequence
from html import escape

from table import AT_LEAST, Row

WIDTH, LEFT, RIGHT, TOP = 1000, 430, 130, 78
PITCH, BAR = 30, 16
# A longer bar ends here; its number stands beside it.
LARGEST = 3.5
LABEL_LENGTH = 58

STYLE = """
    text { font: 13px system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif;
      fill: #24292f }
    .title { font-size: 17px; font-weight: 600 }
    .small { font-size: 12px; fill: #57606a }
    .met { fill: #2a7f4f }
    .missed { fill: #c0392b }
    .none { fill: #7d8590 }
    .grid { stroke: #d0d7de; stroke-width: 1 }
    .one { stroke: #57606a; stroke-width: 1.5 }
    .target { stroke: #24292f; stroke-width: 3 }
    .spread { stroke: #24292f; stroke-width: 1.5; opacity: 0.6 }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 }
      .small { fill: #9198a1 }
      .met { fill: #3fb36f }
      .missed { fill: #f0705f }
      .none { fill: #7d8590 }
      .grid { stroke: #3d444d }
      .one { stroke: #9198a1 }
      .target, .spread { stroke: #e6edf3 }
    }
"""


def x(ratio: float) -> float:
    """Where a ratio stands."""
    return LEFT + (WIDTH - LEFT - RIGHT) * min(ratio, LARGEST) / LARGEST


def drawing(rows: Sequence[Row]) -> str:
    """The file."""
    shown = [row for row in rows if row.ratio is not None]
    groups = [
        ("more is better: at least the target", [row for row in shown if _is_more(row)]),
        ("less is better: at most the target", [row for row in shown if _is_less(row)]),
        ("without a target", [row for row in shown if not row.target]),
    ]
    parts: list[str] = []
    y = TOP
    for title, members in groups:
        if not members:
            continue
        parts.append(f'<text class="small" x="16" y="{y + 4}">{escape(title)}</text>')
        y += 18
        for row in members:
            parts += _bar(row, y)
            y += PITCH
        y += 16
    bottom = y - 12
    grid = [f'<line class="{"one" if ratio == 1 else "grid"}" x1="{x(ratio):.1f}" '
            f'x2="{x(ratio):.1f}" y1="{TOP - 18}" y2="{bottom}"/>'
            f'<text class="small" x="{x(ratio):.1f}" y="{TOP - 24}" text-anchor="middle">'
            f"{ratio:g}</text>" for ratio in (0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5)]
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {bottom + 16}" '
        f'width="{WIDTH}" height="{bottom + 16}" role="img" '
        'aria-label="Ratios of lunauth to its references">',
        f"<style>{STYLE}</style>",
        '<text class="title" x="16" y="28">lunauth beside its reference, or the share of a bound '
        "(1 = equal)</text>",
        *grid, *parts, "</svg>", ""])


def _is_more(row: Row) -> bool:
    return row.target is not None and row.target.sign == AT_LEAST


def _is_less(row: Row) -> bool:
    return row.target is not None and row.target.sign != AT_LEAST


def _bar(row: Row, y: int) -> list[str]:
    ratio = row.ratio or 0
    middle = y + BAR / 2
    kind = {True: "met", False: "missed", None: "none"}[row.is_met]
    label = row.what
    if len(label) > LABEL_LENGTH:
        label = label[:LABEL_LENGTH - 1] + "…"
    # In words as well: not everybody sees the colours apart.
    text = f"{ratio:.2f} {row.verdict}"
    parts = [
        f'<text x="{LEFT - 12}" y="{middle + 4.5}" text-anchor="end">{escape(label)}</text>',
        f'<rect class="{kind}" x="{LEFT}" y="{y}" width="{max(x(ratio) - LEFT, 1):.1f}" '
        f'height="{BAR}" rx="2"/>',
        f'<text x="{WIDTH - RIGHT + 14}" y="{middle + 4.5}">{text}</text>',
    ]
    if row.spread:
        low, high = (x(value) for value in row.spread)
        parts.append(f'<line class="spread" x1="{low:.1f}" x2="{high:.1f}" y1="{middle}" '
                     f'y2="{middle}"/>')
    if row.target:
        at = x(row.target.value)
        parts.append(f'<line class="target" x1="{at:.1f}" x2="{at:.1f}" y1="{y - 4}" '
                     f'y2="{y + BAR + 4}"/>')
    return parts
