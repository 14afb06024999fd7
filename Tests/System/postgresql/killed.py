"""One of three daemons is killed under load."""

from harness.database_servers import DatabaseServer
from harness.process import wait_for
from harness.topic import Context
from postgresql.fleet import Fleet
from postgresql.load import Load


def run(context: Context) -> None:
    """Clients of the others notice nothing; the next process of the killed one loses nothing."""
    server = DatabaseServer(context.directory / "server")
    server.make_database()
    fleet = Fleet(context, server.address())
    load = Load(fleet, context.options.seed)
    load.start()
    load.wait(300)
    victim = fleet.seats[0]
    victim.daemon.kill()
    for client in load.at(victim):
        client.is_over = True
    load.wait(300)
    victim.daemon.start()
    load.stop()
    others = [each for each in load.all if each.server is not victim]
    context.check("clients of the other daemons notice nothing",
                  not any(each.unacknowledged for each in others),
                  [each.unacknowledged for each in others])
    context.check("clients of the killed daemon notice",
                  all(each.unacknowledged for each in load.at(victim)))
    load.audit()
    status, checks = victim.ready()
    context.check("the next process is ready", status == 200, checks)
    # A mail that was being sent is free again after a minute, and sent then.
    wait_for(lambda: not fleet.unsent_mails(), 75, 0.5)
    fleet.end(kills=1)
