"""nginx, Caddy and HAProxy in front of a daemon, with the files of deploy/."""

import grp
import os
import pathlib
import pwd

from harness.certificate import make_certificate
from harness.daemon import Daemon
from harness.ports import free_port, is_listening
from harness.process import Failure, Process, wait_for
from harness.shipped import Shipped
from harness.site import HOST, Site


class Proxy:
    """A proxy with its shipped file: one process for https, one for the same site over http."""

    name = ""
    # Many are started at once on few cores.
    start_seconds = 20.0

    def __init__(self, daemon: Daemon, directory: pathlib.Path) -> None:
        directory.mkdir()
        self.directory, self.daemon = directory, daemon
        self.certificate, self.key = make_certificate(directory, HOST)
        self.redirect = Site(free_port())
        self.https = Site(free_port(), self.certificate)
        self.http = Site(free_port())
        self.processes = [self.start(self.https), self.start(self.http)]
        self.wait_for_listeners(self.redirect, self.https, self.http)

    def configure(self, directory: pathlib.Path, site: Site) -> list[object]:
        """Writes the configuration for a site; the command line."""
        raise NotImplementedError

    def adapt(self, file: Shipped) -> None:
        """What a test changes in the shipped file, beside addresses."""

    def start(self, site: Site) -> Process:
        """Starts the process of one site."""
        directory = self.directory / ("https" if site.context else "http")
        directory.mkdir()
        environment = dict(os.environ, HOME=str(directory), XDG_DATA_HOME=str(directory),
                           XDG_CONFIG_HOME=str(directory))
        arguments = self.configure(directory, site)
        return Process(arguments, directory / "output", environment)

    def wait_for_listeners(self, *sites: Site) -> None:
        """Waits until connections to all sites are accepted."""
        for site in sites:
            if not wait_for(lambda: is_listening(site.port), self.start_seconds):
                ends = [process.text[-500:] for process in self.processes]
                raise Failure(f"{self.name} does not listen at {site.origin}: {ends}")

    @property
    def text(self) -> str:
        """What all its processes have printed."""
        return "".join(process.text for process in self.processes)

    def all_print(self, words: str) -> bool:
        """Whether each of its processes has printed something."""
        return all(words in process.text for process in self.processes)


class Nginx(Proxy):
    """nginx with nginx.conf."""

    name = "nginx"

    def configure(self, directory: pathlib.Path, site: Site) -> list[object]:
        file = Shipped("nginx.conf")
        tls = " ssl http2" if site.context else ""
        redirect = self.redirect.port if site.context else free_port()
        file.replace("server 127.0.0.1:8080;", f"server 127.0.0.1:{self.daemon.port};")
        file.replace("keepalive_timeout 60s;", "keepalive_timeout 1s;")
        file.replace("listen 80;", f"listen 127.0.0.1:{redirect};")
        file.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{site.port}{tls};")
        file.comment_out("listen [::]:80;", "listen [::]:443 ssl http2;")
        file.replace(f"ssl_certificate /etc/letsencrypt/live/{HOST}/fullchain.pem;",
                     f"ssl_certificate {self.certificate};")
        file.replace(f"ssl_certificate_key /etc/letsencrypt/live/{HOST}/privkey.pem;",
                     f"ssl_certificate_key {self.key};")
        file.replace("access_log /var/log/nginx/lunauth.log", f"access_log {directory}/access.log")
        self.adapt(file)
        (directory / "site.conf").write_text(file.text)
        user = pwd.getpwuid(os.geteuid()).pw_name
        group = grp.getgrgid(os.getegid()).gr_name
        paths = "".join(f"{kind}_temp_path {directory}/{kind};\n" for kind in
                        ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (directory / "nginx.conf").write_text(
            ("" if os.geteuid() else f"user {user} {group};\n")
            + f"daemon off;\nworker_processes 1;\npid {directory}/pid;\nerror_log stderr;\n"
            + f"events {{ worker_connections 256; }}\nhttp {{\n{paths}include site*.conf;\n}}\n")
        return ["nginx", "-p", directory, "-c", directory / "nginx.conf", "-e", "stderr"]


class Caddy(Proxy):
    """Caddy with Caddyfile."""

    name = "caddy"

    def configure(self, directory: pathlib.Path, site: Site) -> list[object]:
        file = Shipped("Caddyfile")
        http_port = self.redirect.port if site.context else site.port
        https_port = site.port if site.context else free_port()
        if not site.context:
            file.replace(f"{HOST} {{", f"http://{HOST} {{")
        file.replace(f"# tls /etc/ssl/certs/{HOST}.pem /etc/ssl/private/{HOST}.key",
                     f"tls {self.certificate} {self.key}" if site.context else "")
        file.replace("reverse_proxy 127.0.0.1:8080", f"reverse_proxy 127.0.0.1:{self.daemon.port}")
        file.replace("keepalive 60s", "keepalive 1s")
        self.adapt(file)
        return self.run(directory, file, http_port, https_port)

    @staticmethod
    def run(directory: pathlib.Path, file: Shipped, http_port: int,
            https_port: int) -> list[object]:
        """The command line for a Caddyfile."""
        (directory / "Caddyfile").write_text(
            f"{{\nadmin off\nskip_install_trust\ndefault_bind 127.0.0.1\n"
            f"http_port {http_port}\nhttps_port {https_port}\n}}\n{file.text}")
        return ["caddy", "run", "--adapter", "caddyfile", "--config", directory / "Caddyfile"]


class HAProxy(Proxy):
    """HAProxy with haproxy.cfg."""

    name = "haproxy"
    # A thirtieth of the daemon's idle time, as shipped: 5 s of 150 s.
    purge_delay = "100ms"

    def configure(self, directory: pathlib.Path, site: Site) -> list[object]:
        file = Shipped("haproxy.cfg")
        redirect = self.redirect.port if site.context else free_port()
        pem = self.pem(directory)
        self.keep_local(file)
        file.replace("bind :80\n", f"bind 127.0.0.1:{redirect}\n")
        crt = f"bind :443 ssl crt /etc/haproxy/certs/{HOST}.pem alpn h2,http/1.1"
        if site.context:
            file.replace(crt, f"bind 127.0.0.1:{site.port} ssl crt {pem} alpn h2,http/1.1")
        else:
            file.replace(crt, f"bind 127.0.0.1:{site.port}")
            file.comment_out("http-request redirect ")
        file.replace("server lunauth 127.0.0.1:8080 pool-purge-delay 5s check inter 2s",
                     f"server lunauth 127.0.0.1:{self.daemon.port} "
                     f"pool-purge-delay {self.purge_delay} check inter 200ms")
        self.adapt(file)
        (directory / "haproxy.cfg").write_text(file.text)
        return ["haproxy", "-db", "-f", directory / "haproxy.cfg"]

    def pem(self, directory: pathlib.Path) -> pathlib.Path:
        """Certificate and key in one file."""
        pem = directory / "site.pem"
        pem.write_text(self.certificate.read_text() + self.key.read_text())
        return pem

    @staticmethod
    def keep_local(file: Shipped) -> None:
        """Takes out what needs root, a system log or IPv6."""
        file.replace("log /dev/log local0", "log stdout format raw local0")
        file.comment_out("chroot ", "user ", "group ", "bind :::80 ", "bind :::443 ")
