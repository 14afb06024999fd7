"""The proxies in front of an application, with the files deploy/forward-auth.*, and the application."""

import hashlib
import http.server
import re
import threading

from client import HOST, Site
from processes import Caddy, HAProxy, Nginx, Proxy, free_port, wait_for
from shipped import ROOT, Shipped

APPLICATION = "app.example.com"


class Application(http.server.ThreadingHTTPServer):
    """Answers everything, and keeps every request that reaches it."""

    daemon_threads = True
    # With the default of 5, connections made at once are dropped and come again after up to 15 s.
    request_queue_size = 1024

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Request)
        self.requests = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def seen(self, path):
        """The requests with a path, whatever their query."""
        return [each for each in list(self.requests) if each.path.split("?")[0] == path]


class Request(http.server.BaseHTTPRequestHandler):
    """One request, kept by its server."""

    protocol_version = "HTTP/1.1"

    def handle_one_request(self):
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True

    def answer(self):
        self.digest = hashlib.sha256()
        if self.headers["Transfer-Encoding"]:
            while size := int(self.rfile.readline(), 16):
                self.digest.update(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
        else:
            self.digest.update(self.rfile.read(int(self.headers["Content-Length"] or 0)))
        self.server.requests.append(Kept(self))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = answer

    def log_message(self, *_):
        pass


class Kept:
    """What is remembered of a request."""

    def __init__(self, request):
        self.method, self.path = request.command, request.path
        self.fields = [(name.lower(), value) for name, value in request.headers.items()]
        self.digest = request.digest.hexdigest()

    def values(self, name):
        return [value for each, value in self.fields if each == name]

    @property
    def identity(self):
        """Every field that some program may take for one of lunauth's."""
        found = {}
        for name, value in self.fields:
            plain = "".join(each if each.isalnum() else "-" for each in name)
            if plain.startswith(("remote-", "x-auth-")):
                found[name] = found.get(name, []) + [value]
        return found

    def __repr__(self):
        return f"{self.method} {self.path} {self.fields}"


class Guard(Proxy):
    """A proxy with the shipped file that puts lunauth before an application, over https."""

    # Its name in the report, and what is tried; without them those of all.
    title = None
    checks = ()

    def __init__(self, daemon, site, directory, certificate, key, preflights=False):
        directory.mkdir()
        self.preflights = preflights
        self.directory, self.certificate, self.key = directory, certificate, key
        self.daemon, self.https, self.redirect = daemon, site, Site(free_port())
        self.application = Application()
        self.processes = [self.start(site)]
        if not wait_for(lambda: self.listens(site)):
            raise RuntimeError(f"no listener: {self.text[-1000:]}")

    @property
    def upstream(self):
        return f"127.0.0.1:{self.application.server_port}"


class NginxGuard(Guard, Nginx):
    def configure(self, directory, site):
        # The file names the upstream of the other one, which it stands beside.
        arguments = super().configure(directory, Site(free_port(), self.certificate))
        file = Shipped("forward-auth.nginx.conf")
        file.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
        file.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{site.port} ssl http2;")
        file.comment_out("listen [::]:80;", "listen [::]:443 ssl http2;")
        file.replace(f"ssl_certificate /etc/letsencrypt/live/{APPLICATION}/fullchain.pem;",
                     f"ssl_certificate {self.certificate};")
        file.replace(f"ssl_certificate_key /etc/letsencrypt/live/{APPLICATION}/privkey.pem;",
                     f"ssl_certificate_key {self.key};")
        file.replace("server 127.0.0.1:3000;", f"server {self.upstream};")
        if self.preflights:
            file.uncomment("error_page 418 = @preflight;", "}")
            file.uncomment("location @preflight {", "}")
        (directory / "site-application.conf").write_text(file.text)
        return arguments


class CaddyGuard(Guard, Caddy):
    def configure(self, directory, site):
        file = Shipped("forward-auth.Caddyfile")
        file.replace(f"# tls /etc/ssl/certs/{APPLICATION}.pem /etc/ssl/private/{APPLICATION}.key",
                     f"tls {self.certificate} {self.key}")
        file.replace("forward_auth 127.0.0.1:8080", f"forward_auth 127.0.0.1:{self.daemon.port}")
        upstream = ("reverse_proxy 127.0.0.1:3000", f"reverse_proxy {self.upstream}")
        file.replace(*upstream)
        if self.preflights:
            file.uncomment("@preflight method OPTIONS", "}")
            file.replace(*upstream)
        file.replace("keepalive 60s", "keepalive 1s")
        return self.run(directory, file, free_port(), site.port)


class HAProxyGuard(Guard, HAProxy):
    script = ROOT / "deploy/forward-auth.lua"

    def shipped(self):
        """The file, with the addresses of this test."""
        file = Shipped("forward-auth.haproxy.cfg")
        file.replace("lua-load-per-thread /etc/haproxy/forward-auth.lua",
                     f"lua-load-per-thread {self.script}")
        file.replace("http-request lua.forward-auth ipv4@127.0.0.1:8080",
                     f"http-request lua.forward-auth ipv4@127.0.0.1:{self.daemon.port}")
        file.replace("server application 127.0.0.1:3000", f"server application {self.upstream}")
        return file

    def configure(self, directory, site):
        file = self.shipped()
        self.keep_local(file)
        file.replace("bind :80\n", f"bind 127.0.0.1:{free_port()}\n")
        file.replace(f"bind :443 ssl crt /etc/haproxy/certs/{APPLICATION}.pem",
                     f"bind 127.0.0.1:{site.port} ssl crt {self.pem(directory)}")
        if self.preflights:
            line = "use_backend preflight if METH_OPTIONS"
            file.uncomment(line, line)
            file.uncomment("backend preflight", "server application 127.0.0.1:3000")
            file.replace("server application 127.0.0.1:3000", f"server application {self.upstream}")
        (directory / "haproxy.cfg").write_text(file.text)
        return ["haproxy", "-db", "-f", directory / "haproxy.cfg"]


class HAProxyBesideGuard(HAProxyGuard):
    """lunauth's own site and the application in one frontend, put together as the comment at the head
    of forward-auth.haproxy.cfg says."""

    title = "haproxy-beside"

    def configure(self, directory, site):
        application = self.shipped().text
        load = re.search(r"^ *lua-load.*\n", application, re.MULTILINE)[0]
        use = re.search(r"^# +(use_backend .*\n)", application, re.MULTILINE)[1]
        backend = application[application.index("\nbackend application\n"):]
        if f"`{load.split()[0]}`" not in application.split("global\n")[0]:
            raise RuntimeError("the comment names another directive than the file")
        arguments = super(HAProxyGuard, self).configure(directory, site)
        file = directory / "haproxy.cfg"
        text = file.read_text().replace("\ndefaults\n", f"{load}\ndefaults\n")
        text = text.replace("    default_backend", f"    {use}    default_backend")
        file.write_text(text + backend)
        return arguments
