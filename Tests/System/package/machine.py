"""A Debian 12 that runs a script once it has booted: with its own kernel, or in a container."""

import hashlib
import os
import pathlib
import shlex
import shutil
import subprocess
from collections.abc import Sequence

from harness.paths import ROOT
from harness.process import Failure

# What the script needs, beside what lunauth depends on.
PACKAGES = ("systemd", "systemd-sysv", "dbus", "linux-image-cloud-amd64", "python3", "iproute2")
CACHE = ROOT / ".build/debian"
SECONDS = 400
# Where qemu emulates the processor; the script takes four times as long then.
EMULATED_SECONDS = 1100
# For a kernel that finds no disk: it takes two where KVM is what it says.
PROBE_SECONDS = 12

UNIT = """[Unit]
After=multi-user.target
[Service]
Type=idle
Environment=PYTHONPATH=/mnt/Tests/System
ExecStartPre=/bin/sh -c 'mountpoint -q /mnt || mount -o ro /dev/vdb /mnt'
ExecStart=/usr/bin/python3 -B /mnt/Tests/System/guest/main.py
ExecStopPost=/bin/systemctl --no-block poweroff
StandardOutput=journal+console
StandardError=journal+console
"""
KVM = ("-enable-kvm", "-cpu", "host")
EMULATION = ("-accel", "tcg", "-cpu", "max")
# The kernel boots from these, and no more: to find out and to compress take longest.
INITRAMFS = {"conf.d/small": "MODULES=list\nCOMPRESS=gzip\nCOMPRESSLEVEL=1\n",
             "modules": "virtio_pci\nvirtio_blk\next4\n"}


class Machine:
    """An installed system and its kernel."""

    def __init__(self, dependencies: Sequence[str]) -> None:
        """Makes the system, which stays for later runs with the same packages."""
        packages = sorted({*PACKAGES, *dependencies})
        digest = hashlib.sha256(" ".join([*packages, UNIT]).encode()).hexdigest()[:12]
        self.directory = CACHE / digest
        if not self.directory.exists():
            partial = CACHE / f"partial-{os.getpid()}"
            try:
                make(partial, packages)
                partial.rename(self.directory)
            finally:
                shutil.rmtree(partial, ignore_errors=True)

    def boots_in_qemu(self) -> bool:
        """Whether KVM opens and runs Debian's kernel: without a disk it panics, and qemu ends."""
        try:
            os.close(os.open("/dev/kvm", os.O_RDWR))
            subprocess.run([*self._qemu(KVM, "panic=-1"), "-serial", "none"], stdin=subprocess.DEVNULL,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                           timeout=PROBE_SECONDS, check=True)
        except (OSError, subprocess.SubprocessError):
            return False
        return True

    def run_in_qemu(self, script: pathlib.Path, work: pathlib.Path, *,
                    is_emulated: bool = False) -> str:
        """Boots with Debian's kernel, and shuts down; what the script has written."""
        results, console, disks = work / "results", work / "console", []
        results.touch()
        for name, source, size in ("system", self.directory / "tree", "2G"), ("script", script, "1G"):
            disks.append(work / f"{name}.img")
            subprocess.run(["mke2fs", "-q", "-t", "ext4", "-d", source, disks[-1], size],
                           stdout=subprocess.DEVNULL, check=True)
        processor = EMULATION if is_emulated else KVM
        command = [*self._qemu(processor, "root=/dev/vda rw quiet console=ttyS0 panic=-1"),
                   "-initrd", self.directory / "tree/initrd.img",
                   *(word for disk in disks for word in ("-drive", f"file={disk},if=virtio,format=raw")),
                   "-serial", f"file:{console}", "-serial", f"file:{results}"]
        wait(command, console, EMULATED_SECONDS if is_emulated else SECONDS)
        return results.read_text()

    def run_in_container(self, script: pathlib.Path, work: pathlib.Path) -> str:
        """Boots the same system with the kernel of this machine; what the script has written."""
        results, console = work / "results", work / "console"
        results.touch()
        nspawn = ["systemd-nspawn", "--register=no", "--keep-unit", "--private-network", "--boot",
                  f"--directory={self.directory / 'tree'}", "--volatile=overlay",
                  f"--bind-ro={script}:/mnt", f"--bind={results}:/results"]
        # It wants a terminal, and a /run of its own where this machine has no systemd.
        inside = f"mount -t tmpfs tmpfs /run; mkdir -p /run/systemd/nspawn; exec {shlex.join(nspawn)}"
        shell = shlex.join(["unshare", "--mount", "sh", "-ec", inside])
        wait(["script", "--quiet", "--return", "--command", shell, console], console, SECONDS)
        return results.read_text()

    def _qemu(self, processor: Sequence[str], options: str) -> list[object]:
        return ["qemu-system-x86_64", *processor, "-smp", "2", "-m", "1024",
                "-kernel", self.directory / "tree/vmlinuz", "-append", f"net.ifnames=0 {options}",
                "-nic", "none", "-display", "none", "-no-reboot", "-monitor", "none"]


def make(directory: pathlib.Path, packages: Sequence[str]) -> None:
    """Installs a system with mmdebstrap."""
    files = {f"etc/initramfs-tools/{name}": text for name, text in INITRAMFS.items()}
    setup = directory / "setup"
    for name, text in files.items():
        (setup / name).parent.mkdir(parents=True, exist_ok=True)
        (setup / name).write_text(text)
    (setup / "script.service").write_text(UNIT)
    wants = "etc/systemd/system/multi-user.target.wants/script.service"
    hooks = [f"--essential-hook=cp -rT {setup}/etc $1/etc",
             f"--customize-hook=cp {setup}/script.service $1/etc/systemd/system/",
             f"--customize-hook=ln -s /etc/systemd/system/script.service $1/{wants}",
             "--customize-hook=rm -f $1/etc/machine-id $1/etc/resolv.conf; touch $1/etc/machine-id"]
    done = subprocess.run(
        ["mmdebstrap", "--quiet", "--variant=minbase", f"--include={','.join(packages)}",
         '--aptopt=Acquire::Languages "none"', *hooks, "bookworm", directory / "tree"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        raise Failure(f"no Debian could be made: {done.stdout[-700:]}")


def wait(command: Sequence[object], console: pathlib.Path, seconds: float) -> None:
    """Runs a machine until it shuts down."""
    environment = os.environ | {"SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1"}
    try:
        subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, timeout=seconds,
                       stdout=subprocess.DEVNULL, env=environment, check=True)
    except subprocess.SubprocessError as error:
        text = console.read_text(errors="replace") if console.exists() else ""
        raise Failure(f"the machine failed: {error}: {text[-700:]}") from None
