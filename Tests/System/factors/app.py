"""oathtool in the place of an authenticator app."""

import subprocess
import time

STEP = 30


class App:
    """An app that has read a secret; each code it shows is of a later step than the one before."""

    def __init__(self, secret: str) -> None:
        self.secret, self.last = secret, 0

    @staticmethod
    def step() -> int:
        """The step of now."""
        return int(time.time()) // STEP

    def at(self, step: int) -> str:
        """The code of a step."""
        done = subprocess.run(
            ["oathtool", "--totp", "--base32", f"--now=@{step * STEP}", "-"], input=self.secret,
            capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def code(self) -> str:
        """A code that the server accepts: it takes the steps before and after, each once, in their
        order. Waits for the next step where all of them are used."""
        while self.last >= self.step() + 1:
            time.sleep(0.2)
        # Not the earliest step, which may be over before the server sees its code.
        self.last = max(self.last + 1, self.step())
        return self.at(self.last)

    def wrong(self) -> str:
        """Six digits that are the code of no step that counts."""
        near = {self.at(self.step() + offset) for offset in range(-3, 4)}
        return next(code for code in (f"{number:06}" for number in range(10)) if code not in near)
