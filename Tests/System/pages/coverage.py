"""Whether the ways of the stories cover what they have to."""

from harness.topic import Context
from pages import STORIES, WAYS
from pages.pairs import CHOICES, all_pairs, pairs


def run(context: Context) -> None:
    """Every two choices meet in some visit, and every story meets each choice."""
    rows = [(story, *vars(way).values()) for story, ways in WAYS.items() for way in ways]
    covered = {pair for row in rows for pair in pairs(row)}
    missing = all_pairs([STORIES, *CHOICES]) - covered
    context.check("every two choices meet in some visit", not missing, missing)
