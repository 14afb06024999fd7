"""ChromeDriver and the Chromium it starts, in one process group that ends with the test."""

import os
import pathlib
import shutil
from collections.abc import Mapping

from harness.server import Server
from selenium import webdriver
from selenium.webdriver.chrome.remote_connection import ChromeRemoteConnection

ARGUMENTS = (
    "--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
    "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-extensions", "--disable-features=Translate,OptimizationHints",
)
# The sites of the tests are on this machine, and nothing else is there.
NAMES = ("MAP *.example.com 127.0.0.1", "MAP * ~NOTFOUND", "EXCLUDE 127.0.0.1")


class ChromeDriver(Server):
    """The server that speaks WebDriver."""

    def __init__(self, directory: pathlib.Path, names: Mapping[str, int] | None = None) -> None:
        """Starts it; `names` are hosts with ports that are at other ports of this machine."""
        self.names = names or {}
        self.profile = directory / "profile"
        super().__init__(directory)

    def command(self) -> list[object]:
        return ["chromedriver", f"--port={self.port}"]

    def environment(self) -> dict[str, str]:
        """Settings, caches and sockets go to its directory."""
        home = str(self.directory)
        return {**super().environment(), "HOME": home, "TMPDIR": home, "XDG_CONFIG_HOME": home,
                "XDG_CACHE_HOME": home}

    def open_browser(self, has_scripts: bool) -> webdriver.Remote:
        """A Chromium with an empty profile, which runs the scripts of pages or does not."""
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium")
        for argument in ARGUMENTS:
            options.add_argument(argument)
        rules = [f"MAP {name} 127.0.0.1:{port}" for name, port in self.names.items()]
        options.add_argument("--host-resolver-rules=" + ", ".join([*rules, *NAMES]))
        if not os.geteuid():
            # Its sandbox does not work for root.
            options.add_argument("--no-sandbox")
        options.add_argument(f"--user-data-dir={self.profile}")
        options.accept_insecure_certs = True
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        options.add_experimental_option("prefs", {
            "profile.managed_default_content_settings.javascript": 1 if has_scripts else 2,
            "credentials_enable_service": False, "profile.password_manager_enabled": False})
        return webdriver.Remote(
            command_executor=ChromeRemoteConnection(f"http://127.0.0.1:{self.port}"),
            options=options)
