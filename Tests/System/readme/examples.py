"""Runs the commands of some pages in one shell, and compares their output with the pages.

Each ```sh block between the markers `<!-- examples -->` and `<!-- /examples -->` is run. Its output must
be the block that follows it, except for ids, tokens and times.
"""

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

from harness.daemon import Daemon
from harness.paths import BINARY, ROOT
from harness.topic import Context

# In this order on one daemon: the later ones use what the first one set up.
PAGES = ["README.md", "docs/http-api.md", "docs/second-factors.md"]
SECONDS = 60
# What differs from one run to the next, and the word that stands for it.
VARIABLE = [
    (r"eyJ[\w-]+\.[\w-]+\.[\w-]+", "TOKEN"),
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "UUID"),
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", "TIME"),
    (r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT", "DATE"),
    (r"session_token=[\w-]{43}", "session_token=SECRET"),
    (r"luna_\w{38}", "KEY"),
    (r"(?i)x-request-id: \S+", "x-request-id: ID"),
]
# Chosen by the reader.
READER = {"EMAIL": "owner@example.com", "PASSWORD": "correct horse battery staple"}
# The address in the pages, which the shell gets with the port of this test.
ADDRESS = "http://127.0.0.1:8080"


@dataclass(frozen=True)
class Example:
    """Commands, and the output that the page shows; None where it shows none."""

    commands: str
    output: str | None

    @property
    def name(self) -> str:
        """Its first command."""
        return self.commands.strip().splitlines()[0][:90]


def mask(text: str) -> str:
    """A text without what differs from one run to the next."""
    for pattern, word in VARIABLE:
        text = re.sub(pattern, word, text)
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def examples(page: str) -> Iterator[Example]:
    """The examples of a page."""
    part = page.split("<!-- examples -->", 1)[1].split("<!-- /examples -->", 1)[0]
    blocks = re.findall(r"```(\w+)\n(.*?)```", part, re.S)
    for (kind, text), (next_kind, next_text) in zip(blocks, [*blocks[1:], ("sh", "")]):
        if kind == "sh":
            yield Example(text, next_text if next_kind in ("json", "http", "text") else None)


def run_examples(context: Context) -> None:
    """All examples in one shell, with the daemon as it is by default."""
    class DefaultDaemon(Daemon):
        """With no settings but its addresses."""

        defaults = {}

    found = [each for page in PAGES for each in examples((ROOT / page).read_text())]
    daemon = DefaultDaemon(context.directory / "daemon")
    # Commands name the programs where the build puts them.
    programs = daemon.directory / ".build/release"
    programs.mkdir(parents=True)
    (programs / "lunauth").symlink_to(BINARY)
    script = "".join(f"{example.commands}\nprintf '\\n@@%s\\n' {index}\n"
                     for index, example in enumerate(found))
    result = subprocess.run(
        ["bash", "-c", script.replace(ADDRESS, f"http://127.0.0.1:{daemon.port}")],
        cwd=daemon.directory, capture_output=True, text=True, timeout=SECONDS, check=False,
        env=os.environ | READER | {f"LUNAUTH_{name}": str(value)
                                   for name, value in daemon.settings.items()})
    outputs = re.split(r"\n?@@\d+\n", result.stdout)
    for index, example in enumerate(found):
        output = mask(outputs[index] if index < len(outputs) else "")
        context.check(example.name, example.output is None or output == mask(example.output),
                      f"\nexpected:\n{mask(example.output or '')}\nfound:\n{output}{result.stderr}")
