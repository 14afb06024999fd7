"""No descriptor is left (EMFILE): for connections, databases, events, keys and the mailer."""

import contextlib
import http.client
import json
import os
import pathlib
import resource
import signal
import socket
import threading
import time
from collections.abc import Iterator, Sequence

from faults.invariants import is_unavailable
from faults.scene import Scene
from harness import procfs
from harness.process import wait_for
from harness.site import Fields, Response
from harness.topic import Context

# A loop that spins uses a whole core; one that waits uses next to nothing.
SPINNING = 0.5


class KeptConnection:
    """A connection that is kept open."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.connection = http.client.HTTPConnection("127.0.0.1", scene.daemon.port, timeout=15)
        self.request("GET", "/health")

    def request(self, method: str, path: str, body: dict | None = None,
                fields: Fields = ()) -> Response:
        """One request."""
        self.connection.request(
            method, path, body and json.dumps(body),
            dict([*fields, ("X-Forwarded-For", f"10.200.0.{next(self.scene.numbers) % 250}")],
                 **({"Content-Type": "application/json"} if body else {})))
        return Response(self.connection.getresponse())


@contextlib.contextmanager
def limited(pid: int, limit: int) -> Iterator[None]:
    """No descriptor from this number on can be opened; what is open stays open."""
    soft, hard = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (limit, hard))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (soft, hard))


def at_once(connections: Sequence[KeptConnection], *request: object) -> list[Response | None]:
    """The responses to the same request on every connection at the same time."""
    responses: list[Response | None] = [None] * len(connections)

    def send(index: int) -> None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            responses[index] = connections[index].request(*request)

    threads = [threading.Thread(target=send, args=[index]) for index in range(len(connections))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return responses


def share_of_core(scene: Scene, seconds: float) -> float:
    """How much of a core the daemon uses for some seconds."""
    before, start = scene.cpu_seconds(), time.monotonic()
    time.sleep(seconds)
    return (scene.cpu_seconds() - before) / (time.monotonic() - start)


def try_inside(scene: Scene, context: Context) -> None:
    """Connections are open, but no worker can open the database, or an event to wait on."""
    scene.restart()
    for means in scene.reader.with_cookie, scene.reader.with_token:
        scene.me(means)
    connections = [KeptConnection(scene) for _ in range(16)]
    signups = []
    with limited(scene.pid, 4):
        for number in range(4):
            body = scene.credentials(f"inside-{number}")
            signups += [(body, it) for it in at_once(connections, "POST", "/auth/signup", body)]
        logins = at_once(connections, "POST", "/auth/login", scene.credentials("victim"))
        sessions = at_once(connections, "GET", "/auth/sessions", None, scene.owner.with_cookie)
        responses = [response for _, response in signups] + logins + sessions
        for path, means in ("/auth/me", scene.reader.with_cookie), ("/auth/config", []):
            read = at_once(connections, "GET", path, None, means)
            context.check("what is in memory is served",
                          all(it and it.status == 200 for it in read), read)
        logged = wait_for(lambda: scene.daemon.lines("the token keys cannot be read"))
        # A descriptor may have been free for a moment: then it is said again.
        recovered = scene.daemon.lines("the token keys can be read again")
        context.check("the log says once that the token keys cannot be read",
                      logged and len(logged) <= 1 + len(recovered), logged + recovered)
    unavailable = [it for it in responses if it and is_unavailable(it)]
    # The first may have taken the address, or the last allowed attempt in progress.
    served = [it for it in responses if it and it.status in (200, 201, 409, 429)]
    context.check("a request that cannot be served is 503, never 401 or 403",
                  len(unavailable) + len(served) == len(responses),
                  [it for it in responses if it not in unavailable + served])
    context.check("requests were refused for lack of descriptors", unavailable, responses[:5])
    context.check("every acknowledged signup is stored",
                  all(scene.request("POST", "/auth/login", body).status == 200
                      for body, it in signups if it and it.status == 201))
    again = at_once(connections, "GET", "/auth/me", None, scene.owner.with_cookie)
    context.check("the connections survive", all(it and it.status == 200 for it in again), again)
    context.check("the log says that the token keys can be read again",
                  wait_for(lambda: scene.daemon.lines("the token keys can be read again")))


def try_accepting(scene: Scene, context: Context) -> None:
    """More connections than descriptors: an idle one is closed for each new one."""
    scene.restart()
    scene.me(scene.reader.with_cookie)
    limit = max(procfs.descriptors(scene.pid)) + 8
    idle = []
    with limited(scene.pid, limit):
        for _ in range(200):
            idle.append(socket.create_connection(("127.0.0.1", scene.daemon.port), 5))
        served = 0
        for _ in range(50):
            with contextlib.suppress(OSError, http.client.HTTPException):
                served += scene.me(scene.reader.with_cookie).status == 200
        context.check("new clients are served in place of idle ones", served == 50, served)
        share = share_of_core(scene, 1.5)
        context.check("no loop spins", share < SPINNING, share)
        context.check("descriptors stay below the limit",
                      max(procfs.descriptors(scene.pid)) < limit)
    for each in idle:
        each.close()
    freed = wait_for(lambda: len(procfs.descriptors(scene.pid)) <= limit)
    context.check("new connections are accepted afterwards", freed and scene.can_store())


def try_none(scene: Scene, context: Context) -> None:
    """Not even the spare descriptor is left: nothing is accepted, and no loop spins."""
    kept = KeptConnection(scene)
    with limited(scene.pid, 4):
        waiting = [socket.create_connection(("127.0.0.1", scene.daemon.port), 5)
                   for _ in range(20)]
        share = share_of_core(scene, 1.5)
        context.check("no loop spins while nothing can be accepted", share < SPINNING, share)
    context.check("new connections are accepted afterwards", wait_for(lambda: is_served(scene)))
    for each in waiting:
        each.close()
    kept.connection.close()


def is_served(scene: Scene) -> bool:
    """Whether a new connection is served."""
    try:
        return scene.can_store()
    except (OSError, http.client.HTTPException):
        return False


def try_mailer(scene: Scene, context: Context) -> None:
    """A mailer that has died is started again once there is a descriptor for its socket."""
    mailer = procfs.children(scene.pid)
    context.check("the mailer runs", len(mailer) == 1, mailer)
    with limited(scene.pid, 4):
        os.kill(mailer[0], signal.SIGKILL)
        lines = wait_for(lambda: scene.daemon.lines("socketpair: Too many open files"), 8)
        context.check("the log says once why the mailer is not started", lines and len(lines) == 1,
                      lines)
        share = share_of_core(scene, 1)
        context.check("no loop spins without a mailer", share < SPINNING, share)
    context.check("the mailer is started again",
                  wait_for(lambda: scene.daemon.lines("the mailer was started again"), 12))


def sendmail(directory: pathlib.Path) -> pathlib.Path:
    """A program that accepts every mail, so that none is being sent when descriptors run out."""
    program = directory / "sendmail"
    program.write_text("#!/bin/sh\nexec cat > /dev/null\n")
    program.chmod(0o755)
    return program


def run(context: Context) -> None:
    """Each part in turn on the same daemon."""
    scene = Scene(context.directory / "daemon", HTTP_IDLESECONDS=60, MAIL_TRANSPORT="sendmail",
                  MAIL_FROM="lunauth@example.com", MAIL_SENDMAIL_PATH=sendmail(context.directory))
    try_mailer(scene, context)
    try_inside(scene, context)
    try_accepting(scene, context)
    try_none(scene, context)
    context.check("the database is intact", not scene.integrity(), scene.integrity())
    scene.daemon.stop()
