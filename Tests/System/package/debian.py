"""The Debian package: what lintian says of it, and its life in a machine."""

import json
import pathlib
import shutil
import sqlite3
import subprocess

from harness.paths import ROOT
from harness.topic import Context
from package import debs
from package.machine import Machine

# The last schema before second factors, whose key is not in the database.
SCHEMA = ROOT / "Tests/Schemas/schema-4.sql"


def run_lintian(context: Context) -> None:
    """No error and no warning; what is overridden has its reason in the package."""
    deb = debs.now(context.directory.parent)
    done = subprocess.run(["lintian", "--allow-root", "--fail-on", "error,warning", deb],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    context.check("lintian finds nothing", done.returncode == 0, done.stdout)
    size = deb.stat().st_size
    context.note(f"{deb.name} has {size / 1e6:.1f} MB")


def run_reproducible(context: Context) -> None:
    """The package of the same programs is the same file."""
    deb, again = debs.now(context.directory.parent), debs.build(context.directory)
    context.check("two packages of one build are equal byte by byte",
                  deb.read_bytes() == again.read_bytes())


def run_machine(context: Context) -> None:
    """Install, set up, upgrade under load, remove and purge, in a Debian that is booted."""
    machine, script = prepare(context)
    if machine.boots_in_qemu():
        results = machine.run_in_qemu(script, context.directory)
    else:
        print(f"\n{'!' * 78}\n!!! SKIPPED: no boot with Debian's kernel, since KVM does not open, or "
              f"does not run it.\n!!! The same system boots in a container instead; --case emulated "
              f"boots it without KVM.\n{'!' * 78}\n", flush=True)
        results = machine.run_in_container(script, context.directory)
    judge(results, context)


def run_emulated(context: Context) -> None:
    """The same with Debian's kernel where there is no KVM: qemu emulates the processor."""
    machine, script = prepare(context)
    judge(machine.run_in_qemu(script, context.directory, is_emulated=True), context)


def prepare(context: Context) -> tuple[Machine, pathlib.Path]:
    """A machine, and the directory with the script and its packages."""
    script = context.directory / "script"
    tests = script / "Tests/System"
    shutil.copytree(pathlib.Path(__file__).parent / "guest", tests / "guest")
    shutil.copytree(ROOT / "Tests/System/harness", tests / "harness")
    make_packages(context.directory, script / "packages")
    make_earlier(script / "earlier.db")
    return Machine(debs.dependencies(script / "packages/now.deb")), script


def judge(results: str, context: Context) -> None:
    """Counts what the script has found."""
    is_over = False
    for line in results.splitlines():
        entry = json.loads(line)
        if "note" in entry:
            context.note(entry["note"])
        elif "over" in entry:
            is_over = True
        else:
            context.check(entry["claim"], entry["holds"], entry["found"])
    console = (context.directory / "console").read_text(errors="replace")
    context.check("the script runs to its end", is_over, console[-800:])


def make_packages(directory: pathlib.Path, into: pathlib.Path) -> None:
    """The version before, this one, and later ones: the first cannot migrate, the others can."""
    into.mkdir()
    now = debs.now(directory.parent)
    number = debs.version(now)
    shutil.copy(debs.build_before(directory), into / "before.deb")
    shutil.copy(now, into / "now.deb")
    for name, is_broken in ("broken", True), ("mended", False), ("last", False):
        version = f"{number}+{('broken', 'mended', 'last').index(name) + 1}"
        shutil.copy(debs.rebuild(now, directory, version, is_broken=is_broken),
                    into / f"{name}.deb")


def make_earlier(file: pathlib.Path) -> None:
    """A database of an earlier schema."""
    base = sqlite3.connect(file)
    base.executescript(SCHEMA.read_text())
    base.close()
