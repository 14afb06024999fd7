"""A form as a password manager sees it."""

from pages.browser import Browser

# Name, type and autocomplete of each field that takes text, in their order.
Field = tuple[str, str, str]

SCRIPT = """
const form = [...document.forms].find((each) => each.method == "post"
    && new URL(each.action).pathname == arguments[0])
return form && [...form.elements].filter((each) => each.matches(
    "input:not([type=hidden], [type=checkbox], [type=radio], [type=submit]), select, textarea"))
    .map((each) => [each.name, each.type, each.autocomplete])
"""


def fields(browser: Browser, action: str) -> list[Field] | None:
    """The fields of the form that posts to a path; None where the page has no such form."""
    found = browser.run(SCRIPT, action)
    return None if found is None else [tuple(each) for each in found]
