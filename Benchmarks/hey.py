"""Clients that log in without pause, by hey."""

import re
import subprocess
from dataclasses import dataclass

from harness import population, wire
from harness.process import Failure
from harness.server import Server



@dataclass(frozen=True)
class Crowd:
    """Clients under way, all of them with the first account."""

    process: subprocess.Popen

    @staticmethod
    def start(server: Server, clients: int, seconds: int) -> "Crowd":
        """Lets them begin; what was asked within the time is still waited for."""
        body = wire.login(population.email(0)).partition(b"\r\n\r\n")[2].decode()
        return Crowd(subprocess.Popen(
            ["hey", "-z", f"{seconds}s", "-c", str(clients), "-t", "60", "-m", "POST",
             "-T", "application/json", "-d", body, f"http://127.0.0.1:{server.port}/auth/login"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True))

    def finish(self) -> tuple[float, int]:
        """Waits for their end: successful logins a second, and how many were refused."""
        try:
            text, _ = self.process.communicate(timeout=120)
        finally:
            self.end()
        total = re.search(r"Total:\s+([\d.]+) secs", text)
        responses = {int(status): int(number) for status, number in
                   re.findall(r"\[(\d+)\]\s+(\d+) responses", text)}
        if not total or not responses.get(200) or "Error distribution" in text:
            raise Failure(f"hey failed: {text[-600:]}")
        return responses[200] / float(total[1]), sum(responses.values()) - responses[200]

    def end(self) -> None:
        """Ends them early."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
