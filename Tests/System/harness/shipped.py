"""The files of deploy/, with the addresses of a test in place of those of a site."""

import re

from harness.paths import ROOT
from harness.process import Failure


class Shipped:
    """The text of a file of deploy/, tested as it is shipped but for what is replaced."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.text = (ROOT / "deploy" / name).read_text()

    def replace(self, old: str, new: str) -> None:
        """Replaces a line, or its beginning, which the file must contain exactly once."""
        pattern = re.compile(rf"^([ \t]*){re.escape(old)}", re.MULTILINE)
        self.text, count = pattern.subn(lambda match: match[1] + new, self.text)
        if count != 1:
            raise Failure(f"deploy/{self.name} has {count} lines {old!r}, the test replaces 1")

    def uncomment(self, first: str, last: str) -> None:
        """Enables lines that are in a comment, from one to the next that is the other."""
        lines = self.text.split("\n")
        words = [re.sub(r"^#\s+", "# ", line.strip()) for line in lines]
        start = words.index(f"# {first}")
        end = words.index(f"# {last}", start)
        self.text = "\n".join(lines[:start] + [line.replace("# ", "", 1) for line in
                                               lines[start:end + 1]] + lines[end + 1:])

    def comment_out(self, *lines: str) -> None:
        """Disables lines."""
        for line in lines:
            self.replace(line, f"# {line}")
