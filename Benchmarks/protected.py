"""An application behind each proxy that lets in whom lunauth names, beside one that asks a constant.

The files of deploy/ as they are shipped, but for addresses and TLS. All programs share all cores, as
they would on one machine.
"""

import os
import pathlib
import sys

import client
from bench import Bench
from processes import ROOT, Daemon, Server, free_port
from table import AT_LEAST, Target, milliseconds, per_second
from wrk import Generator

sys.path.append(str(ROOT / "Tests/System/proxies"))

from shipped import Shipped  # noqa: E402

APPLICATION = "app.example.com"


class Constant(Server):
    """One worker of nginx that says the same to everybody: an application, or who lets all in."""

    def __init__(self, directory: pathlib.Path, status: int) -> None:
        self.status = status
        super().__init__(directory)

    def command(self) -> list[str]:
        return nginx(self.directory, f"""
            server {{ listen 127.0.0.1:{self.port}; location / {{ return {self.status}; }} }}""")

    def environment(self) -> dict[str, str]:
        return super().environment() | {"PATH": os.environ["PATH"] + ":/usr/sbin"}


class Guard(Server):
    """A proxy before an application, which asks somebody who is there."""

    name = ""
    # What stands for "it may pass".
    constant = 204
    target: Target | None = None

    def __init__(self, directory: pathlib.Path, asked: Server, application: Server) -> None:
        self.asked, self.application = asked, application
        super().__init__(directory)

    def environment(self) -> dict[str, str]:
        home = str(self.directory)
        return super().environment() | {
            "PATH": os.environ["PATH"] + ":/usr/sbin", "HOME": home, "XDG_DATA_HOME": home,
            "XDG_CONFIG_HOME": home}


class NginxGuard(Guard):
    """nginx, `auth_request`."""

    name = "nginx"
    target = Target(AT_LEAST, 0.95)

    def command(self) -> list[str]:
        site, file = Shipped("nginx.conf"), Shipped("forward-auth.nginx.conf")
        site.replace("server 127.0.0.1:8080;", f"server 127.0.0.1:{self.asked.port};")
        upstream = site.text[site.text.index("upstream lunauth"):].split("\n}\n")[0] + "\n}\n"
        file.replace("server 127.0.0.1:3000;", f"server 127.0.0.1:{self.application.port};")
        file.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
        file.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{self.port};")
        file.comment_out("listen [::]:80;", "listen [::]:443 ssl http2;", "ssl_certificate /",
                         "ssl_certificate_key /", "ssl_protocols ")
        return nginx(self.directory, upstream + file.text)


class CaddyGuard(Guard):
    """Caddy, `forward_auth`."""

    name = "Caddy"

    def command(self) -> list[str]:
        file = Shipped("forward-auth.Caddyfile")
        file.replace(f"{APPLICATION} {{", f"http://{APPLICATION} {{")
        file.replace("forward_auth 127.0.0.1:8080", f"forward_auth 127.0.0.1:{self.asked.port}")
        file.replace("reverse_proxy 127.0.0.1:3000",
                     f"reverse_proxy 127.0.0.1:{self.application.port}")
        (self.directory / "Caddyfile").write_text(
            "{\nadmin off\nskip_install_trust\ndefault_bind 127.0.0.1\nauto_https off\n"
            f"http_port {self.port}\nhttps_port {free_port()}\n}}\n{file.text}")
        return ["caddy", "run", "--adapter", "caddyfile", "--config",
                str(self.directory / "Caddyfile")]


class HAProxyGuard(Guard):
    """HAProxy, with the script, which takes 200 alone for an admission."""

    name = "HAProxy"
    constant = 200

    def command(self) -> list[str]:
        file = Shipped("forward-auth.haproxy.cfg")
        file.comment_out("log /dev/log ", "chroot ", "user ", "group ", "bind :::80 ",
                         "bind :::443 ", "http-request redirect ", "bind :80\n")
        file.replace(f"bind :443 ssl crt /etc/haproxy/certs/{APPLICATION}.pem alpn h2,http/1.1",
                     f"bind 127.0.0.1:{self.port}")
        file.replace("lua-load-per-thread /etc/haproxy/forward-auth.lua",
                     f"lua-load-per-thread {ROOT}/deploy/forward-auth.lua")
        file.replace("http-request lua.forward-auth ipv4@127.0.0.1:8080",
                     f"http-request lua.forward-auth ipv4@127.0.0.1:{self.asked.port}")
        file.replace("server application 127.0.0.1:3000",
                     f"server application 127.0.0.1:{self.application.port}")
        (self.directory / "haproxy.cfg").write_text(file.text)
        return ["haproxy", "-db", "-f", str(self.directory / "haproxy.cfg")]


def nginx(directory: pathlib.Path, servers: str) -> list[str]:
    """The command line of an nginx of one worker with these servers."""
    paths = "".join(f"{kind}_temp_path {directory}/{kind};\n" for kind in
                    ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "" if os.geteuid() else "user root;\n"
    (directory / "nginx.conf").write_text(
        f"{user}daemon off;\nworker_processes 1;\npid {directory}/pid;\nerror_log stderr;\n"
        f"events {{ worker_connections 4096; }}\nhttp {{\n{paths}access_log off;\n"
        f"keepalive_requests 1000000000;\nkeepalive_timeout 300s;\n{servers}\n}}\n")
    return ["nginx", "-p", str(directory), "-c", "nginx.conf", "-e", "stderr"]


def measure(bench: Bench) -> None:
    """A row of rates for each proxy, and one of latencies for nginx."""
    daemon = Daemon(bench.directory / "protected")
    cookie = client.set_up(daemon.port).cookie
    request = client.request("GET", "/", {"Cookie": f"session_token={cookie}"}).replace(
        b"Host: localhost", f"Host: {APPLICATION}".encode())
    application = Constant(bench.directory / "protected-application", 200)
    for kind in NginxGuard, CaddyGuard, HAProxyGuard:
        compare(bench, kind, daemon, application, request)
    application.stop()
    daemon.stop()


def compare(bench: Bench, kind: type[Guard], daemon: Daemon, application: Constant,
            request: bytes) -> None:
    """Runs a proxy that asks lunauth and one that asks a constant by turns."""
    name = f"protected-{kind.name}"
    constant = Constant(bench.directory / f"{name}-constant", kind.constant)
    guards = [kind(bench.directory / f"{name}-{which}", asked, application)
              for which, asked in (("lunauth", daemon), ("bare", constant))]
    generator, loads = Generator(), ([], [])
    for guard in guards:
        generator.run(guard.port, request, 1)
    for number in range(bench.plan.rounds):
        bench.say(f"protected, {kind.name}: round {number + 1} of {bench.plan.rounds}")
        for guard, found in zip(guards, loads, strict=True):
            found.append(generator.run(guard.port, request, bench.plan.me_seconds))
    ours, theirs = loads
    what = f"protected by lunauth behind {kind.name}, 64 connections"
    reference = f"constant {kind.constant} "
    bench.report.compare(what, [load.rate for load in ours], [load.rate for load in theirs],
                         per_second, reference, kind.target)
    if kind.target:
        bench.report.compare(f"p99, {what}", [load.p99 for load in ours],
                             [load.p99 for load in theirs], milliseconds, reference)
    for server in (*guards, constant):
        server.stop()
