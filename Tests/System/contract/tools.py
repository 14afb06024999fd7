"""The programs that `scripts/python-packages contract` installs."""

from harness.paths import ROOT
from harness.process import Process, wait_for
from harness.topic import Context

TOOLS = ROOT / ".build/contract/bin"
SECONDS = 500


def run_tool(context: Context, tool: str, *arguments: object,
             environment: dict[str, str] | None = None) -> None:
    """Checks that a tool exits with 0; prints its whole output where it does not."""
    output = context.directory / f"{tool}.txt"
    process = Process([TOOLS / tool, *arguments], output, environment)
    wait_for(lambda: process.status is not None, SECONDS, 0.1)
    status = process.status
    process.stop()
    context.check(f"{tool} finds nothing", status == 0, f"exit status {status}")
    if status != 0:
        context.note(process.text)
