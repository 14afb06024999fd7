"""The pages in Debian's Chromium: each story of a person, in every combination of two ways to use it."""

import importlib
from collections.abc import Callable
from functools import partial

from harness.topic import Context, Topic
from pages.environment import PACKAGES
from pages.pairs import ways_of

# By name, in the order of the modules of `stories`; each tells one row of the table of pages.
STORIES = ("setup", "login", "register", "password", "logout", "denied", "account", "keys", "admin",
           "users", "user", "invites", "settings", "mails", "explain", "errors", "factors", "events")
WAYS = ways_of(STORIES)


def run_story(name: str, context: Context) -> None:
    """Visits the pages of a story in its ways."""
    importlib.import_module("pages.visits").run_story(name, WAYS[name], context)


def run_module(name: str, *arguments: object) -> None:
    """Runs a case of its own, imported now: without the packages the topic can be listed all the same."""
    importlib.import_module(f"pages.{name}").run(*arguments)


CASES: dict[str, Callable[[Context], None]] = {
    "pairs": partial(run_module, "coverage"),
    "addresses": partial(run_module, "addresses"),
    **{name: partial(run_story, name) for name in STORIES},
    **{f"forward-auth-{proxy}": partial(run_module, "forward_auth", proxy)
       for proxy in ("nginx", "caddy", "haproxy")},
    "hostile": partial(run_module, "hostile"),
    "screenshots": partial(run_module, "screenshots"),
}

TOPIC = Topic(
    "Can a person do everything in a browser, in any two of the ways to use one?",
    CASES, programs=("chromium", "chromedriver", "nginx", "caddy", "haproxy", "openssl", "oathtool",
                    "zbarimg"),
    files=(PACKAGES / "selenium",), is_parallel=True,
    # Takes the pictures of the docs, which are files of the repository.
    long_cases=frozenset({"screenshots"}),
    deadline_seconds=lambda options: 14_400 if options.is_whole else 600)
