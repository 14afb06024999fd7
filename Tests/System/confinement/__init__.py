"""deploy/lunauth.service without systemd: its score, its filter on the daemon, the daemon's memory."""

from functools import partial

from confinement import seccomp
from confinement.cases import run_score, run_whole_life
from harness.topic import Topic

TOPIC = Topic(
    "Does the systemd unit confine the daemon, and does the daemon work under it?",
    {"score": run_score,
     # As the unit has it; and deadly, so that a failing call whose failure is ignored shows.
     "forbidden-calls-fail": partial(run_whole_life, seccomp.PERMISSION),
     "forbidden-calls-kill": partial(run_whole_life, seccomp.KILL)},
    programs=("systemd-analyze",), needs_root=True)
