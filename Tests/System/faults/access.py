"""A database that another process has locked, and a directory that cannot be written."""

import contextlib
import os
import pathlib
from collections.abc import Iterator

from faults.invariants import Invariants, is_unavailable
from faults.scene import PASSWORD, Scene
from harness.daemon import Daemon
from harness.locks import locked
from harness.process import wait_for
from harness.site import Site
from harness.topic import Context

# EX_IOERR of sysexits.h.
IO_ERROR = 74


class WithoutOverride(Daemon):
    """Is bound by the modes of files, which root is not."""

    prefix = (("setpriv", "--bounding-set=-dac_override,-dac_read_search")
              if os.geteuid() == 0 else ())


def try_lock(context: Context) -> None:
    """A lock delays nothing that is in memory, and loses nothing."""
    scene = Scene(context.directory / "lock")
    invariants = Invariants(scene, context, "another process's lock")
    with locked(scene.data):
        invariants.writes_are_unavailable("database is locked")
        invariants.memory_is_served()
        invariants.ended_sessions_stay_ended()
        invariants.wrong_password_is(401)
    invariants.service_returns()
    invariants.nothing_is_lost()
    invariants.nothing_is_lost_by_a_restart()
    scene.daemon.stop()


@contextlib.contextmanager
def read_only(data: pathlib.Path) -> Iterator[None]:
    """In this directory no file can be written or created."""
    modes = {path: path.stat().st_mode for path in [data, *data.iterdir()]}
    for path in modes:
        path.chmod(0o555 if path.is_dir() else 0o400)
    try:
        yield
    finally:
        for path, mode in modes.items():
            if path.exists():
                path.chmod(mode)


def try_directory(context: Context) -> None:
    """Open files stay usable; what needs a new file is 503, and a start is refused."""
    daemon = WithoutOverride(context.directory / "directory")
    site, data = Site(daemon.port), daemon.data
    person = {"email": "early@example.com", "password": PASSWORD}
    owner = {"username": "owner", "email": "owner@example.com", "password": PASSWORD,
             "databaseName": "chosen"}
    code = [("X-Setup-Code", daemon.setup_code())]
    signup = site.request("POST", "/auth/signup", person)
    context.check("a signup before setup succeeds", signup.status == 201, signup)
    with read_only(data):
        setup = site.request("POST", "/auth/setup", owner, code)
        context.check("a setup that has to create a file is 503", is_unavailable(setup), setup)
        exists = site.request("GET", "/auth/setup/exists")
        context.check("setup is still required", exists.json.get("setupRequired") is True, exists)
        login = site.request("POST", "/auth/login", person)
        context.check("a login is stored in the open file, or is 503",
                      login.status == 200 or is_unavailable(login), login)
        daemon.stop()
        check_start_refused(daemon, context)
    daemon.start()
    login = site.request("POST", "/auth/login", person)
    context.check("the account is there once the directory is writable", login.status == 200, login)
    code = [("X-Setup-Code", daemon.setup_code())]
    setup = site.request("POST", "/auth/setup", owner, code)
    context.check("setup succeeds once the directory is writable", setup.status == 201, setup)
    login = site.request("POST", "/auth/login", person)
    context.check("setup keeps earlier accounts", login.status == 200, login)
    daemon.stop()


def check_start_refused(daemon: Daemon, context: Context) -> None:
    """The daemon exits with a status and a line that say why."""
    before = len(daemon.process.text)
    daemon.start(wait=False)
    wait_for(lambda: daemon.process.status is not None)
    status, text = daemon.process.status, daemon.process.text[before:]
    context.check(f"a start is refused with exit status {IO_ERROR}", status == IO_ERROR,
                  (status, text))
    reasons = [line for line in text.splitlines() if line.startswith("lunauth: ")]
    context.check("one line names the file and the reason",
                  len(reasons) == 1 and str(daemon.data) in reasons[0]
                  and "Permission denied" in reasons[0], text)


def run(context: Context) -> None:
    """A locked database, then a directory that cannot be written."""
    try_lock(context)
    try_directory(context)
