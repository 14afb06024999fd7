"""Debian packages of lunauth: as they are shipped, and with what a test needs to be otherwise."""

import functools
import os
import pathlib
import subprocess

from harness.paths import BINARIES, ROOT

# Programs of the version before, where there are any: the same ones stand for them otherwise.
BEFORE = pathlib.Path(os.environ.get("BEFORE") or BINARIES).absolute()


def build(directory: pathlib.Path) -> pathlib.Path:
    """The package as it is shipped."""
    return _build(directory, BINARIES)


def build_before(directory: pathlib.Path) -> pathlib.Path:
    """The package of the version before; it is not compressed, which takes longest."""
    stands_for_it = ["0.0.1"] if BEFORE == BINARIES else []
    return _build(directory, BEFORE, *stands_for_it, COMPRESSION="-Znone")


def _build(directory: pathlib.Path, *words: object, **variables: str) -> pathlib.Path:
    done = subprocess.run([ROOT / "packaging/build-deb", directory, *words], cwd=ROOT, text=True,
                          stdout=subprocess.PIPE, check=True, env=os.environ | variables)
    return ROOT / done.stdout.strip()


@functools.cache
def now(directory: pathlib.Path) -> pathlib.Path:
    """The package as it is shipped, built once in a run."""
    return build(directory)


def version(deb: pathlib.Path) -> str:
    """Its version."""
    return field(deb, "Version")


def field(deb: pathlib.Path, name: str) -> str:
    """A field of its control file."""
    return subprocess.run(["dpkg-deb", "-f", deb, name], stdout=subprocess.PIPE, text=True,
                          check=True).stdout.strip()


def dependencies(deb: pathlib.Path) -> list[str]:
    """What it depends on, without versions; the first of alternatives."""
    return [part.split("|")[0].split("(")[0].strip() for part in field(deb, "Depends").split(",")]


# Refuses to migrate, and does everything else.
BROKEN = """#!/bin/sh
[ "$1" != restore ] || { echo "lunauth: migration 99 failed" >&2; exit 74; }
exec /usr/lib/lunauth/real "$@"
"""


def rebuild(deb: pathlib.Path, directory: pathlib.Path, version: str, *, is_broken: bool) -> pathlib.Path:
    """The same package as a later version; a broken one cannot migrate."""
    tree = directory / f"tree-{version}"
    subprocess.run(["dpkg-deb", "--raw-extract", deb, tree], check=True)
    old = field(deb, "Version")
    for name in "control", "preinst", "postinst":
        file = tree / "DEBIAN" / name
        file.write_text(file.read_text().replace(old, version))
    if is_broken:
        programs = tree / "usr/lib/lunauth"
        (programs / "lunauth").rename(programs / "real")
        (programs / "lunauth").write_text(BROKEN)
        (programs / "lunauth").chmod(0o755)
    changed = directory / f"lunauth_{version}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Znone", "--build", tree, changed],
                   stdout=subprocess.DEVNULL, check=True)
    return changed
