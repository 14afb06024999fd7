"""The Python packages that `scripts/python-packages pages` installs, made importable."""

import sys

from harness.paths import ROOT

ENVIRONMENT = ROOT / ".build/pages"
# All of them are plain Python, so it does not matter which Python they were installed by.
PACKAGES = next(ENVIRONMENT.glob("lib/python3*/site-packages"), ENVIRONMENT / "site-packages")
# Only the script of this package is used; it would bring another browser with it.
AXE = PACKAGES / "axe_playwright_python/axe.min.js"

sys.path.append(str(PACKAGES))
