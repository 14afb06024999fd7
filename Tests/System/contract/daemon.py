"""The daemon that is compared with its document, with its mails in files."""

import json
import pathlib
import urllib.request

from harness.accounts import PASSWORD
from harness.daemon import Daemon
from harness.mails import Mails

OWNER = {"email": "owner@example.com", "password": PASSWORD}
SETUP_CODE = "the setup code of this test"


class ContractDaemon(Daemon):
    """lunauth without rate limits; its mails go to files, where the hooks read links."""

    def __init__(self, directory: pathlib.Path) -> None:
        mails = Mails(directory.with_name("mails"))
        self.mails = mails.directory
        super().__init__(
            directory, HTTP_IDLESECONDS=60, LIMITS_TIERS_APIKEYS="false", **mails.settings,
            # schemathesis sends fields of its own, as only a proxy does.
            SETUP_CODE=SETUP_CODE)

    @property
    def address(self) -> str:
        """The public listener."""
        return f"http://127.0.0.1:{self.port}"

    def call(self, path: str, body: dict | None = None, token: str = "") -> dict:
        """The object in the response to a request that has to succeed."""
        data = None if body is None else json.dumps(body).encode()
        fields = {"Content-Type": "application/json", "X-Setup-Code": SETUP_CODE}
        if token:
            fields["Authorization"] = f"Bearer {token}"
        request = urllib.request.Request(self.address + path, data, fields)
        with urllib.request.urlopen(request, timeout=10) as response:
            return json.load(response)

    def errors(self) -> list[dict]:
        """The log lines of internal errors."""
        return [line for line in self.lines("") if line["level"] in ("error", "critical")]
