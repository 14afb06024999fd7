"""Forms as a program reads them from a page, and sends them with whatever it likes."""

import urllib.parse

import html5lib
from harness.site import Fields, Response, Site

HTML = ("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")
FORM = ("Content-Type", "application/x-www-form-urlencoded")
Values = list[tuple[str, str]]


class Form:
    """A form of a page, with the values that a browser would send."""

    def __init__(self, element: object, page: str) -> None:
        self.path = urllib.parse.urljoin(page, element.get("action") or page)
        self.values: Values = []
        for each in element.iter():
            kind = each.get("type")
            is_field = each.tag in ("input", "select", "textarea") and each.get("name")
            is_off = kind in ("checkbox", "radio") and each.get("checked") is None
            if is_field and not is_off and each.get("disabled") is None:
                self.values.append((each.get("name"), value(each)))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its fields."""
        return tuple(name for name, _ in self.values)

    def variants(self, texts: dict[str, str]) -> dict[str, Values]:
        """The values as they are, and with one field at a time missing, doubled, or with a text."""
        found = {"as it is": self.values, "without any field": []}
        for index, (name, value) in enumerate(self.values):
            before, after = self.values[:index], self.values[index + 1:]
            found[f"{name} missing"] = before + after
            found[f"{name} doubled"] = [*self.values, (name, value + "x")]
            for what, text in texts.items():
                found[f"{name} with {what}"] = [*before, (name, text), *after]
        return found


def value(field: object) -> str:
    """The value of a field as a page is served."""
    options = list(field.iter("option"))
    chosen = next((each for each in options if each.get("selected") is not None),
                  options[0] if options else field)
    return chosen.get("value") or ""


class Client:
    """A client that opens pages and sends their forms, with a session or without."""

    def __init__(self, port: int, cookie: Fields = ()) -> None:
        self.site, self.cookie = Site(port), cookie
        self.host = f"127.0.0.1:{port}"
        self.own = ("Origin", f"http://{self.host}")

    def get(self, path: str) -> Response:
        """Opens a page."""
        return self.site.request("GET", path, fields=[HTML, *self.cookie], host=self.host)

    def post(self, form: Form, values: Values, *fields: tuple[str, str]) -> Response:
        """Sends a form with some values, and with fields that tell where it is from."""
        body = urllib.parse.urlencode(values).encode()
        return self.site.request("POST", form.path, body, [HTML, FORM, *fields, *self.cookie],
                                 host=self.host)

    def read(self, path: str) -> tuple[list[Form], list[str]]:
        """The forms of a page that post, and the paths that its links lead to."""
        tree = html5lib.parse(self.get(path).body, namespaceHTMLElements=False)
        forms = [Form(each, path) for each in tree.iter("form") if each.get("method") == "post"]
        links = [urllib.parse.urljoin(path, each.get("href", "")).split("#")[0]
                 for each in tree.iter("a")]
        return forms, [each for each in links if each.startswith("/")]

    def crawl(self, starts: list[str], most: int = 80) -> dict[str, list[Form]]:
        """The forms of every page that can be reached, by path; of each kind of form the first."""
        pages: dict[str, list[Form]] = {}
        kinds: set[tuple[str, ...]] = set()
        waiting = list(starts)
        while waiting and len(pages) < most:
            path = waiting.pop(0)
            if path in pages or path.startswith(("/auth/logout", "/auth/me/export")):
                continue
            forms, links = self.read(path)
            pages[path] = [each for each in forms if (kind(each)) not in kinds]
            kinds |= {kind(each) for each in forms}
            waiting += links
        return pages


def kind(form: Form) -> tuple[str, ...]:
    """What tells forms apart: the path without ids, and the names of fields."""
    path = "/".join("{id}" if len(part) == 36 else part for part in form.path.split("/"))
    return (path, *form.names)
