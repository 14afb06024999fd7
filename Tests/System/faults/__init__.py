"""Faults around the real daemon: disks, locks, clocks, descriptors and kills; what its clients see."""

from faults import access, clocks, descriptors, disk, kill, steps, storm
from harness.topic import Topic

TOPIC = Topic(
    "Does a fault become 503 and never 401, and is everything acknowledged still there after it?",
    {"disk": disk.run, "access": access.run, "clocks": clocks.run,
     "descriptors": descriptors.run, "storm": storm.run, "steps": steps.run, "kill": kill.run},
    programs=("clang", "setpriv", "mount"),
    deadline_seconds=lambda options: 300 + 15 * options.rounds)
