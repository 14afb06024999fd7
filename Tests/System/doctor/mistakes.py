"""Mistakes in front of the server, each with the check that has to find it."""

from collections.abc import Callable
from dataclasses import dataclass

from harness.proxies import Caddy, HAProxy, Nginx, Proxy
from harness.shipped import Shipped
from proxies.guards import Guard, NginxGuard

Edit = Callable[[Shipped], None]
IDENTITY = ("Remote-User", "Remote-Email", "Remote-Name", "Remote-Groups", "X-Auth-Tier",
            "X-Auth-Scopes")


@dataclass(frozen=True)
class Mistake:
    """A changed file, and what the doctor has to say."""

    name: str
    what: str
    check: str
    site: type[Proxy] = Nginx
    # In front of an application.
    guard: type[Guard] | None = None
    # Checks that the same mistake fails as well.
    follows: tuple[str, ...] = ()


def changed(kind: type[Proxy], edit: Edit) -> type[Proxy]:
    """A proxy whose shipped file is changed."""
    return type(f"Changed{kind.__name__}", (kind,), {"adapt": lambda _, file: edit(file)})


def replacing(old: str, new: str, kind: type[Proxy] = Nginx) -> type[Proxy]:
    """A proxy with another line."""
    return changed(kind, lambda file: file.replace(old, new))


def without(*lines: str, kind: type[Proxy] = Nginx) -> type[Proxy]:
    """A proxy that lacks lines."""
    return changed(kind, lambda file: file.comment_out(*lines))


class OpenGuard(NginxGuard):
    """An application that is reached where lunauth does not answer."""

    def adapt_application(self, file: Shipped) -> None:
        file.replace("error_page 403 = @denied;",
                     "error_page 403 = @denied;\n        error_page 500 = @open;")
        file.replace("location @login {", "location @open {\n        proxy_pass http://application;\n"
                     "    }\n\n    location @login {")


MISTAKES = (
    Mistake("client-not-passed", "a client that is not named", "proxy.client-address",
            without("proxy_set_header X-Forwarded-For $remote_addr;"),
            follows=("proxy.spoofed-fields",)),
    Mistake("client-appended", "a client that is appended to what it says itself",
            "proxy.spoofed-fields",
            replacing("proxy_set_header X-Forwarded-For $remote_addr;",
                      "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;")),
    Mistake("scheme-missing", "a scheme that is not named", "proxy.scheme",
            without("proxy_set_header X-Forwarded-Proto $scheme;"),
            follows=("proxy.spoofed-fields",)),
    Mistake("host-rewritten", "another Host", "proxy.host",
            replacing("proxy_set_header Host $http_host;",
                      "proxy_set_header Host lunauth.internal;")),
    Mistake("forwarded-passed", "the Forwarded field of clients", "proxy.spoofed-fields",
            without('proxy_set_header Forwarded "";')),
    Mistake("no-keep-alive", "a connection for each request", "proxy.keep-alive",
            replacing('proxy_set_header Connection "";', "proxy_set_header Connection close;")),
    Mistake("body-limit", "a limit of 1 KB for bodies", "proxy.body-limit",
            replacing("client_max_body_size 128k;", "client_max_body_size 1k;")),
    Mistake("late-response", "a timeout below what a response may take", "proxy.timeouts",
            replacing("proxy_read_timeout 30s;", "proxy_read_timeout 1s;")),
    Mistake("idle-longer", "idle connections that are kept for longer than by the server",
            "proxy.timeouts", replacing("keepalive_timeout 1s;", "keepalive_timeout 60s;")),
    Mistake("post-repeated", "a POST that is repeated", "proxy.keep-alive",
            replacing("proxy_next_upstream error;", "proxy_next_upstream error non_idempotent;")),
    Mistake("identity-passed", "identity fields of clients", "proxy.identity-fields",
            without(*(f'proxy_set_header {name} "";' for name in IDENTITY))),
    Mistake("fails-open", "an application that is reached without lunauth", "proxy.forward-auth",
            guard=OpenGuard),
    # The same in other proxies, where it looks different.
    Mistake("caddy-identity-passed", "identity fields of clients, in Caddy",
            "proxy.identity-fields",
            without("header_up -Remote-*", "header_up -X-Auth-*", kind=Caddy)),
    Mistake("caddy-late-response", "a timeout below what a response may take, in Caddy",
            "proxy.timeouts", replacing("response_header_timeout 30s",
                                        "response_header_timeout 1s", Caddy)),
    Mistake("haproxy-post-repeated", "a POST that is repeated, in HAProxy", "proxy.keep-alive",
            without("http-request disable-l7-retry unless", kind=HAProxy)),
    Mistake("haproxy-client-appended", "a client that is appended to what it says itself, in HAProxy",
            "proxy.spoofed-fields",
            replacing("http-request set-header X-Forwarded-For %[src]", "option forwardfor",
                      HAProxy)),
)
