"""Chromium as one person uses it: with a width, a colour scheme, a language, scripts or none."""

import base64
import pathlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from harness.accounts import Person
from harness.paths import ROOT
from harness.process import Failure, wait_for
from pages.driver import ChromeDriver
from pages.pairs import Way
from pages.traffic import Exchange, Traffic
from selenium.webdriver import ActionChains

SCREENSHOTS = ROOT / ".build/screenshots"
HEIGHT = 800
TIME_ZONE = "Europe/Berlin"
# What is typed into the key events of the protocol: the code of a key, and the text it makes.
KEYS = {"Tab": (9, ""), "Enter": (13, "\r"), "Space": (32, " "), "ArrowDown": (40, ""),
        "ArrowUp": (38, ""), "Home": (36, ""), "End": (35, "")}


class Browser:
    """A Chromium with one tab."""

    def __init__(self, server: ChromeDriver, way: Way) -> None:
        self.way = way
        self.driver = server.open_browser(way.has_scripts)
        self.traffic = Traffic(self.driver)
        self._emulate(way)

    @staticmethod
    @contextmanager
    def running(directory: pathlib.Path, way: Way,
                names: Mapping[str, int] | None = None) -> Iterator["Browser"]:
        """A browser that ends with the block; `names` are those of its ChromeDriver."""
        server = ChromeDriver(directory, names)
        try:
            yield Browser(server, way)
        finally:
            server.stop(3)

    def command(self, name: str, /, **parameters: object) -> dict:
        """A command of the DevTools protocol; its result."""
        return self.driver.execute(
            "executeCdpCommand", {"cmd": name, "params": parameters})["value"]

    def run(self, script: str, *arguments: object) -> object:
        """The result of a script of the test, which runs also where those of pages do not."""
        return self.driver.execute_script(script, *arguments)

    def _emulate(self, way: Way) -> None:
        self.set_width(way.width)
        self.command("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": way.scheme}])
        self.command("Emulation.setTimezoneOverride", timezoneId=TIME_ZONE)
        agent = self.command("Browser.getVersion")["userAgent"]
        self.command("Network.setUserAgentOverride", userAgent=agent.replace("Headless", ""),
                     acceptLanguage="de,en;q=0.5" if way.language == "de" else "en")

    def set_width(self, width: int) -> None:
        """Makes the window as wide as this."""
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=HEIGHT,
                     deviceScaleFactor=1, mobile=False)

    @property
    def address(self) -> str:
        """Of the page that is shown."""
        return self.driver.current_url

    def open(self, address: str) -> None:
        """Opens an address as from the address bar, and waits for its page."""
        self.driver.get(address)

    def back(self) -> None:
        """Goes back by one page."""
        self.driver.back()

    def reload(self) -> None:
        """Loads the page again."""
        self.driver.refresh()

    def press(self, key: str) -> None:
        """Presses and releases a key."""
        code, text = KEYS[key]
        event = {"key": " " if key == "Space" else key, "code": key, "windowsVirtualKeyCode": code}
        self.command("Input.dispatchKeyEvent", type="keyDown", text=text, **event)
        self.command("Input.dispatchKeyEvent", type="keyUp", **event)

    def type(self, text: str) -> None:
        """Replaces the text of the focused field."""
        self.command("Input.dispatchKeyEvent", type="keyDown", key="a", code="KeyA", modifiers=2,
                     commands=["selectAll"])
        self.command("Input.dispatchKeyEvent", type="keyUp", key="a", code="KeyA", modifiers=2)
        if text:
            self.command("Input.insertText", text=text)
        else:
            self.command("Input.dispatchKeyEvent", type="keyDown", key="Delete", code="Delete",
                         windowsVirtualKeyCode=46)

    def navigate(self, act: Callable[[], object]) -> None:
        """Does something that leads to another page, and waits until that is loaded."""
        self.run("window.isBefore = true")
        act()

        def is_loaded() -> bool:
            return bool(self.run("return !window.isBefore && document.readyState == 'complete'"))

        if not wait_for(is_loaded, 15):
            said = self.run("return [...document.querySelectorAll('[role=status], [role=alert]')]"
                            ".map((it) => it.textContent).join(' ')")
            raise Failure(f"no page follows {self.address}, which says {said!r}")

    def document(self) -> Exchange:
        """The request and response of the page that is shown."""
        def is_recorded() -> bool:
            # The record may come after the page.
            self.traffic.update()
            last = self.traffic.documents[-1:]
            return bool(last and last[0].status
                        and last[0].address == self.address.split("#")[0])

        if not wait_for(is_recorded, 5):
            raise Failure(f"no request for {self.address} is recorded")
        return self.traffic.documents[-1]

    def sign_in(self, person: Person, address: str) -> None:
        """Gives it the cookie of a session, for the site with an address."""
        name, value = person.cookie.split("=", 1)
        self.command("Network.setCookie", name=name, value=value, url=address, httpOnly=True)

    def click_twice(self, element: object) -> None:
        """Clicks an element twice at once, as some do everywhere."""
        ActionChains(self.driver).double_click(element).perform()

    def allow_clipboard(self, origin: str) -> None:
        """Lets the test read what a page has copied."""
        self.command("Browser.grantPermissions", origin=origin, permissions=[
            "clipboardReadWrite", "clipboardSanitizedWrite"])

    def clipboard(self) -> str:
        """What was copied last."""
        return self.driver.execute_async_script(
            "navigator.clipboard.readText().then(arguments[0], (error) => arguments[0](`${error}`))")

    def forget(self) -> None:
        """Deletes all cookies."""
        self.command("Network.clearBrowserCookies")

    def console(self) -> list[dict]:
        """What was written into the console since the last call; reports of the content security policy
        are among it."""
        return self.driver.execute("getLog", {"type": "browser"})["value"]

    def save_screenshot(self, file: pathlib.Path, is_whole: bool = True) -> None:
        """Writes a picture of the page, from its top to its end."""
        # What sticks to the window would be in the middle of the picture.
        self.run("scrollTo(0, 0)")
        size = self.command("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": self.way.width, "scale": 1,
                "height": min(size["height"], 8000) if is_whole else HEIGHT}
        picture = self.command("Page.captureScreenshot", format="png", clip=clip,
                               captureBeyondViewport=is_whole)["data"]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(base64.b64decode(picture))
