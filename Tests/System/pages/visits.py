"""Visits of stories: a fresh daemon, a fresh browser, and checks of every page on the way."""

import importlib
import os
import pathlib
import threading
import traceback
from collections.abc import Callable
from functools import cached_property

from harness.accounts import Accounts, Person
from harness.topic import Context
from pages import checks
from pages.browser import SCREENSHOTS, Browser
from pages.daemon import PagesDaemon
from pages.forms import Field, fields
from pages.pairs import Way, every_way
from pages.person import PersonAtBrowser

# A browser keeps a core busy.
SLOTS = threading.Semaphore(os.cpu_count() or 2)


class Visit(PersonAtBrowser):
    """One person who goes through one story."""

    def __init__(self, story: str, context: Context, directory: pathlib.Path,
                 browser: Browser) -> None:
        super().__init__(browser)
        self.story, self.context, self.directory = story, context, directory
        self.way = browser.way
        self.state = "begin"
        self.daemons = 0
        # Where the site is opened, if that is not the address of the daemon.
        self.host: str | None = None

    @cached_property
    def daemon(self) -> PagesDaemon:
        """A daemon that has no owner yet."""
        return self.start_daemon()

    @cached_property
    def accounts(self) -> Accounts:
        """An account of each kind, in the daemon."""
        return Accounts(self.daemon)

    def populate(self) -> Accounts:
        """Makes the accounts now."""
        return self.accounts

    def start_daemon(self, **settings: object) -> PagesDaemon:
        """A daemon with some settings; the story goes on with it."""
        self.daemons += 1
        self.daemon = PagesDaemon(self.directory / f"daemon{self.daemons}", **settings)
        self.__dict__.pop("accounts", None)
        return self.daemon

    def open(self, path: str) -> None:
        """Opens a path of the site."""
        self.browser.open(self.origin + path)

    def sign_in(self, person: Person) -> None:
        """Lets the browser have the session of an account."""
        self.browser.forget()
        self.browser.sign_in(person, self.origin)

    @property
    def origin(self) -> str:
        """The origin of the site, as the browser sees it."""
        return self.host or self.daemon.origin

    @property
    def path(self) -> str:
        """Path and query of the page that is shown."""
        return self.browser.address.removeprefix(self.origin)

    def check(self, claim: str, holds: object, found: object = "") -> None:
        """Counts a check of the state the story is in."""
        self.context.check(f"{self.state}: {claim} [{self.way}]", holds, found)

    def see(self, state: str, status: int = 200, failed: bool = False) -> None:
        """Checks the page that is shown as every page is checked, and keeps a picture of it.

        After a form that failed, the summary of what is wrong has the focus.
        """
        self.state = state
        document = self.browser.document()
        self.check(f"the status is {status}", document.status == status,
                   (document.status, document.method, document.address))
        results = {
            "its HTML is valid": checks.markup_faults(self.browser.traffic.body()),
            "its structure is right": checks.structure_faults(self.browser, failed),
            "its header fields are those of pages": checks.field_faults(document.fields),
            "the console is empty": checks.console_faults(self.browser),
            "axe-core finds nothing": checks.accessibility_faults(self.browser),
            "every stop of the Tab key is visible": self.invisible_stops,
        }
        for claim, faults in results.items():
            self.check(claim, not faults, "\n  ".join(["", *faults]))
        self.invisible_stops = []
        name = state if state.startswith(self.story) else f"{self.story}-{state}"
        self.browser.save_screenshot(SCREENSHOTS / f"{name}.{self.way}.png")

    def is_invalid(self, name: str) -> bool:
        """Whether a field is marked as what is wrong, with an error beside it."""
        field = self.find(f"[name='{name}']:not([type=hidden])")
        ids = (field.get_attribute("aria-describedby") or "").split()
        return (field.get_attribute("aria-invalid") == "true"
                and any(self.sees(f"#{id}.field-error") for id in ids))

    def retry_until(self, status: int, act: Callable[[], None]) -> None:
        """Does something on the page that is shown until the response has a status."""
        for _ in range(30):
            act()
            if self.browser.document().status == status:
                return

    def fields(self, action: str, only_personal: bool = False) -> list[Field] | None:
        """What a password manager sees in the form to a path."""
        return fields(self.browser, action, only_personal)

    def check_fields(self, action: str, wanted: list[Field], only_personal: bool = False) -> None:
        """Checks what a password manager sees in the form to a path."""
        found = self.fields(action, only_personal)
        self.check(f"a password manager sees the fields of {action}", found == wanted, found)


def run_story(name: str, ways: list[Way], context: Context) -> None:
    """Goes through a story in some ways, or in all of them."""
    story = importlib.import_module(f"pages.stories.{name}")
    for number, way in enumerate(every_way() if context.options.is_whole else ways):
        directory = context.directory / str(number)
        directory.mkdir()
        with SLOTS, Browser.running(directory / "browser", way) as browser:
            visit = Visit(name, context, directory, browser)
            try:
                story.tell(visit)
            except Exception as error:
                browser.save_screenshot(SCREENSHOTS / f"{name}-failed.{way}.png")
                place = traceback.extract_tb(error.__traceback__)[1]
                visit.check(f"it goes on after that, from {browser.address}", False,
                            f"{error!r} in {place.name}, line {place.lineno}")
            finally:
                if visit.daemons:
                    visit.daemon.stop()
