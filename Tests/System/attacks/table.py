"""The table of cases: one page a topic in cases/, in the form that README.md describes."""

import pathlib
import re
from collections.abc import Iterator

CASES = pathlib.Path(__file__).resolve().parent / "cases"
MINIMUM = 250
HEADING = ["Case", "Bytes", "Source", "Responses"]
SOURCE = re.compile(r"RFC \d{3,4} (§|appendix )[0-9A-Z.]+|CVE-\d{4}-\d{4,}|CWE-\d+")
RESPONSE = re.compile(r"(\d{3}|\(100\))( [a-z_]+(: [^;:]+)?)?")
ENDS = ("open", "closed", "waits", "any")
# What the lines of a message end with. The fields of HTTP/2 may have line ends inside.
LINE_ENDS = {"```http": "\\r\\n", "```h2": "\\x1e"}
PIECE = re.compile(
    r"(?P<plain>[^\\{}])|\\(?P<escape>[rnt\\])|\\x(?P<hex>[0-9a-f]{2})|(?P<id>\{id\})"
    r"|\{(?P<times>[1-9]\d{0,6})\*(?P<text>[^{}]+)\}")
ESCAPES = {"r": b"\r", "n": b"\n", "t": b"\t", "\\": b"\\"}


class TableError(Exception):
    """What breaks the form of the table, with file and line."""


def expand(text: str, id: str) -> bytes:
    """The bytes of a text with escapes and repetitions."""
    wire, position = bytearray(), 0
    while position < len(text):
        piece = PIECE.match(text, position)
        if not piece or not text.isascii():
            raise TableError(f"no such escape: {text[position:position + 20]!r}")
        position = piece.end()
        if piece["plain"]:
            wire += piece["plain"].encode()
        elif piece["escape"]:
            wire += ESCAPES[piece["escape"]]
        elif piece["hex"]:
            wire.append(int(piece["hex"], 16))
        elif piece["id"]:
            wire += id.encode()
        else:
            wire += expand(piece["text"], id) * int(piece["times"])
    return bytes(wire)


class Case:
    """One row: what is sent, and the responses that the daemon has to give."""

    def __init__(self, place: str, cells: list[str], template: str, is_http2: bool) -> None:
        self.place = place
        self.is_http2 = is_http2
        self.name, code, sources, responses = cells
        self.id = re.sub("[^a-z0-9]+", "-", self.name.lower()).strip("-")
        if not self.id or len(self.id) > 55:
            raise TableError("a name has 1 to 55 letters and digits")
        if not re.fullmatch("`[^`]+`", code):
            raise TableError("the bytes are between backticks")
        if not all(SOURCE.fullmatch(each) for each in sources.split(", ")):
            raise TableError(f"no RFC section, CVE or CWE: {sources!r}")
        self.wire = expand(template.replace("{}", code[1:-1]), self.id)
        *self.responses, self.end = expand(responses, self.id).decode().split("; ")
        if (self.end == "any") != is_http2:
            raise TableError("`any` is for HTTP/2, where each proxy has its own responses")
        if self.end not in ENDS or not all(RESPONSE.fullmatch(each) for each in self.responses):
            raise TableError(f"no responses that end in {', '.join(ENDS)}: {responses!r}")

    def __str__(self) -> str:
        return f"{self.place}: {self.name}"

    @property
    def request(self) -> tuple[list[tuple[bytes, bytes]], bytes]:
        """The fields and the body of a request of HTTP/2."""
        head, _, body = self.wire.partition(b"\x1e\x1e")
        # A pseudo-header field begins with a colon, which is not the one behind its name.
        places = [(line, line.find(b": ", 1)) for line in head.split(b"\x1e")]
        return [(line[:place], line[place + 2:]) for line, place in places], body

    def follow_up(self, path: str = "after") -> bytes:
        """The request that proves where this one ended, and ends the connection."""
        return (f"GET /{path}/{self.id} HTTP/1.1\r\nHost: auth.example.com\r\n"
                f"X-Request-Id: {path}-{self.id}\r\nConnection: close\r\n\r\n").encode()

    @property
    def input(self) -> bytes:
        """All that is sent: after an incomplete message the next request would be part of it."""
        return self.wire if self.end == "waits" else self.wire + self.follow_up()


def read_page(page: pathlib.Path) -> Iterator[Case]:
    """The cases of a page."""
    template, line_end, is_fenced, is_heading_next = None, "", False, True
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        place = f"{page.name}:{number}"
        try:
            if is_fenced:
                is_fenced = line != "```"
                if is_fenced:
                    # A backslash at the end leaves out the end of the line.
                    template += line[:-1] if line.endswith("\\") else line + line_end
                elif template.count("{}") != 1:
                    raise TableError("a message has one place for the bytes of a case: {}")
            elif line in LINE_ENDS:
                line_end = LINE_ENDS[line]
                template, is_fenced, is_heading_next = "", True, True
            elif line.startswith("|"):
                cells = [cell.strip() for cell in line.strip("|").split("|")]
                if template is None or len(cells) != len(HEADING):
                    raise TableError(f"a row has {len(HEADING)} cells and a message above it")
                if is_heading_next:
                    is_heading_next = False
                    if cells != HEADING:
                        raise TableError(f"a table begins with {' | '.join(HEADING)}")
                elif set(line) != set("|-"):
                    yield Case(place, cells, template, line_end == LINE_ENDS["```h2"])
            elif line.startswith("```") or line.startswith("##"):
                if line.startswith("```"):
                    raise TableError(f"a message begins with {' or '.join(LINE_ENDS)}")
                template = None
        except TableError as error:
            raise TableError(f"{place}: {error}") from None
    if is_fenced:
        raise TableError(f"{page.name}: a message does not end")


def read_table() -> list[Case]:
    """All cases.

    Raises TableError where the form is broken, two cases have one id, or there are too few.
    """
    cases, places = [], {}
    for page in sorted(CASES.glob("*.md")):
        found = list(read_page(page))
        if not found:
            raise TableError(f"{page.name}: no case")
        for case in found:
            if case.id in places:
                raise TableError(f"{case}: {places[case.id]} has the same name")
            places[case.id] = case.place
        cases += found
    if len(cases) < MINIMUM:
        raise TableError(f"{len(cases)} cases, not {MINIMUM}")
    return cases
