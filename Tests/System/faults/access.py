"""A database that another process holds, and a directory that is not to be written."""

import contextlib
import os
import sqlite3

from client import Site
from processes import Daemon, wait_for
from proof import Proof, is_honest
from scene import PASSWORD, Scene

# EX_IOERR of sysexits.h.
IO_ERROR = 74


class WithoutOverride(Daemon):
    """Keeps to the modes of files, which root does not."""

    prefix = (("setpriv", "--bounding-set=-dac_override,-dac_read_search")
              if os.geteuid() == 0 else ())


@contextlib.contextmanager
def held(data):
    """As a backup, or an operator in the shell of SQLite, would hold it."""
    base = sqlite3.connect(f"{data}/lunauth.db", isolation_level=None, timeout=10)
    base.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        base.execute("ROLLBACK")
        base.close()


def try_lock(directory, library, check):
    scene = Scene(directory / "lock")
    proof = Proof(scene, check, "another process's lock")
    with held(scene.data):
        proof.refuses_writes("database is locked")
        proof.answers_from_memory()
        proof.lets_nobody_in()
        proof.refuses_a_wrong_password(401)
    proof.returns()
    proof.lost_nothing()
    proof.holds_through_a_restart()
    scene.daemon.stop()


@contextlib.contextmanager
def read_only(data):
    """Nothing in a directory can be written or made."""
    modes = {path: path.stat().st_mode for path in [data, *data.iterdir()]}
    for path in modes:
        path.chmod(0o555 if path.is_dir() else 0o400)
    try:
        yield
    finally:
        for path, mode in modes.items():
            if path.exists():
                path.chmod(mode)


def try_directory(directory, library, check):
    """What is open stays open; what has to be opened or made is not."""
    daemon = WithoutOverride(directory / "directory")
    site, data = Site(daemon.port), directory / "directory/data"
    person = {"email": "early@example.com", "password": PASSWORD}
    owner = {"username": "owner", "email": "owner@example.com", "password": PASSWORD,
             "databaseName": "chosen"}
    code = [("X-Setup-Code", daemon.setup_code())]
    check("somebody signs up", site.ask("POST", "/auth/signup", person).status == 201)
    with read_only(data):
        setup = site.ask("POST", "/auth/setup", owner, code)
        check("a setup that has to make a file is 503", is_honest(setup), setup)
        exists = site.ask("GET", "/auth/setup/exists")
        check("it was not done", exists.json.get("setupRequired") is True, exists)
        login = site.ask("POST", "/auth/login", person)
        check("a login is stored in what is open, or 503",
              login.status == 200 or is_honest(login), login)
        daemon.stop()
        refuse_start(daemon, check)
    daemon.start()
    login = site.ask("POST", "/auth/login", person)
    check("everything is there once it may be written again", login.status == 200, login)
    code = [("X-Setup-Code", daemon.setup_code())]
    setup = site.ask("POST", "/auth/setup", owner, code)
    check("the setup can be done then", setup.status == 201, setup)
    login = site.ask("POST", "/auth/login", person)
    check("the setup takes along who was there", login.status == 200, login)
    daemon.stop()


def refuse_start(daemon, check):
    before = len(daemon.process.text)
    daemon.start(wait=False)
    ended = wait_for(lambda: daemon.process.popen.poll() is not None)
    status, said = daemon.process.popen.poll(), daemon.process.text[before:]
    check(f"a start is refused with {IO_ERROR}", ended and status == IO_ERROR, (status, said))
    reasons = [line for line in said.splitlines() if line.startswith("lunauth: ")]
    check("in one line that names the file and says why",
          len(reasons) == 1 and str(daemon.directory / "data") in reasons[0]
          and "Permission denied" in reasons[0], said)


def try_all(directory, library, check):
    try_lock(directory, library, check)
    try_directory(directory, library, check)
