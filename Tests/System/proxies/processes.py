"""The daemon and the proxies: real processes, their files in one temporary directory."""

import grp
import json
import os
import pwd
import random
import re
import signal
import socket
import subprocess
import threading
import time

from client import HOST, Site
from shipped import ROOT, Shipped

BINARY = ROOT / ".build/release/lunauth"


def free_port():
    """A port nobody listens on, below those that outgoing connections are given."""
    while True:
        port = random.randrange(10_000, 32_000)
        try:
            socket.create_server(("127.0.0.1", port)).close()
            return port
        except OSError:
            continue


def wait_for(condition, seconds=5):
    """What a condition gives, as soon as it gives something; None when it does not in time."""
    end = time.monotonic() + seconds
    while not (value := condition()) and time.monotonic() < end:
        time.sleep(0.02)
    return value or None


class Process:
    """A process with its output in a file, at the head of a group that ends with it."""

    running = []
    lock = threading.Lock()
    is_over = False

    def __init__(self, arguments, output, environment=None, **options):
        self.output = output
        with Process.lock, open(output, "ab") as file:
            if Process.is_over:
                raise RuntimeError("nothing is started any more")
            self.popen = subprocess.Popen(
                [str(argument) for argument in arguments], env=environment, cwd=output.parent,
                stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True,
                **options)
            Process.running.append(self)

    @property
    def text(self):
        return self.output.read_text(errors="replace")

    def stop(self):
        """Ends it, politely for 10 s; the exit status."""
        if self in Process.running:
            Process.running.remove(self)
            self.popen.terminate()
            try:
                self.popen.wait(10)
            except subprocess.TimeoutExpired:
                pass
            try:
                os.killpg(self.popen.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            self.popen.wait()
        return self.popen.returncode

    @staticmethod
    def stop_all():
        """Ends all that run, at once and for good."""
        with Process.lock:
            Process.is_over = True
        threads = [threading.Thread(target=process.stop) for process in Process.running]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


class Daemon:
    """lunauth on a port that it keeps, through restarts."""

    # What it is run by.
    prefix = ()

    def __init__(self, directory, starts=True, **settings):
        self.directory = directory
        self.settings = settings
        directory.mkdir()
        self.log = directory / "log"
        self.log.touch()
        self.port = free_port()
        self.listener = self.process = None
        if starts:
            self.start()

    def start(self, wait=True):
        environment = {
            "PATH": os.environ["PATH"],
            "SWIFT_BACKTRACE": "enable=no",
            "LUNAUTH_LISTEN": f"127.0.0.1:{self.port}",
            "LUNAUTH_ADMIN_LISTEN": "127.0.0.1:0",
            "LUNAUTH_DATADIRECTORY": str(self.directory / "data"),
            "LUNAUTH_PASSWORD_ITERATIONS": "1000",
            "LUNAUTH_HTTP_IDLESECONDS": "3",
            "LUNAUTH_LIMITS_ENABLED": "false",
            "LUNAUTH_LOG_FORMAT": "json",
            **self.settings,
        }
        arguments, options = [*self.prefix, BINARY, "serve"], {}
        seen = len(self.lines("listening on"))
        if self.listener:
            descriptor = self.listener.fileno()
            arguments = [ROOT / "Tests/System/pass-socket", descriptor, *arguments]
            options = {"pass_fds": [descriptor]}
        self.process = Process(arguments, self.log, environment, **options)
        if wait and not wait_for(lambda: self.lines("listening on")[seen:]):
            raise RuntimeError(f"the daemon does not start: {self.process.text[-500:]}")

    def stop(self):
        return self.process.stop()

    def take_socket(self):
        """From the next start on the listening socket is ours, and outlives the process."""
        self.listener = socket.create_server(("127.0.0.1", self.port), backlog=64)

    def lines(self, message):
        """The log lines whose message contains a text."""
        text = self.log.read_text(errors="replace")
        lines = [line for line in text.splitlines(True) if line.endswith("}\n")]
        entries = [json.loads(line) for line in lines if line.startswith("{")]
        return [entry for entry in entries if message in entry["message"]]

    def setup_code(self):
        wait_for(lambda: self.lines("no owner exists"))
        return re.search("X-Setup-Code: ([^']+)'", self.lines("no owner exists")[-1]["message"])[1]

    def requests(self, **wanted):
        """The lines of requests with these fields."""
        return [line for line in self.lines("request") if wanted.items() <= line.items()]

    def request(self, id):
        """The line of a request, empty when it does not come."""
        return (wait_for(lambda: self.requests(id=id), 2) or [{}])[-1]


class Proxy:
    """A proxy with its shipped file: one process for https, one for the same site over http."""

    def __init__(self, daemon, directory, certificate, key):
        directory.mkdir()
        self.directory, self.certificate, self.key = directory, certificate, key
        self.daemon = daemon
        self.redirect = Site(free_port())
        self.https = Site(free_port(), certificate)
        self.http = Site(free_port())
        self.processes = [self.start(self.https), self.start(self.http)]
        for site in (self.redirect, self.https, self.http):
            if not wait_for(lambda: self.listens(site)):
                raise RuntimeError(f"no listener: {self.text[-1000:]}")

    def start(self, site):
        directory = self.directory / ("https" if site.context else "http")
        directory.mkdir()
        environment = dict(os.environ, HOME=str(directory), XDG_DATA_HOME=str(directory),
                           XDG_CONFIG_HOME=str(directory))
        arguments = self.configure(directory, site)
        return Process(arguments, directory / "output", environment)

    @staticmethod
    def listens(site):
        try:
            socket.create_connection(("127.0.0.1", site.port), 1).close()
            return True
        except OSError:
            return False

    @property
    def text(self):
        return "".join(process.text for process in self.processes)

    def all_say(self, words):
        return all(words in process.text for process in self.processes)


class Nginx(Proxy):
    name = "nginx"

    def configure(self, directory, site):
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
    name = "caddy"

    def configure(self, directory, site):
        file = Shipped("Caddyfile")
        http_port = self.redirect.port if site.context else site.port
        https_port = site.port if site.context else free_port()
        if not site.context:
            file.replace(f"{HOST} {{", f"http://{HOST} {{")
        file.replace(f"# tls /etc/ssl/certs/{HOST}.pem /etc/ssl/private/{HOST}.key",
                     f"tls {self.certificate} {self.key}" if site.context else "")
        file.replace("reverse_proxy 127.0.0.1:8080", f"reverse_proxy 127.0.0.1:{self.daemon.port}")
        file.replace("keepalive 60s", "keepalive 1s")
        return self.run(directory, file, http_port, https_port)

    @staticmethod
    def run(directory, file, http_port, https_port):
        (directory / "Caddyfile").write_text(
            f"{{\nadmin off\nskip_install_trust\ndefault_bind 127.0.0.1\n"
            f"http_port {http_port}\nhttps_port {https_port}\n}}\n{file.text}")
        return ["caddy", "run", "--adapter", "caddyfile", "--config", directory / "Caddyfile"]


class HAProxy(Proxy):
    name = "haproxy"
    # A thirtieth of the daemon's idle time, as shipped: 5 s of 150 s.
    purge_delay = "100ms"

    def configure(self, directory, site):
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
        (directory / "haproxy.cfg").write_text(file.text)
        return ["haproxy", "-db", "-f", directory / "haproxy.cfg"]

    def pem(self, directory):
        pem = directory / "site.pem"
        pem.write_text(self.certificate.read_text() + self.key.read_text())
        return pem

    @staticmethod
    def keep_local(file):
        file.replace("log /dev/log local0", "log stdout format raw local0")
        file.comment_out("chroot ", "user ", "group ", "bind :::80 ", "bind :::443 ")
