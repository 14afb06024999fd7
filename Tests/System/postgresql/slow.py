"""A database that answers after 20 seconds."""

import time
from concurrent.futures import ThreadPoolExecutor

from faults.invariants import is_unavailable
from harness import procfs
from harness.daemon import LANE_THREADS
from harness.database_proxy import DatabaseProxy
from harness.database_servers import USER, DatabaseServer
from harness.process import wait_for
from harness.site import Response
from harness.topic import Context
from postgresql.fleet import Fleet, Seat

DELAY_SECONDS = 20
# A read or a unit of work is given up after 5 s, and a lost commit looked up for 2 s more; a request has
# a read for its session before.
BOUND_SECONDS = 14
REQUESTS = 40
STALE_SECONDS = 1


def timed(seat: Seat, number: int) -> tuple[Response, float]:
    """A request that needs the database, and how long its response takes."""
    begin = time.monotonic()
    match number % 3:
        case 0:
            response = seat.post("signup", f"slow-{number}")
        case 1:
            response = seat.post("login", "reader")
        case _:
            response = seat.request("GET", "/auth/users", None, seat.owner)
    return response, time.monotonic() - begin


def run(context: Context) -> None:
    """Every request is 503 in bounded time, and no thread stays behind."""
    server = DatabaseServer(context.directory / "server")
    server.make_database()
    proxy = DatabaseProxy(server.port)
    address = f"postgres://{USER}@127.0.0.1:{proxy.port}/lunauth?sslmode=disable"
    fleet = Fleet(context, address, count=1, DATABASE_STALESECONDS=STALE_SECONDS)
    seat = fleet.seats[0]
    reader = seat.sign_up("reader")
    threads = len(procfs.threads(seat.daemon.pid))
    proxy.delay_seconds = DELAY_SECONDS
    with ThreadPoolExecutor(REQUESTS) as pool:
        results = list(pool.map(lambda number: timed(seat, number), range(REQUESTS)))
    wrong = [response for response, _ in results if not is_unavailable(response)]
    context.check("a request that needs the database is 503 with Retry-After", not wrong, wrong[:3])
    longest = max(seconds for _, seconds in results)
    context.check(f"it is refused within {BOUND_SECONDS} s", longest < BOUND_SECONDS, longest)
    me = seat.me(reader.with_cookie)
    context.check("memory that is too old is 503, not 401", is_unavailable(me), me)
    health = seat.request("GET", "/health")
    context.check("/health is 200", health.status == 200, health)
    status, checks = seat.ready()
    context.check("/readyz is 503", status == 503, checks)
    proxy.delay_seconds = 0
    context.check("writes succeed again without a restart", wait_for(seat.can_store, 15))
    me = seat.me(reader.with_cookie)
    context.check("the session is live", me.status == 200, me)
    idle = wait_for(lambda: not seat.metric('lunauth_lane_queued_requests{lane="store"}')
                    and not seat.metric("lunauth_database_connection_waiting"), 10)
    context.check("no request waits any more", idle)
    left = len(procfs.threads(seat.daemon.pid)) - threads
    context.check("no thread is left but those of lanes", left < LANE_THREADS, left)
    context.note(f"the longest of {REQUESTS} requests took {longest:.1f} s")
    fleet.end()
    proxy.close()
