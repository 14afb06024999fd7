"""Certificates that openssl signs for the names of a test."""

import pathlib
import subprocess


def make_certificate(directory: pathlib.Path, *names: str) -> tuple[pathlib.Path, pathlib.Path]:
    """A self-signed certificate for these names, and its key."""
    certificate, key = directory / "certificate.pem", directory / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", f"/CN={names[0]}",
         "-addext", "subjectAltName=" + ",".join(f"DNS:{name}" for name in names),
         "-keyout", key, "-out", certificate], check=True, capture_output=True)
    return certificate, key
