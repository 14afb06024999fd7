"""No descriptor is left (EMFILE): for connections, for databases, for events, for keys."""

import contextlib
import http.client
import json
import os
import resource
import signal
import socket
import threading
import time

from client import Answer
from processes import wait_for
from proof import is_honest
from scene import Scene

# A loop that spins takes a processor; one that waits takes next to nothing.
SPINNING = 0.5


class Line:
    """A connection that is kept."""

    def __init__(self, scene):
        self.scene = scene
        self.connection = http.client.HTTPConnection("127.0.0.1", scene.daemon.port, timeout=15)
        self.ask("GET", "/health")

    def ask(self, method, path, body=None, fields=()):
        self.connection.request(
            method, path, body and json.dumps(body),
            dict([*fields, ("X-Forwarded-For", f"10.200.0.{next(self.scene.numbers) % 250}")],
                 **({"Content-Type": "application/json"} if body else {})))
        return Answer(self.connection.getresponse())


def descriptors(pid):
    return [int(name) for name in os.listdir(f"/proc/{pid}/fd")]


@contextlib.contextmanager
def limited(pid, limit):
    """Nothing gets a descriptor from this number on; what is open stays so."""
    soft, hard = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (limit, hard))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (soft, hard))


def at_once(lines, *request):
    """The same request on every connection at the same time."""
    answers = [None] * len(lines)

    def ask(index):
        with contextlib.suppress(OSError, http.client.HTTPException):
            answers[index] = lines[index].ask(*request)

    threads = [threading.Thread(target=ask, args=[index]) for index in range(len(lines))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def try_inside(scene, check):
    """Connections are there, but no worker can open the database, or an event to wait on."""
    scene.restart()
    for means in scene.reader.with_cookie, scene.reader.with_token:
        scene.me(means)
    lines = [Line(scene) for _ in range(16)]
    taken = []
    with limited(scene.pid, 4):
        for number in range(4):
            body = scene.credentials(f"inside-{number}")
            taken += [(body, it) for it in at_once(lines, "POST", "/auth/signup", body)]
        logins = at_once(lines, "POST", "/auth/login", scene.credentials("victim"))
        sessions = at_once(lines, "GET", "/auth/sessions", None, scene.owner.with_cookie)
        answers = [answer for _, answer in taken] + logins + sessions
        for path, means in ("/auth/me", scene.reader.with_cookie), ("/auth/config", []):
            read = at_once(lines, "GET", path, None, means)
            check("what is in memory is answered",
                  all(it and it.status == 200 for it in read), read)
        logged = wait_for(lambda: scene.daemon.lines("the token keys cannot be read"))
        check("the log says once that keys cannot be looked at",
              logged and len(logged) == 1, logged)
    honest = [it for it in answers if it and is_honest(it)]
    # Who was faster has the name, or the last of the allowed attempts that are under way.
    known = [it for it in answers if it and it.status in (200, 201, 409, 429)]
    check("whatever could not be done is 503, and nothing is 401 or 403",
          len(honest) + len(known) == len(answers),
          [it for it in answers if it not in honest + known])
    check("it did happen", honest, answers[:5])
    check("a signup that was answered is there, and one that was not can be made",
          all(scene.ask("POST", "/auth/login", body).status == 200
              for body, it in taken if it and it.status == 201))
    again = at_once(lines, "GET", "/auth/me", None, scene.owner.with_cookie)
    check("the connections outlive it", all(it and it.status == 200 for it in again), again)
    check("the log says that keys can be looked at again",
          wait_for(lambda: scene.daemon.lines("the token keys can be read again")))


def try_accepting(scene, check):
    """More connections than descriptors: one that is idle goes for one that comes."""
    scene.restart()
    scene.me(scene.reader.with_cookie)
    limit = max(descriptors(scene.pid)) + 8
    idle = []
    with limited(scene.pid, limit):
        for _ in range(200):
            idle.append(socket.create_connection(("127.0.0.1", scene.daemon.port), 5))
        served = 0
        for _ in range(50):
            with contextlib.suppress(OSError, http.client.HTTPException):
                served += scene.me(scene.reader.with_cookie).status == 200
        check("who comes is served in place of who is idle", served == 50, served)
        before, start = scene.processor_seconds(), time.monotonic()
        time.sleep(1.5)
        share = (scene.processor_seconds() - before) / (time.monotonic() - start)
        check("nothing spins", share < SPINNING, share)
        check("descriptors stay below the limit", max(descriptors(scene.pid)) < limit)
    for each in idle:
        each.close()
    left = wait_for(lambda: len(descriptors(scene.pid)) <= limit)
    check("accepting goes on", left and scene.is_back())


def try_none(scene, check):
    """Not even the spare one: nobody is accepted, nothing spins, and it ends with the fault."""
    line = Line(scene)
    with limited(scene.pid, 4):
        waiting = [socket.create_connection(("127.0.0.1", scene.daemon.port), 5)
                   for _ in range(20)]
        before, start = scene.processor_seconds(), time.monotonic()
        time.sleep(1.5)
        share = (scene.processor_seconds() - before) / (time.monotonic() - start)
        check("nothing spins while nobody can be accepted", share < SPINNING, share)
    back = wait_for(lambda: served(scene))
    check("accepting goes on by itself", back)
    for each in waiting:
        each.close()
    line.connection.close()


def served(scene):
    try:
        return scene.is_back()
    except (OSError, http.client.HTTPException):
        return False


def try_mailer(scene, check):
    """A mailer that has died is not started again before there is a descriptor for its socket."""
    mailer = children(scene.pid)
    check("the mailer runs", len(mailer) == 1, mailer)
    with limited(scene.pid, 4):
        os.kill(mailer[0], signal.SIGKILL)
        said = wait_for(lambda: scene.daemon.lines("socketpair: Too many open files"), 8)
        check("the log says why there is no mailer", said and len(said) == 1, said)
        before, start = scene.processor_seconds(), time.monotonic()
        time.sleep(1)
        share = (scene.processor_seconds() - before) / (time.monotonic() - start)
        check("nothing spins without a mailer", share < SPINNING, share)
    check("the mailer is started again by itself",
          wait_for(lambda: scene.daemon.lines("the mailer was started again"), 12))


def children(pid):
    """The processes that any of its threads started."""
    found = []
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/children") as file:
            found += [int(each) for each in file.read().split()]
    return found


def try_all(directory, library, check):
    # Takes every mail, so that none is under way when descriptors run out.
    sendmail = directory / "sendmail"
    sendmail.parent.mkdir(parents=True, exist_ok=True)
    sendmail.write_text("#!/bin/sh\nexec cat > /dev/null\n")
    sendmail.chmod(0o755)
    scene = Scene(directory / "daemon", LUNAUTH_HTTP_IDLESECONDS="60",
                  LUNAUTH_MAIL_TRANSPORT="sendmail", LUNAUTH_MAIL_FROM="lunauth@example.com",
                  LUNAUTH_MAIL_SENDMAIL_PATH=str(sendmail))
    try_mailer(scene, check)
    try_inside(scene, check)
    try_accepting(scene, check)
    try_none(scene, check)
    check("the database is whole", not scene.integrity(), scene.integrity())
    scene.daemon.stop()
