"""The service as systemd runs it: its confinement, a reload, a crash, commands and backups."""

import json
import os
import pathlib
import re
import signal
import time

import system
from harness.process import wait_for
from report import Report


def confinement(report: Report) -> None:
    """What the kernel says of the process, and what it can reach."""
    pid = system.pid()
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    for name, value in (("NoNewPrivs", "1"), ("Seccomp", "2"), ("CapEff", "0" * 16),
                        ("CapBnd", "0" * 16)):
        found = re.search(rf"^{name}:\t(\S+)", status, re.M)
        report.check(f"{name} of the daemon is {value}", found and found[1] == value, found)
    report.check("the daemon is the user lunauth", pathlib.Path(f"/proc/{pid}").owner() == "lunauth")
    inside = ["nsenter", "-t", pid, "-m", "--"]
    for path in "/usr/lib/lunauth/x", "/var/backups/lunauth/x", "/usr/x":
        done = system.run(*inside, "touch", path)
        report.check(f"{path} is read-only for the daemon", "Read-only" in done.text, done.text)
    done = system.run(*inside, "runuser", "-u", "lunauth", "--", "touch", "/etc/lunauth/x")
    report.check("the daemon cannot write its configuration", done.status != 0, done.text)
    done = system.run(*inside, "ls", "/home", "/root")
    report.check("the daemon sees no home directory", "denied" in done.text or not re.search(
        r"^\.", done.text, re.M), done.text)
    done = system.run("systemd-analyze", "security", "--no-pager", "--threshold=20", "lunauth.service")
    report.check("the exposure of the unit is below 2.0", done.status == 0, done.text[-200:])


def reload(report: Report) -> None:
    """A key that can change while the server runs."""
    pid = system.pid()
    system.configure(log={"level": "debug"})
    done = system.run("systemctl", "reload", "lunauth")
    report.check("systemctl reload succeeds", done.status == 0, done.text)
    report.check("the daemon applies the configuration and goes on", wait_for(
        lambda: "the configuration was reloaded" in system.journal(), 10) and system.pid() == pid, system.journal())
    system.configure(log={"level": "loud"})
    system.run("systemctl", "reload", "lunauth")
    report.check("a wrong value changes nothing", wait_for(
        lambda: "the configuration was not reloaded" in system.journal(), 10) and system.pid() == pid
        and system.request("GET", "/health").status == 200, system.journal())
    system.configure()


def crash(report: Report) -> None:
    """systemd starts it again, and a client that connects meanwhile waits."""
    pid = system.pid()
    if not pid:
        raise RuntimeError("no daemon runs")
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: system.pid() != pid, 5)
    begin = time.monotonic()
    done = system.request("GET", "/health")
    report.check("a client waits for the next process", done.status == 200, done)
    report.check("a crashed daemon is started again", system.wait_for_service()
                 and system.pid() not in (0, pid), time.monotonic() - begin)


def commands(report: Report) -> None:
    """Of root, and of another user."""
    done = system.run("lunauth", "user", "list")
    report.check("root lists the accounts", done.status == 0 and system.OWNER["email"] in done.text, done.text)
    owner = {path.owner() for path in system.DATA.rglob("*")}
    report.check("no file of the server became root's", owner == {"lunauth"}, owner)
    done = system.run("runuser", "-u", "nobody", "--", "lunauth", "user", "list")
    report.check("another user is refused with words", done.status != 0 and "lunauth:" in done.text
                 and "ermission" in done.text and system.OWNER["email"] not in done.text, done)


def backups(report: Report) -> None:
    """The nightly one, of which ten are kept."""
    for day in range(1, 12):
        (system.BACKUPS / f"nightly-2020-01-{day:02}T031500Z.db").touch()
    (system.BACKUPS / "mine.db").touch()
    done = system.run("systemctl", "start", "lunauth-backup.service")
    log = system.run("journalctl", "-u", "lunauth-backup", "-o", "cat").text
    report.check("the nightly backup is made", done.status == 0 and "checked" in log, log)
    names = sorted(path.name for path in system.BACKUPS.iterdir())
    kept = [name for name in names if name.startswith("nightly-")]
    report.check("the newest ten are kept", len(kept) == 10 and kept[0].startswith("nightly-2020-01-03")
                 and not kept[-1].startswith("nightly-2020"), names)
    report.check("what others put there stays", "mine.db" in names, names)
    victim = pathlib.Path("/mine.db")
    victim.touch()
    odd = system.BACKUPS / "nightly-0\nmine.db"
    odd.touch()
    system.run("/usr/lib/lunauth/backup", "nightly", "/usr/bin/lunauth")
    report.check("a name of two lines takes no other file along", victim.exists() and not odd.exists())
    newest = system.BACKUPS / kept[-1]
    report.check("the backup is readable by its user alone", newest.stat().st_mode & 0o077 == 0
                 and newest.owner() == "lunauth", oct(newest.stat().st_mode))
    nexts = system.property("NextElapseUSecRealtime", "lunauth-backup.timer")
    report.check("the timer waits for the night", re.search(r" 03:(1[5-9]|[234]\d)", nexts), nexts)


def doctor(report: Report) -> None:
    """It finds nothing wrong with what the package has installed."""
    # The time service is the machine's, and a container has its data in a layer that goes with it.
    others = {"host.clock", *(["database.file-system"] if system.is_container() else []),
              *(["hashing.time"] if system.is_emulated() else [])}
    done = system.run("lunauth", "doctor", "--json")
    found = [each for each in json.loads(done.text)
             if each["severity"] in ("warning", "error") and each["check"] not in others]
    report.check("the doctor finds nothing wrong", done.status < 2 and not found, found)
