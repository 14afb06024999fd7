"""The first installation, and setting the server up."""

import pathlib
import re
import stat

import system
from report import Report


def install(report: Report) -> None:
    """One command, and the server runs."""
    done = system.install("before")
    report.check("the package installs", done.status == 0 and system.state() == "ii", done.text)
    report.check("the installation names the setup page", "http://localhost:8080/" in done.text, done.text)
    report.check("the installation says how to see the code", "journalctl -u lunauth" in done.text, done.text)
    report.check("the service runs and answers", system.wait_for_service(), system.journal())
    sockets = system.run("ss", "-Hltn").text
    listening = re.findall(r"LISTEN +\d+ +\d+ +(\S+)", sockets)
    report.check("it listens on loopback alone", listening and all(
        address.startswith("127.0.0.1:") for address in listening), listening)
    for unit in "lunauth.socket", "lunauth.service", "lunauth-backup.timer":
        enabled = system.run("systemctl", "is-enabled", unit).text.strip()
        report.check(f"{unit} is enabled and active", enabled == "enabled" and system.is_active(unit), enabled)
    for path, mode, group in ((system.DATA, 0o700, "lunauth"), (system.BACKUPS, 0o700, "lunauth"),
                              (system.CONFIGURATION, 0o640, "lunauth")):
        status = path.stat()
        report.check(f"{path} has mode {mode:o}", stat.S_IMODE(status.st_mode) == mode
                     and path.group() == group, f"{status.st_mode:o} {path.owner()} {path.group()}")
    example = system.CONFIGURATION.with_name("config.example.jsonc").read_text()
    report.check("a commented example is beside the configuration",
                 '"iterations": 600000' in example and "// PBKDF2" in example, example)
    for name in "lunauth", "lunauth-user-create", "lunauth-backup", "lunauth-migrate-store", "lunauth-doctor":
        report.check(f"there is a manual page {name}",
                     pathlib.Path(f"/usr/share/man/man1/{name}.1.gz").exists())
    for name in ("bash-completion/completions/lunauth", "zsh/vendor-completions/_lunauth",
                 "fish/vendor_completions.d/lunauth.fish"):
        completions = pathlib.Path("/usr/share") / name
        report.check(f"there are completions in {completions}",
                     completions.exists() and completions.stat().st_size > 1_000)


def set_up(report: Report) -> None:
    """With the code of the log."""
    code = re.search(r"X-Setup-Code: ([\w-]+)", system.journal())
    done = system.request("POST", "/auth/setup", {"username": "owner", **system.OWNER},
                          [("X-Setup-Code", code[1] if code else "")])
    report.check("the server is set up with the code of the log", done.status == 201, done)
    done = system.log_in()
    report.check("the owner signs in", done.status == 200, done)
