"""Far more logins than the cores can do and writes beside them, and who is served all the same."""

from harness import population, wire
from harness.topic import Context
from harness.wrk import NUMBER
from load import normal_client, swarm
from load.normal_client import LATENCY_HEADINGS, NormalClient, latency_cells
from load.observed import ObservedDaemon
from load.swarm import Swarm, Task

LOGIN_CLIENTS, WRITERS = 1_500, 200
SECONDS = 15
# The cost of every account: a third of the default.
ITERATIONS = 200_000


def run(context: Context) -> None:
    """The storm beside a client that needs neither a password nor a write."""
    daemon = ObservedDaemon(context.directory / "daemon", PASSWORD_ITERATIONS=ITERATIONS)
    # The first account logs in, of whose many sessions the oldest end; the others write.
    population.fill(daemon, 1 + WRITERS, ITERATIONS)
    signer = population.Signer(daemon, daemon.owner.token)
    before = daemon.warm_up()
    client = NormalClient(daemon, ["me", "me, new connection", "health", "livez"])
    logins = Swarm(daemon.port, [Task(wire.login(population.email(0)), (200, 503))],
                   LOGIN_CLIENTS)
    writes = Swarm(daemon.port, [
        Task(wire.request("PATCH", "/auth/me",
                          {"Authorization": f"Bearer {signer.token(number)}"},
                          {"name": f"Name {NUMBER}"}), (200, 503))
        for number in range(1, WRITERS + 1)], WRITERS)
    swarm.run([logins, writes], SECONDS)
    results = client.finish()
    for name, account in (("login", logins.account), ("write", writes.account)):
        received = sum(account.statuses.values())
        context.check(f"every {name} gets a response, and a right one",
                      received == account.sent and not account.lost and not account.wrong,
                      (str(account), account.wrong[:3]))
        context.note(f"{name}s: {account}")
    statuses = logins.account.statuses
    context.check("some logins succeed, the others get 503 with Retry-After",
                  statuses[200] > 0 and statuses[503] > 0, statuses)
    context.check("writes succeed", writes.account.statuses[200] > 0, writes.account.statuses)
    normal_client.report(context, results)
    rows = []
    for name, account in (("login", logins.account), ("write", writes.account)):
        for status, times in sorted(account.times.items()):
            rows.append([name, str(status), *latency_cells(times)])
    context.table(f"{LOGIN_CLIENTS:,} clients log in, {WRITERS} write",
                  ["request", "status", *LATENCY_HEADINGS], rows)
    with wire.Connection(daemon.port) as connection:
        after = connection.send(wire.login(population.email(0)))
    context.check("the first login afterwards succeeds", after.status == 200, after)
    daemon.check_return(context, before)
    daemon.stop()
