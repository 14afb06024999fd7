"""The certificate of the site and of the application."""

import subprocess

from client import HOST
from guards import APPLICATION


def make_certificate(directory):
    certificate, key = directory / "certificate.pem", directory / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", f"/CN={HOST}",
         "-addext", f"subjectAltName=DNS:{HOST},DNS:{APPLICATION}", "-keyout", key,
         "-out", certificate], check=True, capture_output=True)
    return certificate, key
