"""Where things are in this repository."""

import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[3]
BINARY = ROOT / ".build/release/lunauth"
# Starts a program with a listening socket, as systemd does.
PASS_SOCKET = ROOT / "Tests/System/harness/pass-socket"
