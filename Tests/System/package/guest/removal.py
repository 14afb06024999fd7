"""Removing the package keeps the data, purging it takes them."""

import pathlib

import system
from report import Report


def is_refused() -> bool:
    """Whether nothing listens."""
    try:
        system.request("GET", "/health")
    except ConnectionRefusedError:
        return True
    return False


def remove_and_install(report: Report) -> None:
    """As if it had never been away."""
    done = system.run("apt-get", "remove", "-y", "lunauth")
    report.check("the package is removed", done.status == 0 and system.state() == "rc", done.text)
    report.check("nothing listens after that", is_refused() and not system.is_active("lunauth.socket"))
    report.check("no program is left", not system.PROGRAMS.exists(), list(system.PROGRAMS.glob("*")))
    report.check("the data are kept", (system.DATA / "lunauth.db").exists()
                 and (system.DATA / "secret.key").exists() and system.CONFIGURATION.exists())
    done = system.install("now")
    report.check("an older version is installed then, and says how its data come back", done.status == 0
                 and system.state() == "ii" and "lunauth restore" in done.text, done.text)
    done = system.install("last")
    report.check("it is installed again on its data", done.status == 0 and system.wait_for_service()
                 and system.log_in().status == 200, done.text)


def purge_and_install(report: Report) -> None:
    """All but the backups."""
    done = system.run("apt-get", "purge", "-y", "lunauth")
    report.check("the package is purged", done.status == 0, done.text)
    left = [path for path in (system.DATA, system.CONFIGURATION.parent, system.PROGRAMS,
                              pathlib.Path("/run/lunauth")) if path.exists()]
    report.check("data, secrets and configuration are gone", not left, left)
    report.check("the backups are left", list(system.BACKUPS.glob("upgrade-*.db"))
                 and system.BACKUPS.owner() == "lunauth")
    failed = system.run("systemctl", "--failed", "--no-legend", "--plain").text
    report.check("systemd has no failed unit of it", "lunauth" not in failed, failed)
    done = system.install("last")
    report.check("it is installed again without data", done.status == 0
                 and "http://localhost:8080/" in done.text and system.wait_for_service(), done.text)
    report.check("the new server waits for its owner", "setup?code=" in system.journal().rsplit(
        "listening", 1)[-1] and system.log_in().status == 401, system.journal()[-400:])


def purge_mounted(report: Report) -> None:
    """A directory that cannot be removed is emptied."""
    system.run("mount", "--bind", system.DATA, system.DATA)
    done = system.run("apt-get", "purge", "-y", "lunauth")
    report.check("a mount point of data is purged, and stays", done.status == 0
                 and system.DATA.exists() and not list(system.DATA.iterdir()), done.text)
    system.run("umount", system.DATA)
