"""The daemon's log: what it took for a request, whatever the proxy meant."""

from datetime import datetime

from processes import wait_for


def read_log(daemon, last, before=()):
    """The lines by their id, once that of the last path is there; without the health checks."""
    wait_for(lambda: daemon.requests(path=last))
    return {line["id"]: line for line in daemon.requests()
            if line["id"] not in before and line.get("path") != "/health"}


def accuse(attempts, lines):
    """Which case had been sent last when each of some lines was written."""
    told = []
    for line in lines:
        time = datetime.fromisoformat(line["time"]).timestamp()
        # The log has milliseconds, cut off.
        sent = [attempt.case for attempt in attempts if attempt.began < time + 0.001]
        what = line.get("path") or f"{line['status']} {line['code']}"
        told.append(f"{sent[-1] if sent else 'nothing'}: {what}")
    return "; ".join(told)
