"""The table against the daemon itself: whole, byte by byte and in two pieces."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from attacks.table import Case, read_table
from attacks.wire import Outcome, Response, exchange
from harness.daemon import Daemon
from harness.topic import Context

CLIENTS = 8
# Longer messages are cut at fewer places: they are long because of one part that repeats.
BYTEWISE = 2_000
# Fields of every page, also of an error: it is not stored, framed or scripted by other sites.
PAGE_FIELDS = {"cache-control": "no-store", "x-content-type-options": "nosniff",
               "referrer-policy": "same-origin", "vary": "Accept"}
PAGE_POLICY = ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'",
               "base-uri 'none'")


def cuts(wire: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """Ways to send a message: a name and the pieces."""
    yield "whole", [wire]
    if len(wire) <= BYTEWISE:
        yield "byte by byte", [wire[index:index + 1] for index in range(len(wire))]
    else:
        yield "in 64 pieces", [wire[len(wire) * part // 64:len(wire) * (part + 1) // 64]
                               for part in range(64)]
    for part in range(1, 8):
        middle = len(wire) * part // 8
        yield f"in two at byte {middle}", [wire[:middle], wire[middle:]]


def expected(case: Case) -> list[list[str]]:
    """The sequences of responses that are right; an interim one in parentheses may be missing."""
    required = [each for each in case.responses if each != "(100)"]
    return [required, [each.strip("()") for each in case.responses]]


def missing_fields(page: Response) -> list[str]:
    """The fields that a page has to have and lacks."""
    policy = page.fields.get("content-security-policy", "").split("; ")
    return [name for name, value in PAGE_FIELDS.items() if page.fields.get(name) != value] + [
        directive for directive in PAGE_POLICY if directive not in policy]


def problem(case: Case, outcome: Outcome) -> str | None:
    """What is wrong with an outcome; None where nothing is."""
    responses = list(outcome.responses)
    if not outcome.ended:
        return "the connection does not end"
    if case.end == "open":
        last = responses.pop() if responses else None
        if not last or (last.id, str(last)) != (f"after-{case.id}", "404 not_found"):
            return "the next request gets no response of its own"
    if [str(each) for each in responses] not in expected(case):
        return f"not {'; '.join(case.responses)}"
    for each in responses:
        length = each.fields.get("content-length")
        if each.body and len(each.body) != int(length or -1):
            return "the body is not as long as Content-Length says"
        if each.fields.get("content-type", "").startswith("text/html") and (
                missing := missing_fields(each)):
            return f"the page lacks {missing}"
    if case.end != "waits" and any(
            each.closes != (case.end == "closed" and each is responses[-1]) for each in responses):
        return f"no response says that the connection is {case.end}"
    return None


def try_case(case: Case, port: int) -> str | None:
    """What is wrong with a case, however it is cut; None where nothing is."""
    for name, pieces in cuts(case.input):
        pause = 0.001 if len(pieces) == 2 else 0
        outcome = exchange(port, pieces, case.end == "waits", pause=pause)
        if wrong := problem(case, outcome):
            return f"{name}: {wrong}: {'; '.join(map(str, outcome.responses)) or 'no response'}"
    return None


def run_daemon(context: Context) -> None:
    """Sends all cases but those of HTTP/2 to a daemon; reports each by name."""
    cases = [case for case in read_table() if not case.is_http2]
    daemon = Daemon(context.directory / "daemon")
    with ThreadPoolExecutor(CLIENTS) as pool:
        results = [pool.submit(try_case, case, daemon.port) for case in cases]
        for case, result in zip(cases, results):
            error = result.exception()
            wrong = repr(error) if error else result.result()
            context.check(case, not wrong, wrong)
    smuggled = [line for line in daemon.requests() if "smuggled" in line.get("path", "")]
    context.check("no request inside a body is handled", not smuggled, smuggled)
    context.note(f"{len(cases)} cases, each whole and cut in 8 ways")
