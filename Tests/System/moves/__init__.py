"""Accounts move in from other systems and out again, with files made by the libraries of those systems."""

import importlib
from collections.abc import Callable
from functools import partial

from harness.topic import Context, Topic
from moves.scene import PYTHON
from moves.systems import run, run_postgresql

SYSTEMS = ("authelia", "pocketbase", "supabase", "keycloak", "htpasswd", "lunalytics", "lunauth")


def run_module(name: str, context: Context) -> None:
    """Runs a case of a module."""
    importlib.import_module(f"moves.{name}").run(context)


CASES: dict[str, Callable[[Context], None]] = {
    **{name: partial(run, name) for name in SYSTEMS},
    "postgresql": run_postgresql,
    **{name: partial(run_module, name)
       for name in ("resumed", "administrators", "round_trip", "pages", "million")},
}

TOPIC = Topic(
    "Does everybody in a file of another system sign in with the old password, and does nothing get lost on"
    " the way out and in?",
    CASES, programs=("oathtool",), files=(PYTHON,), is_on_disk=True, is_parallel=True,
    long_cases=frozenset({"million"}), deadline_seconds=lambda _: 1800)
