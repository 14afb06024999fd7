"""A program in another Python that answers one line of JSON with another."""

import json
import pathlib
import subprocess
import threading


class Helper:
    """Runs a program of this folder until the block ends."""

    def __init__(self, python: pathlib.Path, program: str) -> None:
        self.lock = threading.Lock()
        self.process = subprocess.Popen(
            [python, "-B", pathlib.Path(__file__).with_name(program)], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __enter__(self) -> "Helper":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()

    def ask(self, **question: object) -> dict:
        """The answer to a question."""
        with self.lock:
            self.process.stdin.write(json.dumps(question) + "\n")
            self.process.stdin.flush()
            return json.loads(self.process.stdout.readline())
