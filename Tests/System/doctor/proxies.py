"""The doctor through a proxy: as its files are shipped, and with a mistake."""

import json
import subprocess

from doctor.mistakes import Mistake
from harness.daemon import Daemon
from harness.paths import BINARY
from harness.process import Failure
from harness.proxies import Proxy
from harness.site import HOST
from harness.topic import Context
from proxies.guards import Guard

# Short, since the doctor waits for most of it; longer than the proxies of the tests keep their side.
SETTINGS = {"HTTP_IDLESECONDS": 10, "PASSWORD_QUEUESECONDS": 1}
# The longest run: the idle time, a delayed response, and some programs on few cores.
DEADLINE = 120


class Scene:
    """A daemon with its own site behind a proxy, and an application where one is asked for."""

    def __init__(self, context: Context, site: type[Proxy], guard: type[Guard] | None) -> None:
        application = guard and guard(context.directory / "application", **SETTINGS)
        self.daemon = application.daemon if application else Daemon(
            context.directory / "daemon", WEBSITEURL=f"https://{HOST}", **SETTINGS)
        self.proxy = site(self.daemon, context.directory / "site")
        proxies = [self.proxy, *([application] if application else [])]
        self.authorities = context.directory / "authorities.pem"
        self.authorities.write_text("".join(each.certificate.read_text() for each in proxies))

    def findings(self) -> list[dict]:
        """What the doctor finds of the proxies."""
        done = subprocess.run(
            [str(BINARY), "doctor", "--json", "--url", self.proxy.https.origin,
             "--address", "127.0.0.1", "--ca-file", str(self.authorities)],
            env=self.daemon.environment(), cwd=self.daemon.directory, capture_output=True,
            text=True, timeout=DEADLINE, check=False)
        try:
            found = json.loads(done.stdout)
        except ValueError as error:
            raise Failure(f"the doctor prints {done.stdout[-300:]!r} {done.stderr[-600:]!r}") \
                from error
        return [each for each in found if each["check"].startswith("proxy.")
                and each["severity"] in ("warning", "error")]


def run_shipped(site: type[Proxy], guard: type[Guard], context: Context) -> None:
    """Nothing is found with the files of deploy/."""
    found = Scene(context, site, guard).findings()
    context.check("the doctor finds nothing with the files of deploy/", not found, found)


def run_mistake(mistake: Mistake, context: Context) -> None:
    """One mistake is found, by the name of its check."""
    found = Scene(context, mistake.site, mistake.guard).findings()
    names = {each["check"] for each in found}
    context.check(f"{mistake.what} is found by {mistake.check}", mistake.check in names, found)
    context.check("nothing else is found", names <= {mistake.check, *mistake.follows}, found)
