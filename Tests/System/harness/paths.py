"""Where things are in this repository."""

import os
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[3]
# Elsewhere for programs that were built before.
BINARIES = pathlib.Path(os.environ.get("BINARIES") or ROOT / ".build/release").absolute()
BINARY = BINARIES / "lunauth"
# Starts a program with a listening socket, as systemd does.
PASS_SOCKET = ROOT / "Tests/System/harness/pass-socket"
