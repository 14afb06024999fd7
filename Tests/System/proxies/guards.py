"""The proxies in front of an application, with the files deploy/forward-auth.*."""

import pathlib
import re

from harness.certificate import make_certificate
from harness.daemon import Daemon
from harness.paths import ROOT
from harness.ports import free_port
from harness.process import Failure
from harness.proxies import Caddy, HAProxy, Nginx, Proxy
from harness.shipped import Shipped
from harness.site import HOST, Site
from proxies.application import NAME, Application


class Guard(Proxy):
    """A proxy with the shipped file that puts lunauth before an application, over https."""

    def __init__(self, directory: pathlib.Path, allows_preflights: bool = False,
                 daemon: Daemon | None = None, **settings: object) -> None:
        """Starts a daemon where none is given, the application and the proxy; with the lines for
        preflights or without, as the file is shipped. More settings are those of the daemon."""
        directory.mkdir()
        self.directory, self.allows_preflights = directory, allows_preflights
        self.certificate, self.key = make_certificate(directory, HOST, NAME)
        self.https = Site(free_port(), self.certificate, NAME)
        self.redirect = Site(free_port())
        self.daemon = daemon or Daemon(
            directory / "daemon", WEBSITEURL=f"https://{HOST}", SESSION_COOKIEDOMAIN="example.com",
            FORWARDAUTH_RETURNORIGINS=self.https.origin, **settings)
        self.application = Application()
        self.processes = [self.start(self.https)]
        self.wait_for_listeners(self.https)

    def adapt_application(self, file: Shipped) -> None:
        """What a test changes in the file for the application, beside addresses."""

    @property
    def upstream(self) -> str:
        """The address of the application."""
        return f"127.0.0.1:{self.application.server_port}"


class NginxGuard(Guard, Nginx):
    """nginx with `auth_request`."""

    def configure(self, directory: pathlib.Path, site: Site) -> list[object]:
        # The file uses the upstream of nginx.conf, beside which it is installed.
        arguments = super().configure(directory, Site(free_port(), self.certificate))
        file = Shipped("forward-auth.nginx.conf")
        file.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
        file.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{site.port} ssl http2;")
        file.comment_out("listen [::]:80;", "listen [::]:443 ssl http2;")
        file.replace(f"ssl_certificate /etc/letsencrypt/live/{NAME}/fullchain.pem;",
                     f"ssl_certificate {self.certificate};")
        file.replace(f"ssl_certificate_key /etc/letsencrypt/live/{NAME}/privkey.pem;",
                     f"ssl_certificate_key {self.key};")
        file.replace("server 127.0.0.1:3000;", f"server {self.upstream};")
        if self.allows_preflights:
            file.uncomment("error_page 418 = @preflight;", "}")
            file.uncomment("location @preflight {", "}")
        self.adapt_application(file)
        (directory / "site-application.conf").write_text(file.text)
        return arguments


class CaddyGuard(Guard, Caddy):
    """Caddy with `forward_auth`."""

    def configure(self, directory: pathlib.Path, site: Site) -> list[object]:
        file = Shipped("forward-auth.Caddyfile")
        file.replace(f"# tls /etc/ssl/certs/{NAME}.pem /etc/ssl/private/{NAME}.key",
                     f"tls {self.certificate} {self.key}")
        file.replace("forward_auth 127.0.0.1:8080", f"forward_auth 127.0.0.1:{self.daemon.port}")
        upstream = ("reverse_proxy 127.0.0.1:3000", f"reverse_proxy {self.upstream}")
        file.replace(*upstream)
        if self.allows_preflights:
            file.uncomment("@preflight method OPTIONS", "}")
            file.replace(*upstream)
        file.replace("keepalive 60s", "keepalive 1s")
        return self.run(directory, file, free_port(), site.port)


class HAProxyGuard(Guard, HAProxy):
    """HAProxy with the Lua script."""

    script = ROOT / "deploy/forward-auth.lua"

    def shipped(self) -> Shipped:
        """The file, with the addresses of this test."""
        file = Shipped("forward-auth.haproxy.cfg")
        file.replace("lua-load-per-thread /etc/haproxy/forward-auth.lua",
                     f"lua-load-per-thread {self.script}")
        file.replace("http-request lua.forward-auth ipv4@127.0.0.1:8080",
                     f"http-request lua.forward-auth ipv4@127.0.0.1:{self.daemon.port}")
        file.replace("server application 127.0.0.1:3000", f"server application {self.upstream}")
        return file

    def configure(self, directory: pathlib.Path, site: Site) -> list[object]:
        file = self.shipped()
        self.keep_local(file)
        file.replace("bind :80\n", f"bind 127.0.0.1:{free_port()}\n")
        file.replace(f"bind :443 ssl crt /etc/haproxy/certs/{NAME}.pem",
                     f"bind 127.0.0.1:{site.port} ssl crt {self.pem(directory)}")
        if self.allows_preflights:
            line = "use_backend preflight if METH_OPTIONS"
            file.uncomment(line, line)
            file.uncomment("backend preflight", "server application 127.0.0.1:3000")
            file.replace("server application 127.0.0.1:3000", f"server application {self.upstream}")
        (directory / "haproxy.cfg").write_text(file.text)
        return ["haproxy", "-db", "-f", directory / "haproxy.cfg"]


class HAProxyBesideGuard(HAProxyGuard):
    """lunauth's own site and the application in one frontend, put together as the comment at the head
    of forward-auth.haproxy.cfg says."""

    def configure(self, directory: pathlib.Path, site: Site) -> list[object]:
        application = self.shipped().text
        load = re.search(r"^ *lua-load.*\n", application, re.MULTILINE)[0]
        use = re.search(r"^# +(use_backend .*\n)", application, re.MULTILINE)[1]
        backend = application[application.index("\nbackend application\n"):]
        if f"`{load.split()[0]}`" not in application.split("global\n")[0]:
            raise Failure("the comment names another directive than the file")
        arguments = super(HAProxyGuard, self).configure(directory, site)
        file = directory / "haproxy.cfg"
        text = file.read_text().replace("\ndefaults\n", f"{load}\ndefaults\n")
        text = text.replace("    default_backend", f"    {use}    default_backend")
        file.write_text(text + backend)
        return arguments
