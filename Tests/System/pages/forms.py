"""A form as a password manager sees it."""

from pages.browser import Browser

# Name, type and autocomplete of a field that takes text.
Field = tuple[str, str, str]

EMAIL: Field = ("email", "email", "username")
# The account of a new password, which is not sent: the form is for one account.
KNOWN_EMAIL: Field = ("", "email", "username")
CURRENT_PASSWORD: Field = ("password", "password", "current-password")
NEW_PASSWORD: Field = ("password", "password", "new-password")
NAME: Field = ("username", "text", "name")

SCRIPT = """
const form = [...document.forms].find((each) => each.method == "post"
    && new URL(each.action).pathname == arguments[0])
return form && [...form.elements].filter((each) => each.matches(
    "input:not([type=hidden], [type=checkbox], [type=radio], [type=submit]), select, textarea"))
    .map((each) => [each.name, each.type, each.autocomplete])
"""


def fields(browser: Browser, action: str, only_personal: bool = False) -> list[Field] | None:
    """The fields of the form that posts to a path, in their order; None where the page has no such
    form. Only those that a password manager fills in, where that is wanted."""
    found = browser.run(SCRIPT, action)
    if found is None:
        return None
    words = ("username", "name", "password")
    return [tuple(each) for each in found
            if not only_personal or each[2].split("-")[-1] in words]
