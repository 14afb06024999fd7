"""The Debian package in a booted Debian, the image in a chroot, and what else is shipped."""

from harness.topic import Topic
from package.debian import run_emulated, run_lintian, run_machine, run_reproducible
from package.image import PYTHON, run_dist, run_examples, run_image

TOPIC = Topic(
    "Can a machine without toolchain install, upgrade and remove lunauth, and lose nothing?",
    {"lintian": run_lintian, "reproducible": run_reproducible, "dist": run_dist,
     "examples": run_examples, "image": run_image, "machine": run_machine,
     "emulated": run_emulated},
    long_cases=frozenset({"emulated"}),
    programs=("dpkg-buildpackage", "lintian", "mmdebstrap", "mke2fs", "readelf", "unshare", "script",
              "systemd-nspawn", "qemu-system-x86_64"),
    files=(PYTHON / "python",), needs_root=True, is_on_disk=True, deadline_seconds=lambda _: 1200)
