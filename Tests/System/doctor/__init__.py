"""`lunauth doctor` through the real nginx, Caddy and HAProxy: with the files of deploy/, and with each
mistake that it has to find."""

from functools import partial

from doctor.mistakes import MISTAKES
from doctor.proxies import run_mistake, run_shipped
from harness.proxies import Caddy, HAProxy, Nginx
from harness.topic import Topic
from proxies.guards import CaddyGuard, HAProxyGuard, NginxGuard

TOPIC = Topic(
    "Does the doctor find every mistake in front of the server, and none in the files of deploy/?",
    {
        "nginx": partial(run_shipped, Nginx, NginxGuard),
        "caddy": partial(run_shipped, Caddy, CaddyGuard),
        "haproxy": partial(run_shipped, HAProxy, HAProxyGuard),
        **{mistake.name: partial(run_mistake, mistake) for mistake in MISTAKES},
    },
    programs=("nginx", "caddy", "haproxy", "openssl"), is_parallel=True,
    deadline_seconds=lambda _: 240)
