"""The table against the daemon itself: whole, byte by byte and in two pieces."""

from concurrent.futures import ThreadPoolExecutor

from processes import Daemon
from wire import exchange

CLIENTS = 8
# Longer messages are cut at fewer places: they are long because of one part that repeats.
BYTEWISE = 2_000


def cuts(wire):
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


def expected(case):
    """The sequences of answers that are right; an interim one in parentheses may be there."""
    required = [each for each in case.answers if each != "(100)"]
    return [required, [each.strip("()") for each in case.answers]]


def judge(case, outcome):
    """What is wrong with an outcome; None where nothing is."""
    answers = list(outcome.answers)
    if not outcome.ended:
        return "the connection does not end", outcome.answers
    if case.end == "open":
        last = answers.pop() if answers else None
        if not last or (last.id, str(last)) != (f"after-{case.id}", "404 not_found"):
            return "the request behind it has no answer of its own", outcome.answers
    if [str(each) for each in answers] not in expected(case):
        return f"not {'; '.join(case.answers)}", outcome.answers
    for each in answers:
        length = each.fields.get("content-length")
        if each.body and len(each.body) != int(length or -1):
            return "not as long as it says", outcome.answers
    if case.end != "waits" and any(
            each.closes != (case.end == "closed" and each is answers[-1]) for each in answers):
        return f"does not say that the connection is {case.end}", outcome.answers
    return None


def try_case(case, port):
    """What is wrong with a case, however it is cut; None where nothing is."""
    for name, pieces in cuts(case.input):
        pause = 0.001 if len(pieces) == 2 else 0
        outcome = exchange(port, pieces, case.end == "waits", pause=pause)
        if wrong := judge(case, outcome):
            return f"{name}: {wrong[0]}: got {'; '.join(map(str, wrong[1])) or 'nothing'}"
    return None


def try_daemon(directory, cases, report):
    """Sends all cases to a daemon, those of HTTP/2 excepted; reports each by name."""
    cases = [case for case in cases if not case.is_http2]
    daemon = Daemon(directory / "daemon")
    with ThreadPoolExecutor(CLIENTS) as pool:
        results = [pool.submit(try_case, case, daemon.port) for case in cases]
        for case, result in zip(cases, results):
            error = result.exception()
            wrong = repr(error) if error else result.result()
            report("daemon", case, not wrong, wrong)
    smuggled = [line for line in daemon.requests() if "smuggled" in line.get("path", "")]
    report("daemon", "nothing inside a body was answered", not smuggled, smuggled)
    print(f"daemon: {len(cases)} cases, each whole and cut in 8 ways", flush=True)
