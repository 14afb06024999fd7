"""The files of deploy/ in the real nginx, Caddy and HAProxy, in front of the real daemon."""

from functools import partial

from harness.proxies import Caddy, HAProxy, Nginx
from harness.topic import Topic
from proxies.forward_auth import run_beside, run_guard
from proxies.guards import CaddyGuard, HAProxyBesideGuard, HAProxyGuard, NginxGuard
from proxies.own_site import run_site

TOPIC = Topic(
    "Do the files of deploy/ work in the real proxies, and does forward-auth admit only its own?",
    {
        "nginx": partial(run_site, Nginx),
        "caddy": partial(run_site, Caddy),
        "haproxy": partial(run_site, HAProxy),
        "nginx-forward-auth": partial(run_guard, NginxGuard),
        "caddy-forward-auth": partial(run_guard, CaddyGuard),
        "haproxy-forward-auth": partial(run_guard, HAProxyGuard),
        "haproxy-both-sites": partial(run_beside, HAProxyBesideGuard),
    },
    programs=("nginx", "caddy", "haproxy", "curl", "hey", "openssl"), is_parallel=True,
    deadline_seconds=lambda _: 240)
