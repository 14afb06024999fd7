"""What a person does on a page: with the mouse, or with the keyboard alone."""

import time

from harness.process import Failure
from pages.browser import Browser

# More stops than any page has.
MOST_STOPS = 300
VISIBLE = """
const active = document.activeElement, style = getComputedStyle(active)
const shows = (it) => it.outlineStyle != "none" && parseFloat(it.outlineWidth) > 0
    || it.boxShadow != "none"
const box = active.getClientRects()[0] ?? new DOMRect()
const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
const isSeen = [active, ...active.labels ?? []].some((each) => each.contains(hit))
const around = getComputedStyle(active.closest("label, .joined, li, a") ?? active)
return [active == arguments[0],
    active == document.body || active.matches("[tabindex='-1']")
    || isSeen && (shows(style) || shows(around)),
    active.outerHTML.slice(0, 150)]
"""
FIND = """
const [selector, text] = arguments
const found = [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility())
return found.find((each) => !text || each.textContent.includes(text)) ?? null
"""


class PersonAtBrowser:
    """Fills in and presses what a person sees; nothing is done that a person could not do."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        # Stops of the Tab key at which nothing shows where the focus is.
        self.invisible_stops: list[str] = []

    def find(self, selector: str, text: str = "") -> object:
        """The first visible element of a selector, with a text where one is given."""
        if not (found := self.browser.run(FIND, selector, text)):
            raise Failure(f"{self.browser.address} shows no {selector} {text}")
        return found

    def sees(self, selector: str, text: str = "") -> bool:
        """Whether there is such an element."""
        return bool(self.browser.run(FIND, selector, text))

    def text(self, selector: str = "body") -> str:
        """The text of an element, as it is shown."""
        return self.find(selector).text

    def value(self, name: str) -> str:
        """The value of a field."""
        return self.find(f"[name='{name}']:not([type=hidden])").get_property("value")

    def reach(self, element: object) -> None:
        """Focuses an element by the Tab key."""
        if self.browser.run("return document.activeElement == arguments[0]", element):
            return
        for _ in range(MOST_STOPS):
            self.browser.press("Tab")
            if self._check_stop(element):
                return
        raise Failure(f"the Tab key does not reach {element.get_attribute('outerHTML')[:200]}")

    def _check_stop(self, element: object) -> bool:
        """Whether the focus is at an element; keeps what has it where nothing shows that."""
        # A page that fades in or scrolls covers it for a moment.
        for _ in range(10):
            is_there, is_visible, what = self.browser.run(VISIBLE, element)
            if is_visible:
                return is_there
            time.sleep(0.05)
        self.invisible_stops.append(what)
        return is_there

    def activate(self, element: object) -> None:
        """Presses a button, a link, a checkbox or a fold."""
        if self.browser.way.has_mouse:
            element.click()
        else:
            self.reach(element)
            self.browser.press("Enter" if element.tag_name == "a" else "Space")

    def fill(self, within: str = "", **values: str) -> None:
        """Types into fields by their names, inside the element of a selector where one is given."""
        for name, value in values.items():
            element = self.find(f"{within} [name='{name}']:not([type=hidden])".strip())
            if element.tag_name == "select":
                self.choose(element, value)
                continue
            if self.browser.way.has_mouse:
                element.click()
            else:
                self.reach(element)
            self.browser.type(value)

    def choose(self, select: object, value: str) -> None:
        """Chooses an option, by its value."""
        if self.browser.way.has_mouse:
            self.browser.driver.find_element(
                "css selector", f"#{select.get_attribute('id')} option[value='{value}']").click()
            return
        self.reach(select)
        self.browser.press("Home")
        for _ in range(50):
            if select.get_property("value") == value:
                return
            self.browser.press("ArrowDown")
        raise Failure(f"no option {value}")

    def tick(self, name: str, is_on: bool = True, value: str = "", within: str = "") -> None:
        """Sets a checkbox, or chooses a radio button by its value."""
        which = f"[value='{value}']" if value else ""
        box = self.find(f"{within} [name='{name}']:not([type=hidden]){which}".strip())
        if box.is_selected() == is_on:
            return
        if box.get_attribute("type") == "radio" and not self.browser.way.has_mouse:
            self._choose_radio(box, name, within)
        else:
            self.activate(box)

    def _choose_radio(self, box: object, name: str, within: str) -> None:
        group = f"{within} [name='{name}']".strip()
        self.reach(self.find(f"{group}:checked" if self.sees(f"{group}:checked") else group))
        for _ in range(50):
            if box.is_selected():
                return
            self.browser.press("ArrowDown")
        raise Failure(f"the keyboard does not choose {name}")

    def unfold(self, selector: str, text: str = "") -> None:
        """Opens the fold around what a selector names."""
        fold = self.browser.run(
            "return [...document.querySelectorAll(arguments[0])].map((each) =>"
            " each.closest('details:not([open])')).find(Boolean)?.querySelector('summary') ?? null",
            selector)
        if fold:
            self.activate(fold)

    def follow(self, selector: str, text: str = "") -> None:
        """Activates a link or a button that leads to another page, and waits for that."""
        element = self.find(selector, text)
        self.browser.navigate(lambda: self.activate(element))

    def submit(self, action: str) -> None:
        """Sends the form to a path by its button."""
        self.follow(f"form[action='{action}'] button:not([type=button]),"
                    f" form[action^='{action}?'] button:not([type=button])")

    def submit_by_enter(self) -> None:
        """Sends the form of the focused field by the Enter key."""
        self.browser.navigate(lambda: self.browser.press("Enter"))
