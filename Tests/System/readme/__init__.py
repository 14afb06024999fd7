"""The examples of README.md and docs/http-api.md, one after the other on a fresh daemon."""

from harness.topic import Topic
from readme.examples import run_examples

TOPIC = Topic("Do the examples of README.md and docs/http-api.md work as printed?", {"examples": run_examples},
              programs=("bash", "curl", "jq"))
