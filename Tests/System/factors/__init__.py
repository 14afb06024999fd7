"""Second factors and passkeys, judged by independent programs: oathtool, webauthn, Chromium."""

import importlib
from collections.abc import Callable
from functools import partial

from factors.environment import FACTORS, SOFT
from harness.topic import Context, Topic
from pages.environment import PACKAGES


def run_module(name: str, *arguments: object) -> None:
    """Runs a case, imported now: without the packages the topic can be listed all the same."""
    importlib.import_module(f"factors.{name}").run(*arguments)


CASES: dict[str, Callable[[Context], None]] = {
    **{name: partial(run_module, name) for name in (
        "codes", "ways", "policy", "races", "half_sign_ins", "forgeries", "takeovers", "trust",
        "states", "passkeys", "refusals", "keys", "address", "script", "second_opinion")},
    **{f"chromium-{proxy}": partial(run_module, "chromium", proxy)
       for proxy in ("nginx", "caddy", "haproxy")},
}

TOPIC = Topic(
    "Is half a sign-in nothing, and do lunauth and other implementations agree on every factor?",
    CASES,
    programs=("chromium", "chromedriver", "oathtool", "nginx", "caddy", "haproxy", "openssl"),
    files=(PACKAGES / "selenium", FACTORS, SOFT), is_parallel=True,
    deadline_seconds=lambda _: 400)
