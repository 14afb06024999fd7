"""The examples of README.md, docs/http-api.md and docs/second-factors.md, on one fresh daemon."""

from harness.topic import Topic
from readme.examples import run_examples

TOPIC = Topic("Do the examples of README.md, docs/http-api.md and docs/second-factors.md work as printed?",
              {"examples": run_examples}, programs=("bash", "curl", "jq", "oathtool"))
