"""The machine: its commands, its packages, its service."""

import json
import pathlib
import subprocess
from dataclasses import dataclass

from harness.process import wait_for
from harness.site import Fields, Response, Site

PACKAGES = pathlib.Path("/mnt/packages")
DATA = pathlib.Path("/var/lib/lunauth")
BACKUPS = pathlib.Path("/var/backups/lunauth")
CONFIGURATION = pathlib.Path("/etc/lunauth/config.json")
PROGRAMS = pathlib.Path("/usr/lib/lunauth")
OWNER = {"email": "owner@example.org", "password": "correct horse battery staple"}


@dataclass(frozen=True)
class Done:
    """How a command has ended, and what it has printed."""

    status: int
    text: str


def run(*command: object, text: str | None = None) -> Done:
    """Runs a command to its end, as root and in its directory."""
    done = subprocess.run(
        [str(word) for word in command], input=text, stdout=subprocess.PIPE, cwd="/",
        stderr=subprocess.STDOUT, text=True, check=False, timeout=300,
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive",
             "LC_ALL": "C.UTF-8"})
    return Done(done.returncode, done.stdout)


def is_emulated() -> bool:
    """Whether qemu emulates the processor, on which a login would take a quarter of a minute."""
    return run("systemd-detect-virt").text.strip() == "qemu"


def make_hashing_cheap() -> None:
    """For a processor that is emulated."""
    if is_emulated():
        file = pathlib.Path("/run/systemd/system/lunauth.service.d/emulated.conf")
        file.parent.mkdir(parents=True)
        file.write_text("[Service]\nEnvironment=LUNAUTH_PASSWORD_ITERATIONS=1000\n")


def install(name: str) -> Done:
    """Installs a package with its dependencies, as an operator does."""
    return run("apt-get", "install", "-y", PACKAGES / f"{name}.deb")


def version(name: str) -> str:
    """The version of a package that is not installed."""
    return run("dpkg-deb", "-f", PACKAGES / f"{name}.deb", "Version").text.strip()


def state() -> str:
    """What dpkg says of lunauth: `ii`, `iF`, `rc`, or nothing."""
    return run("dpkg-query", "-W", "-f", "${db:Status-Abbrev}", "lunauth").text[:2]


def journal() -> str:
    """The log of the service."""
    return run("journalctl", "-u", "lunauth", "-o", "cat").text


def property(name: str, unit: str = "lunauth.service") -> str:
    """A property of a unit."""
    return run("systemctl", "show", "--value", "-p", name, unit).text.strip()


def pid() -> int:
    """The id of the daemon; 0 where there is none."""
    return int(property("MainPID") or 0)


def is_active(unit: str = "lunauth.service") -> bool:
    """Whether a unit is active."""
    return run("systemctl", "is-active", unit).text.strip() == "active"


def request(method: str, path: str, body: dict | None = None, fields: Fields = ()) -> Response:
    """A request from this machine, on a connection of its own."""
    return Site(8080).request(method, path, body, fields, "127.0.0.1", "localhost:8080")


def is_container() -> bool:
    """Whether the system has the kernel of another."""
    return pathlib.Path("/results").exists()


def filters_addresses(address: str, port: int) -> bool:
    """Whether IPAddressDeny= has an effect; only a container may have a kernel without."""
    if not is_container():
        return True
    probe = f"import socket; socket.create_connection(('{address}', {port}), 3)"
    return run("systemd-run", "--quiet", "--wait", "-p", "IPAddressDeny=any", "-p",
               "IPAddressAllow=localhost", "python3", "-c", probe).status != 0


def wait_for_service() -> bool:
    """Waits until the daemon answers."""
    return wait_for(lambda: is_active() and request("GET", "/health").status == 200, 20)


def log_in() -> Response:
    """A login of the owner."""
    return request("POST", "/auth/login", OWNER)


def configure(**keys: object) -> None:
    """Writes the configuration over what dpkg has put there; its owner and mode stay."""
    CONFIGURATION.write_text(json.dumps(keys))
