"""Ports of 127.0.0.1."""

import random
import socket


# Below those that the kernel gives to outgoing connections. Each is given away once in a run: cases that
# run at the same time have many, and do not listen on all of them at once.
_ports = iter(random.sample(range(10_000, 32_000), 22_000))


def free_port() -> int:
    """A port that nothing listens on."""
    for port in _ports:
        try:
            socket.create_server(("127.0.0.1", port)).close()
            return port
        except OSError:
            continue
    raise RuntimeError("no port is left")


def is_listening(port: int) -> bool:
    """Whether a connection to a port is accepted."""
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


def client_ports(port: int) -> set[int]:
    """The other ends of all connections with a port, also of those closed within the last minute."""
    found = set()
    with open("/proc/net/tcp") as table:
        for line in table.readlines()[1:]:
            ends = [int(end.split(":")[1], 16) for end in line.split()[1:3]]
            if port in ends and 0 not in ends:
                found.update(end for end in ends if end != port)
    return found
