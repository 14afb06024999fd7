"""Mails in files, written by a program in the place of sendmail."""

import email
import email.message
import email.policy
import pathlib
import re

from harness.process import Failure, wait_for


class Mails:
    """A directory with one file a mail, which has its name once it is complete."""

    def __init__(self, directory: pathlib.Path) -> None:
        """Makes it, with the program."""
        directory.mkdir()
        self.directory = directory
        self.program = directory / "sendmail"
        self.program.write_text(
            f"#!/bin/sh\nname=$(mktemp {directory}/$(date +%s%N)-XXXXXX)\n"
            'cat >"$name" && mv "$name" "$name.mail"\n')
        self.program.chmod(0o700)

    @property
    def settings(self) -> dict[str, object]:
        """The settings of a daemon that sends its mails here."""
        return {"MAIL_TRANSPORT": "sendmail", "MAIL_FROM": "noreply@example.com",
                "MAIL_SENDMAIL_PATH": self.program}

    def to(self, address: str) -> list[email.message.EmailMessage]:
        """The mails to an address, the newest first."""
        files = sorted(self.directory.glob("*.mail"), reverse=True)
        mails = [email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
                 for file in files]
        return [mail for mail in mails if mail["To"].addresses[0].addr_spec == address]

    def link(self, address: str, path: str) -> str:
        """The path and query of the newest link in a mail to an address whose path contains a text."""
        def find() -> str | None:
            for mail in self.to(address):
                text = mail.get_body(("plain",)).get_content()
                for found in re.findall(r"https?://[^\s/]+(/\S+)", text):
                    if path in found:
                        return found
            return None

        if not (found := wait_for(find, 10)):
            raise Failure(f"no mail to {address} has a link to {path}")
        return found
