"""Upgrades: under load, refused, mended, and from an earlier schema; and back."""

import os
import pathlib
import shutil
import signal
import threading
import time

import system
from report import Report

# Of the unit, while the new program is not proven.
UNIT = pathlib.Path("/lib/systemd/system/lunauth.service.d/upgrade.conf")


class Load:
    """Clients that send one request after the other, each on a connection of its own."""

    def __init__(self) -> None:
        token = system.log_in().json["token"]
        self.fields = [("Authorization", f"Bearer {token}")]
        self.is_over = False
        self.failures: list[str] = []
        self.answered = 0
        self.threads = [threading.Thread(target=self.send, args=[path])
                        for path in ("/health", "/auth/me", "/auth/me", "/auth/sessions")]

    def __enter__(self) -> "Load":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_over = True
        for thread in self.threads:
            thread.join()

    def send(self, path: str) -> None:
        """One client."""
        while not self.is_over:
            try:
                done = system.request("GET", path, fields=self.fields)
                problem = None if done.status == 200 else repr(done)
            except Exception as error:
                problem = repr(error)
            if problem:
                self.failures.append(f"{path}: {problem}")
            self.answered += 1
            time.sleep(0.002)


def under_load(report: Report) -> None:
    """No request is refused, and nothing is lost."""
    system.wait_for_service()
    old = system.pid()
    with Load() as load:
        done = system.install("now")
        during = load.answered
        time.sleep(2)
    report.check("the upgrade succeeds", done.status == 0 and system.state() == "ii", done.text)
    report.check("no request is refused meanwhile", not load.failures and during > 50
                 and load.answered > during, (during, load.answered, load.failures[:4]))
    report.check("the new program serves", system.pid() not in (0, old)
                 and system.version("now") in system.run("lunauth", "version").text)
    report.check("a checked backup was made before", list(system.BACKUPS.glob("upgrade-*.db"))
                 and "is a checked backup" in done.text, done.text)
    report.check("no copy is left", not list(system.BACKUPS.parent.glob(".lunauth*")))
    report.check("no old program is left", not (system.PROGRAMS / "before").exists()
                 and not UNIT.exists())
    report.check("the owner signs in after the upgrade", system.log_in().status == 200)
    report.check("the configuration is the operator's", system.CONFIGURATION.read_text() == "{}")


def downgrade(report: Report) -> None:
    """Refused with words, and without effect."""
    pid = system.pid()
    done = system.run("dpkg", "-i", system.PACKAGES / "before.deb")
    report.check("a downgrade is refused", done.status != 0, done.text)
    report.check("the refusal says how to go back", "cannot read it" in done.text
                 and "lunauth restore" in done.text, done.text)
    report.check("a refused downgrade changes nothing", system.pid() == pid and system.state() == "ii"
                 and system.version("now") in system.run("lunauth", "version").text, system.state())


def elsewhere(report: Report) -> None:
    """A database that the commands do not see is never migrated."""
    drop_in = pathlib.Path("/run/systemd/system/lunauth.service.d/elsewhere.conf")
    drop_in.parent.mkdir(parents=True, exist_ok=True)
    drop_in.write_text("[Service]\nEnvironment=LUNAUTH_DATADIRECTORY=/var/lib/lunauth/elsewhere\n")
    system.run("systemctl", "daemon-reload")
    done = system.install("broken")
    report.check("a data directory that only the unit names stops the upgrade", done.status != 0
                 and "put LUNAUTH_DATADIRECTORY" in done.text and system.state() == "iF", done.text)
    drop_in.unlink()
    system.run("systemctl", "daemon-reload")


def refused(report: Report) -> None:
    """A new program that cannot migrate: the old one goes on."""
    pid = system.pid()
    program = (system.PROGRAMS / "lunauth").read_bytes()
    done = system.install("broken")
    report.check("an upgrade that cannot migrate fails with its reason", done.status != 0
                 and "migration 99 failed" in done.text and "back in place" in done.text, done.text)
    report.check("the package is left unconfigured", system.state() == "iF", system.state())
    report.check("the old program is back", (system.PROGRAMS / "lunauth").read_bytes() == program)
    report.check("the running daemon is not touched", system.pid() == pid and system.log_in().status == 200)
    report.check("a crash meanwhile starts the old program", restarts())
    done = system.run("dpkg", "--configure", "lunauth")
    report.check("configuring it tries the new program again", done.status != 0
                 and "migration 99 failed" in done.text
                 and (system.PROGRAMS / "lunauth").read_bytes() == program, done.text)
    done = system.run("dpkg", "-i", system.PACKAGES / "now.deb")
    report.check("from there the version before can be installed again", done.status == 0
                 and system.state() == "ii" and system.log_in().status == 200, done.text)
    system.install("broken")


def restarts() -> bool:
    """Whether the service comes back after a restart."""
    system.run("systemctl", "restart", "lunauth")
    return system.wait_for_service() and system.log_in().status == 200


def unpacked(report: Report) -> None:
    """Until the new program is proven, a crash starts the old one."""
    done = system.run("dpkg", "--unpack", system.PACKAGES / "mended.deb")
    os.kill(system.pid(), signal.SIGKILL)
    started = system.wait_for_service()
    path = os.readlink(f"/proc/{system.pid()}/exe") if started else ""
    report.check("between unpacking and configuring the old program is kept running",
                 done.status == 0 and path == str(system.PROGRAMS / "before/lunauth"), (done, path))


def mended(report: Report) -> None:
    """A later version takes over from one that failed."""
    done = system.install("mended")
    report.check("a mended version takes over from a failed one", done.status == 0
                 and system.state() == "ii", done.text)
    report.check("nothing of the failed one is left", not list(system.PROGRAMS.glob("*.refused-*"))
                 and not (system.PROGRAMS / "real").exists())
    report.check("the owner signs in at the mended version", system.wait_for_service()
                 and system.log_in().status == 200)


def earlier_schema(report: Report) -> None:
    """A database that has to be migrated: a copy first, then by the start."""
    system.run("systemctl", "stop", "lunauth.socket", "lunauth.service")
    kept = system.DATA.with_name("kept")
    shutil.copytree(system.DATA, kept)
    for file in system.DATA.glob("lunauth.db*"):
        file.unlink()
    shutil.copy("/mnt/earlier.db", system.DATA / "lunauth.db")
    system.run("chown", "lunauth:lunauth", system.DATA / "lunauth.db")
    done = system.install("last")
    report.check("a package migrates a database of an earlier schema", done.status == 0
                 and system.wait_for_service(), done.text)
    users = system.run("lunauth", "user", "list")
    report.check("its accounts are there", "ada@example.com" in users.text, users.text)
    newest = max(system.BACKUPS.glob("upgrade-*.db"))
    again = system.run("/var/lib/dpkg/info/lunauth.postinst", "configure", system.version("last"))
    report.check("configuring it once more is no upgrade", again.status == 0
                 and system.wait_for_service(), again.text)
    check = system.run("python3", "-c", "import sqlite3, sys; print(sqlite3.connect(sys.argv[1])"
                       ".execute('PRAGMA user_version').fetchone()[0])", newest)
    report.check("the backup has the earlier schema", check.text.strip() == "4", check.text)
    system.run("systemctl", "stop", "lunauth.socket", "lunauth.service")
    shutil.rmtree(system.DATA)
    shutil.copytree(kept, system.DATA)
    shutil.rmtree(kept)
    system.run("chown", "-R", "lunauth:lunauth", system.DATA)
    system.DATA.chmod(0o700)
    system.run("systemctl", "start", "lunauth.socket", "lunauth.service")
