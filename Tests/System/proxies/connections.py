"""The connections between a proxy and the daemon: reused, closed when idle, lost in a restart."""

import time
from concurrent.futures import ThreadPoolExecutor

from harness.ports import client_ports
from harness.process import wait_for
from harness.proxies import Proxy
from harness.recorder import Recorder
from harness.site import CLIENT, HOST
from harness.topic import Context
from proxies.login import LOGIN, SPOOFED


def check_reuse(proxy: Proxy, context: Context) -> None:
    """A connection of each client does not become one to the daemon."""
    def health_checks() -> int:
        # Each has a connection of its own.
        return len(proxy.daemon.requests(path="/health"))

    before, checked = client_ports(proxy.daemon.port), health_checks()
    statuses = [proxy.http.request("GET", "/auth/config").status for _ in range(50)]
    made = len(client_ports(proxy.daemon.port) - before) - (health_checks() - checked)
    # Idle connections are closed every second, so a slow machine needs some more.
    context.check("50 clients share less than half as many connections to the daemon",
                  statuses == [200] * 50 and made < 25, (made, statuses))


def check_restart(proxy: Proxy, context: Context) -> None:
    """The daemon stops, is missing, and returns."""
    daemon = proxy.daemon
    status = daemon.stop()
    context.check("the daemon exits with 0 while the proxy holds connections", status == 0, status)
    down = [proxy.https.request("GET", "/auth/config").status for _ in range(3)]
    context.check("without the daemon the response is 502 or 503", set(down) <= {502, 503}, down)
    if proxy.name == "haproxy":
        context.check("the health check finds the daemon down", wait_for(
            lambda: proxy.all_print("Server lunauth/lunauth is DOWN")), proxy.text)
    check_recorded(proxy, context)
    daemon.start()
    back = wait_for(lambda: proxy.https.request("POST", "/auth/login", LOGIN).status == 200)
    context.check("requests succeed once the daemon runs again", back)
    if proxy.name == "haproxy":
        context.check("the health check finds the daemon up", wait_for(
            lambda: proxy.all_print("Server lunauth/lunauth is UP")), proxy.text)

    daemon.stop()
    daemon.hold_socket()
    daemon.start()
    wait_for(lambda: proxy.https.request("POST", "/auth/login", LOGIN).status == 200)
    statuses = []
    for _ in range(3):
        daemon.stop()
        with ThreadPoolExecutor(4) as pool:
            sent = [pool.submit(proxy.https.request, "POST", "/auth/login", LOGIN)
                    for _ in range(4)]
            daemon.start(wait=False)
            statuses += [each.result().status for each in sent]
    context.check("a restart with a socket held by systemd fails no request",
                  statuses == [200] * 12, statuses)


def check_recorded(proxy: Proxy, context: Context) -> None:
    """What arrives at the daemon's port, seen by a recorder in the daemon's place."""
    recorder = Recorder(proxy.daemon.port)
    try:
        wait_for(lambda: proxy.https.request("GET", "/up").status == 200)
        check_head(proxy, recorder, context)
        check_repetition(proxy, recorder, context)
    finally:
        recorder.close()


def check_head(proxy: Proxy, recorder: Recorder, context: Context) -> None:
    """The proxy replaces what the client says about itself."""
    proxy.https.request("GET", "/raw", fields=SPOOFED)
    head = (recorder.seen("/raw") or [{"": "", "names": []}])[-1]
    wanted = {"": "GET /raw HTTP/1.1", "host": f"{HOST}:{proxy.https.port}",
              "x-forwarded-for": CLIENT, "x-forwarded-proto": "https"}
    context.check("the proxy sends Host, client and scheme over HTTP/1.1",
                  all(head.get(name) == value for name, value in wanted.items()), head)
    names = head["names"]
    once = ["x-forwarded-for", "x-forwarded-proto", "x-request-id", "host"]
    host = head.get("x-forwarded-host", "")
    context.check("each of these fields arrives once, and none of the client's",
                  all(names.count(name) == 1 for name in once) and "forwarded" not in names
                  and "evil" not in host and "close" not in head.get("connection", ""), head)


def check_repetition(proxy: Proxy, recorder: Recorder, context: Context) -> None:
    """What a proxy does when the daemon closes the connection instead of responding."""
    for _ in range(50):
        proxy.https.request("GET", "/reuse")
    used = [head["on"] for head in recorder.seen("/reuse")]
    # As in `check_reuse`.
    context.check("the next client reuses a connection", len(used) == 50 and len(set(used)) < 25,
                  (len(used), len(set(used))))
    for _ in range(5):
        # On a connection that was used before, where proxies are tempted to try again.
        proxy.https.request("GET", "/warm")
        dropped = proxy.https.request("POST", "/drop", LOGIN)
        if dropped.status != 502:
            break
    seen = len(recorder.seen("/drop"))
    context.check("a POST whose connection was closed is not sent again",
                  dropped.status == 502 and seen == 5, (dropped, seen))
    proxy.https.request("GET", "/warm")
    again = proxy.https.request("GET", "/once")
    context.check("a GET whose connection was closed is sent again", again.status == 200, again)


def check_idle(proxy: Proxy, context: Context) -> None:
    """Bursts of requests around the moments when idle connections are closed."""
    token = proxy.https.request("POST", "/auth/login", LOGIN).json["token"]
    requests = [("POST", "/auth/login", LOGIN),
                ("GET", "/auth/me", None, [("Authorization", f"Bearer {token}")])] * 4
    failed = []
    # The proxies close after 1 s (HAProxy within a fraction of it), the daemon after 3 s.
    for pause in 0, 0.5, 0.98, 1.0, 1.02, 2.0, 2.98, 3.0, 0.1:
        time.sleep(pause)
        with ThreadPoolExecutor(len(requests)) as pool:
            sent = [pool.submit(proxy.https.request, *each) for each in requests]
            responses = [each.result() for each in sent]
        failed += [(pause, each) for each in responses if each.status != 200]
    context.check("no request fails around the idle timeouts", not failed, failed)
