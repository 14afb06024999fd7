"""Start, and memory: at rest, and of connections that wait."""

from bench import Bench
from harness import procfs, wire
from harness.daemon import QuietDaemon
from harness.tables import mebibytes, milliseconds

IDLE_CONNECTIONS = 8_000


def measure(bench: Bench) -> None:
    """Five rows, with the settings as they are by default."""
    daemon = QuietDaemon(bench.directory / "resources", LIMITS_ENABLED="true", LOG_LEVEL="info")
    bearer = wire.me(wire.set_up(daemon.port).token)
    wire.exchange(daemon.port, bearer)
    set_up = daemon.resident_bytes()
    bench.say(f"start, {bench.plan.starts} times")
    starts, at_rest = [], []
    for _ in range(bench.plan.starts):
        starts.append(daemon.restart() * 1000)
        at_rest.append(daemon.resident_bytes())
    bench.report.within("start to first response", starts, 60, milliseconds)
    bench.report.within("memory at rest, started and not yet used", at_rest, 16 << 20, mebibytes)
    bench.report.tell("threads at rest", f"{len(procfs.threads(daemon.pid))}")
    bench.report.tell("memory after setup (a first password) and a first `me`", mebibytes(set_up))
    bench.say(f"{IDLE_CONNECTIONS:,} idle connections")
    connections: list[wire.Connection] = []
    try:
        before = daemon.resident_bytes()
        for _ in range(IDLE_CONNECTIONS):
            connections.append(wire.Connection(daemon.port))
            connections[-1].exchange(bearer)
        each = (daemon.resident_bytes() - before) / IDLE_CONNECTIONS
    finally:
        for connection in connections:
            connection.socket.close()
    bench.report.within(f"memory of an idle connection ({IDLE_CONNECTIONS:,} of them)", [each],
                        2048, lambda value: f"{value:,.0f} B")
    daemon.stop()
    bench.report.notes.append(
        "Memory is VmRSS; an idle connection has answered one `me`, and what the kernel keeps for "
        "its socket is not in it.")
