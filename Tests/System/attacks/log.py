"""The daemon's log: what it took for a request, whatever the proxy meant."""

from collections.abc import Collection
from datetime import datetime

from harness.daemon import Daemon
from harness.process import wait_for


def read_log(daemon: Daemon, last: str, before: Collection[str] = ()) -> dict[str, dict]:
    """The lines by their id, once that of the last path is written; without health checks."""
    wait_for(lambda: daemon.requests(path=last))
    return {line["id"]: line for line in daemon.requests()
            if line["id"] not in before and line.get("path") != "/health"}


def blame(attempts: list, lines: list[dict]) -> str:
    """For each line the case that had been sent last when it was written."""
    found = []
    for line in lines:
        time = datetime.fromisoformat(line["time"]).timestamp()
        # The log has milliseconds, rounded down.
        sent = [attempt.case for attempt in attempts if attempt.began < time + 0.001]
        what = line.get("path") or f"{line['status']} {line['code']}"
        found.append(f"{sent[-1] if sent else 'nothing'}: {what}")
    return "; ".join(found)
