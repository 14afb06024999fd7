"""RESULTS.md, which is also what is printed."""

import datetime
import pathlib
import subprocess

import chart
from bench import Plan
from harness import machine
from harness.tables import markdown
from me import BUSY
from table import HEADINGS, Report

HERE = pathlib.Path(__file__).parent


def commit() -> str:
    """What was measured."""
    done = subprocess.run(["git", "-C", HERE, "describe", "--always", "--dirty", "--exclude=*"],
                          capture_output=True, text=True, timeout=10, check=False)
    return f"commit {done.stdout.strip()}" if done.returncode == 0 else "an archive"


def text(report: Report, plan: Plan, bystanders: str) -> str:
    """The whole document."""
    kind = "A rough look" if plan.is_quick else "Measured"
    parts = [
        "# Results",
        f"{kind} on {datetime.date.today().isoformat()} by `make bench` of "
        f"{commit()} on a {machine.description()}; {machine.versions()}.",
        "Medians of interleaved rounds, smallest and largest in parentheses; a ratio is the median "
        "of the ratios of the rounds, with their spread, or the share of a bound. What counts are "
        f"the ratios: the machine is shared, the numbers are its own. {bystanders}",
        markdown(HEADINGS, [row.cells for row in report.rows]),
    ]
    if report.efficiency:
        parts += [
            "## Requests a second of the server's own computing",
            markdown(["me", "lunauth", "nginx", "ratio", "cores with lunauth", "cores with nginx"],
                     report.efficiency),
            "Server on one core, wrk with one thread and 64 connections on the other, responses of "
            "equal length. nginx has `return 200` with the same body, its own Server and Connection "
            "in place of lunauth's constant fields, and a constant request id that makes up the "
            "length. For each: how busy the server's core and the generator's were, and which of "
            f"them was the limit, with {BUSY:.0%} or more; waiting: neither, as for the disk. "
            "Where the generator was the limit, the server could have served more; these ratios "
            "tell how much.",
        ]
    if report.costs:
        parts += ["## The five largest costs of `me`",
                  markdown(["function", "share"],
                           [[f"`{name}`", f"{share:.1%}"] for name, share in report.costs])]
    if report.notes:
        parts += ["## How", "\n".join(f"- {note}" for note in report.notes)]
    return "\n\n".join(parts) + "\n"


def write(document: str, report: Report) -> None:
    """Keeps what was found beside the program."""
    illustrated = document.replace("# Results\n", "# Results\n\n![The ratios](results.svg)\n", 1)
    (HERE / "RESULTS.md").write_text(illustrated)
    (HERE / "results.svg").write_text(chart.drawing(report.rows))
