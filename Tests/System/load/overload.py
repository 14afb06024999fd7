"""Far more logins than the cores can do and writes beside them, and who is served all the same."""

import client
import population
import swarm
from swarm import Swarm, Task
from trial import Trial
from visitor import WAITS, Visitor, tell, waits
from watched import Watched
from wrk import NUMBER

LOGIN_CLIENTS, WRITERS = 1_500, 200
SECONDS = 15
# The cost of every account: a third of the default.
ITERATIONS = 200_000


def run(trial: Trial) -> None:
    """The storm beside a client that needs neither a password nor a write."""
    daemon = Watched(trial.directory / "overload", PASSWORD_ITERATIONS=ITERATIONS)
    # The first logs in, of whose many sessions the oldest end; the others write.
    population.fill(daemon, 1 + WRITERS, ITERATIONS)
    signer = population.Signer(daemon, daemon.owner.token)
    trial.say(f"overload: {LOGIN_CLIENTS:,} clients log in, {WRITERS} write")
    before = daemon.warm_up()
    visitor = Visitor(daemon, ["me", "me, new connection", "health", "livez"])
    logins = Swarm(daemon.port, [Task(client.login(population.email(0)), (200, 503))],
                   LOGIN_CLIENTS)
    writes = Swarm(daemon.port, [
        Task(client.request("PATCH", "/auth/me",
                            {"Authorization": f"Bearer {signer.token(number)}"},
                            {"name": f"Name {NUMBER}"}), (200, 503))
        for number in range(1, WRITERS + 1)], WRITERS)
    swarm.run([logins, writes], SECONDS)
    visits = visitor.finish()
    for name, each in (("login", logins.account), ("write", writes.account)):
        answered = sum(each.statuses.values())
        trial.check(f"overload: every {name} got an answer, and a right one",
                    answered == each.asked and not each.lost and not each.wrong,
                    (str(each), each.wrong[:3]))
        trial.note(f"{name}s: {each}")
    statuses = logins.account.statuses
    trial.check("overload: some logins are done, the rest is refused with 503 and Retry-After",
                statuses[200] > 0 and statuses[503] > 0, statuses)
    trial.check("overload: writes are done", writes.account.statuses[200] > 0,
                writes.account.statuses)
    tell(trial, "overload", visits)
    rows = []
    for name, each in (("login", logins.account), ("write", writes.account)):
        for status, times in sorted(each.times.items()):
            rows.append([name, str(status), *waits(times)])
    trial.tabulate("overload: what the storm waited for", ["request", "status", *WAITS], rows)
    with client.Connection(daemon.port) as connection:
        after = connection.ask(client.login(population.email(0)))
    trial.check("overload: afterwards the first login is done", after.status == 200, after)
    daemon.check_return(trial, "overload", before)
    daemon.stop()
