"""The score of the unit, and the daemon's whole life under its filter."""

import os
import pathlib
import re
import signal
import subprocess

from confinement import memory, seccomp
from confinement.daemon import SECONDS, ConfinedDaemon, copy_programs, give_to_nobody
from harness.mail_server import MailServer
from harness.accounts import PASSWORD
from harness.process import wait_for
from harness.topic import Context

# `systemd-analyze security` counts from 0 to 100 here: 20 is its 2.0.
THRESHOLD = 20


def run_score(context: Context) -> None:
    """The exposure that systemd itself computes."""
    result = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--no-pager", f"--threshold={THRESHOLD}",
         str(seccomp.UNIT)], capture_output=True, text=True, check=False)
    last = (result.stdout.strip().splitlines() or [result.stderr])[-1].strip("→ ")
    context.check("the exposure of the unit is below 2.0", result.returncode == 0, last)
    context.note(last)


def run_whole_life(forbidden: int, context: Context) -> None:
    """From start to drain, with mails by SMTP and by a program."""
    binary = copy_programs(context.directory / "programs")
    with MailServer() as server:
        daemon = ConfinedDaemon(
            binary, context.directory / "smtp", forbidden, MAIL_TRANSPORT="smtp",
            MAIL_SMTP_HOST="localhost", MAIL_SMTP_PORT=server.port, MAIL_SMTP_SECURITY="none")
        sign_in(daemon, context)
        context.check("the mailer sends by SMTP", wait_for(lambda: server.mails, SECONDS))
        check_process(daemon, context)
        statuses = [daemon.run_command(*words) for words in (
            ("check",), ("user", "list"), ("secret", "rotate"))]
        context.check("commands exit with 0", statuses == [0, 0, 0], statuses)
        daemon.process.popen.send_signal(signal.SIGHUP)
        context.check("the daemon reloads its configuration",
                      wait_for(lambda: "reload" in daemon.process.text.lower(), SECONDS))
        health = daemon.status_of("/health")
        context.check("the daemon serves after a new key", health == 200, health)
        status = daemon.stop(SECONDS)
        context.check("the daemon drains and exits with 0", status == 0, status)
        refusals = daemon.refusals()
        context.check("no call of the daemon was refused", not refusals, refusals)
        server.shutdown()
    send_by_program(binary, forbidden, context)


def sign_in(daemon: ConfinedDaemon, context: Context) -> None:
    """Setup, signup and logins, right and wrong."""
    owner = {"username": "owner", "email": "owner@example.org", "password": PASSWORD}
    login = {"email": owner["email"], "password": PASSWORD}
    statuses = [daemon.status_of("/auth/setup", owner), daemon.status_of("/auth/login", login),
                daemon.status_of("/auth/login", login | {"password": "not the password"}),
                daemon.status_of("/auth/signup", {"email": "a@example.org", "password": PASSWORD}),
                daemon.status_of("/auth/me"), daemon.status_of("/health")]
    context.check("setup, login and signup have their statuses",
                  statuses == [201, 200, 401, 201, 401, 200], statuses)


def check_process(daemon: ConfinedDaemon, context: Context) -> None:
    """What the process keeps of secrets, and who can read them."""
    owner = os.stat(f"/proc/{daemon.pid}/mem").st_uid
    context.check("other processes of its user cannot read the daemon's memory", owner == 0, owner)
    limits = pathlib.Path(f"/proc/{daemon.pid}/limits").read_text()
    context.check("the daemon writes no core file",
                  re.search(r"Max core file size +0 +0 ", limits), limits)
    status = pathlib.Path(f"/proc/{daemon.pid}/status").read_text()
    umask = re.search(r"^Umask:\s*(\d+)", status, re.M)
    context.check("only its own user can read its files", umask and umask[1] == "0077", umask)
    key = (daemon.data / "secret.key").read_text().strip()
    found = memory.occurrences(daemon.pid, {
        "a password as it was sent": f'"password": "{PASSWORD}'.encode(),
        "the digits of the key": key.encode()})
    for name, places in found.items():
        context.check(f"{name} is wiped from memory", not places, places)


def send_by_program(binary: pathlib.Path, forbidden: int, context: Context) -> None:
    """A mail by the sendmail transport, whose program is under the same filter."""
    directory = context.directory / "program"
    directory.mkdir()
    program, mails = directory / "sendmail", directory / "mails"
    mails.touch()
    program.write_text(f"#!/bin/sh\ncat >> {mails}\n")
    program.chmod(0o755)
    give_to_nobody(directory, mails)
    daemon = ConfinedDaemon(binary, context.directory / "sendmail", forbidden,
                            MAIL_TRANSPORT="sendmail", MAIL_SENDMAIL_PATH=program)
    sign_in(daemon, context)
    context.check("the mailer sends by a program",
                  wait_for(lambda: b"Subject:" in mails.read_bytes(), SECONDS))
    status = daemon.stop(SECONDS)
    context.check("the daemon with a program exits with 0", status == 0, status)
