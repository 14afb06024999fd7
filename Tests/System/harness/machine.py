"""This machine and its programs, for reports of measurements."""

import os
import pathlib
import platform
import re
import sqlite3
import subprocess


def first(pattern: str, text: str) -> str:
    """What a pattern finds, or a question mark."""
    found = re.search(pattern, text, re.MULTILINE)
    return found[1].strip() if found else "?"


def output(*command: str) -> str:
    """What a command prints, on whichever output; nothing when it is not there."""
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=30, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout


def description() -> str:
    """One line about the machine."""
    cpu = first(r"^model name\s*: (.+)$", pathlib.Path("/proc/cpuinfo").read_text())
    memory = first(r"MemTotal:\s+(\d+)", pathlib.Path("/proc/meminfo").read_text())
    gibibytes = f"{int(memory) / (1 << 20):.0f} GiB" if memory.isdigit() else "?"
    system = first(r'^PRETTY_NAME="(.+)"$', pathlib.Path("/etc/os-release").read_text())
    kernel = first(r"^(\d+\.\d+(?:\.\d+)?)", platform.release())
    kind = "virtual" if re.search(r"^flags.* hypervisor", pathlib.Path(
        "/proc/cpuinfo").read_text(), re.MULTILINE) else "physical"
    return (f"{kind} machine with {os.cpu_count()} cores of an {cpu}, {gibibytes}, {system}, "
            f"Linux {kernel}")


def versions() -> str:
    """One line about the programs."""
    found = {
        "nginx": first(r"nginx/(\S+)", output("/usr/sbin/nginx", "-v")),
        "Caddy": first(r"^v?(\d\S*)", output("caddy", "version")),
        "HAProxy": first(r"version (\d[\d.]*)", output("haproxy", "-v")),
        "wrk": first(r"wrk (?:debian/)?(\S+)", output("wrk", "-v")),
        "hey": first(r"^Version: (\S+)", output("dpkg", "-s", "hey")),
        "OpenSSL": first(r"^OpenSSL (\S+)", output("openssl", "version")),
        "SQLite": sqlite3.sqlite_version,
        "Swift": first(r"Swift version (\S+)", output("swift", "--version")),
        "Python": platform.python_version(),
    }
    return ", ".join(f"{name} {version}" for name, version in found.items())
