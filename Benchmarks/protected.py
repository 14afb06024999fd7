"""An application behind each proxy with lunauth as forward-auth, beside a constant in its place.

The files of deploy/ as they are shipped, but for addresses and TLS. All programs share all cores, as
they would on one machine.
"""

import pathlib

from bench import Bench
from harness import wire
from harness.daemon import QuietDaemon
from harness.paths import ROOT
from harness.ports import free_port
from harness.server import Server
from harness.shipped import Shipped
from harness.tables import milliseconds, per_second
from harness.wrk import Generator
from nginx import command_line
from table import AT_LEAST, Target

APPLICATION = "app.example.com"


class Constant(Server):
    """nginx with one status for everything: the application, or what admits every request."""

    def __init__(self, directory: pathlib.Path, status: int) -> None:
        self.status = status
        super().__init__(directory)

    def command(self) -> list[object]:
        return command_line(
            self.directory,
            f"server {{ listen 127.0.0.1:{self.port}; location / {{ return {self.status}; }} }}")


class Guard(Server):
    """A proxy before an application, with a server that authorizes its requests."""

    name = ""
    # The status that admits a request.
    constant = 204
    target: Target | None = None

    def __init__(self, directory: pathlib.Path, authorizer: Server, application: Server) -> None:
        self.authorizer, self.application = authorizer, application
        super().__init__(directory)

    def environment(self) -> dict[str, str]:
        home = str(self.directory)
        return super().environment() | {
            "HOME": home, "XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home}


class NginxGuard(Guard):
    """nginx, `auth_request`."""

    name = "nginx"
    target = Target(AT_LEAST, 0.95)

    def command(self) -> list[object]:
        site, file = Shipped("nginx.conf"), Shipped("forward-auth.nginx.conf")
        site.replace("server 127.0.0.1:8080;", f"server 127.0.0.1:{self.authorizer.port};")
        upstream = site.text[site.text.index("upstream lunauth"):].split("\n}\n")[0] + "\n}\n"
        file.replace("server 127.0.0.1:3000;", f"server 127.0.0.1:{self.application.port};")
        file.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
        file.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{self.port};")
        file.comment_out("listen [::]:80;", "listen [::]:443 ssl http2;", "ssl_certificate /",
                         "ssl_certificate_key /", "ssl_protocols ")
        return command_line(self.directory, upstream + file.text)


class CaddyGuard(Guard):
    """Caddy, `forward_auth`."""

    name = "Caddy"

    def command(self) -> list[object]:
        file = Shipped("forward-auth.Caddyfile")
        file.replace(f"{APPLICATION} {{", f"http://{APPLICATION} {{")
        file.replace("forward_auth 127.0.0.1:8080", f"forward_auth 127.0.0.1:{self.authorizer.port}")
        file.replace("reverse_proxy 127.0.0.1:3000",
                     f"reverse_proxy 127.0.0.1:{self.application.port}")
        (self.directory / "Caddyfile").write_text(
            "{\nadmin off\nskip_install_trust\ndefault_bind 127.0.0.1\nauto_https off\n"
            f"http_port {self.port}\nhttps_port {free_port()}\n}}\n{file.text}")
        return ["caddy", "run", "--adapter", "caddyfile", "--config",
                str(self.directory / "Caddyfile")]


class HAProxyGuard(Guard):
    """HAProxy with the Lua script, which admits by 200 alone."""

    name = "HAProxy"
    constant = 200

    def command(self) -> list[object]:
        file = Shipped("forward-auth.haproxy.cfg")
        file.comment_out("log /dev/log ", "chroot ", "user ", "group ", "bind :::80 ",
                         "bind :::443 ", "http-request redirect ", "bind :80\n")
        file.replace(f"bind :443 ssl crt /etc/haproxy/certs/{APPLICATION}.pem alpn h2,http/1.1",
                     f"bind 127.0.0.1:{self.port}")
        file.replace("lua-load-per-thread /etc/haproxy/forward-auth.lua",
                     f"lua-load-per-thread {ROOT}/deploy/forward-auth.lua")
        file.replace("http-request lua.forward-auth ipv4@127.0.0.1:8080",
                     f"http-request lua.forward-auth ipv4@127.0.0.1:{self.authorizer.port}")
        file.replace("server application 127.0.0.1:3000",
                     f"server application 127.0.0.1:{self.application.port}")
        (self.directory / "haproxy.cfg").write_text(file.text)
        return ["haproxy", "-db", "-f", str(self.directory / "haproxy.cfg")]


def measure(bench: Bench) -> None:
    """A row of rates for each proxy, and one of latencies for nginx."""
    daemon = QuietDaemon(bench.directory / "protected")
    cookie = wire.set_up(daemon.port).cookie
    request = wire.request("GET", "/", {"Cookie": f"session_token={cookie}"}).replace(
        b"Host: localhost", f"Host: {APPLICATION}".encode())
    application = Constant(bench.directory / "protected-application", 200)
    for kind in NginxGuard, CaddyGuard, HAProxyGuard:
        compare(bench, kind, daemon, application, request)
    application.stop()
    daemon.stop()


def compare(bench: Bench, kind: type[Guard], daemon: QuietDaemon, application: Constant,
            request: bytes) -> None:
    """Runs a proxy with lunauth and one with a constant in turns."""
    name = f"protected-{kind.name}"
    constant = Constant(bench.directory / f"{name}-constant", kind.constant)
    guards = [kind(bench.directory / f"{name}-{which}", authorizer, application)
              for which, authorizer in (("lunauth", daemon), ("bare", constant))]
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
