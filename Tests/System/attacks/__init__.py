"""HTTP attacks on the daemon, direct and through the real proxies. README.md has the form of cases/."""

from functools import partial

from attacks.behind import PROXIES, run_proxy
from attacks.direct import run_daemon
from harness.topic import Topic

TOPIC = Topic(
    "Does the daemon refuse malformed requests, and do the proxies agree on where each one ends?",
    {"daemon": run_daemon, **{kind.name: partial(run_proxy, kind) for kind in PROXIES}},
    programs=("nginx", "caddy", "haproxy", "openssl"), is_parallel=True)
