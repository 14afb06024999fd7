"""lunauth with its pages and mails."""

import pathlib

from harness.daemon import Daemon
from harness.mails import Mails


class PagesDaemon(Daemon):
    """lunauth without rate limits; its mails go to files."""

    def __init__(self, directory: pathlib.Path, starts: bool = True, **settings: object) -> None:
        self.mails = Mails(directory.with_name(directory.name + "-mails"))
        super().__init__(directory, starts, HTTP_IDLESECONDS=60, **self.mails.settings, **settings)

    @property
    def origin(self) -> str:
        """The origin of its site."""
        return f"http://127.0.0.1:{self.port}"
