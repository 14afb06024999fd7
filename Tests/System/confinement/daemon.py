"""A daemon of the user nobody, under the system-call filter of the unit."""

import json
import os
import pathlib
import pwd
import re
import shutil
import subprocess
import urllib.error
import urllib.request

from confinement import seccomp
from harness.daemon import Daemon
from harness.paths import BINARY

NOBODY = pwd.getpwnam("nobody")
SETUP_CODE = "the setup code of this test"
SECONDS = 30


def copy_programs(directory: pathlib.Path) -> pathlib.Path:
    """Copies the programs to where every user can read them; the daemon's."""
    directory.mkdir()
    for name in "lunauth", "lunauth-mailer":
        shutil.copy2(BINARY.parent / name, directory)
    return directory / "lunauth"


def give_to_nobody(*paths: pathlib.Path) -> None:
    """Changes the owner of files."""
    for path in paths:
        os.chown(path, NOBODY.pw_uid, NOBODY.pw_gid)


class ConfinedDaemon(Daemon):
    """Runs with everything that the unit takes from it."""

    start_seconds = SECONDS

    def __init__(self, binary: pathlib.Path, directory: pathlib.Path, forbidden: int,
                 **settings: object) -> None:
        """With programs that every user can read, and what a forbidden call does."""
        self.binary = binary
        self.filter = seccomp.Filter(forbidden)
        super().__init__(
            directory, starts=False, LOG_FORMAT="text", MAIL_FROM="lunauth@example.org",
            # The daemon runs as another user than the client of its setup.
            SETUP_CODE=SETUP_CODE, **settings)
        give_to_nobody(directory)
        self.start()

    def options(self) -> dict[str, object]:
        def enter() -> None:
            os.setgroups([])
            os.setgid(NOBODY.pw_gid)
            os.setuid(NOBODY.pw_uid)
            self.filter.enter()
        return {**super().options(), "preexec_fn": enter}

    def status_of(self, path: str, body: dict | None = None) -> int:
        """The status of a response; 0 without one."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", data,
            {"Content-Type": "application/json", "X-Setup-Code": SETUP_CODE})
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as response:
                return response.status
        except urllib.error.HTTPError as error:
            return error.code
        except (OSError, ValueError):
            return 0

    def run_command(self, *arguments: str) -> int:
        """The exit status of a command beside it, under the same filter."""
        return subprocess.run(
            [self.binary, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, timeout=SECONDS, check=False, cwd=self.directory,
            env=self.environment(), **self.options()).returncode

    def refusals(self) -> list[str]:
        """What its log says about calls that were refused."""
        return re.findall("not permitted|EPERM|Bad system call|mailer.*(?:gone|died)",
                          self.process.text)
