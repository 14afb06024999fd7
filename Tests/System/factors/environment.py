"""The Pythons of other implementations, which `scripts/python-packages` makes: their packages do not
fit each other, and some are not plain Python."""

from harness.paths import ROOT

FACTORS = ROOT / ".build/factors/bin/python"
SOFT = ROOT / ".build/soft-webauthn/bin/python"
