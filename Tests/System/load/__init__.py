"""The daemon under load: what it promises is checked, times and memory are reported."""

from harness.topic import Topic
from load import churn, crowd, mixed, overload, restarts, timing

TOPIC = Topic(
    "Is a normal client served under load, and is everything given back after it?",
    {"crowd": crowd.run, "churn": churn.run, "overload": overload.run, "restarts": restarts.run,
     "timing": timing.run, "mixed": mixed.run},
    programs=("wrk",), is_on_disk=True, long_cases=frozenset({"timing", "mixed"}),
    deadline_seconds=lambda options: 900 + 60 * options.minutes)
