"""A topic: a group of system tests, in cases that can be run alone."""

import pathlib
import random
import shutil
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from harness.paths import BINARY, ROOT
from harness.process import Process
from harness.report import Report


@dataclass(frozen=True)
class Options:
    """What may be chosen on the command line, beside topics and cases."""

    # Kills of the daemon under load, and what decides when they come.
    rounds: int = 20
    seed: int = field(default_factory=lambda: random.SystemRandom().randrange(1 << 32))
    # Of the mixed load.
    minutes: float = 60
    # All combinations, where otherwise some stand for them.
    is_whole: bool = False


@dataclass(frozen=True)
class Context:
    """What a case is given: an empty directory, options, and where its findings go."""

    case: str
    directory: pathlib.Path
    options: Options
    report: Report

    def check(self, claim: object, holds: object, found: object = "") -> None:
        """Counts one check; where it fails, prints what was found instead."""
        self.report.check(self.case, claim, holds, found)

    def note(self, text: str) -> None:
        """Prints a finding that is no check."""
        self.report.note(self.case, text)

    def table(self, title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Prints a table of findings."""
        self.report.table(self.case, title, headings, rows)


@dataclass(frozen=True)
class Topic:
    """The cases that answer one question about the real programs."""

    question: str
    cases: dict[str, Callable[[Context], None]]
    # Programs and other files that have to be there.
    programs: Sequence[str] = ()
    files: Sequence[pathlib.Path] = ()
    needs_root: bool = False
    # Beside the build, for what waits for commits: /tmp is memory on some machines.
    is_on_disk: bool = False
    # Cases that wait most of the time run at once.
    is_parallel: bool = False
    # Cases that take long run only when they are named.
    long_cases: frozenset[str] = frozenset()
    # A process that hangs must not hang the caller.
    deadline_seconds: Callable[[Options], float] = lambda _: 300

    def missing(self) -> list[str]:
        """What has to be there and is not."""
        return [*(name for name in self.programs if not shutil.which(name)),
                *(str(file) for file in (BINARY, *self.files) if not file.exists())]

    def run(self, names: Sequence[str], options: Options, report: Report) -> None:
        """Runs cases, by default all that do not take long."""
        chosen = names or [name for name in self.cases if name not in self.long_cases]
        parent = ROOT / ".build" if self.is_on_disk else None
        directory = pathlib.Path(tempfile.mkdtemp(prefix="lunauth-", dir=parent))
        directory.chmod(0o755)
        try:
            threads = [threading.Thread(target=self._run, args=[name, directory, options, report],
                                        daemon=True) for name in chosen]
            for thread in threads:
                thread.start()
                if not self.is_parallel:
                    thread.join()
            for thread in threads:
                thread.join()
        finally:
            Process.stop_all(is_last=True)
            shutil.rmtree(directory, ignore_errors=True)

    def _run(self, name: str, directory: pathlib.Path, options: Options, report: Report) -> None:
        begin = time.monotonic()
        context = Context(name, directory / name, options, report)
        context.directory.mkdir()
        try:
            self.cases[name](context)
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            context.check("the case runs to its end", False, (error, place))
        finally:
            if not self.is_parallel:
                Process.stop_all()
        report.end(name, time.monotonic() - begin)
