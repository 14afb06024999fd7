"""The daemon compared with its own /openapi.json by schemathesis, as each kind of caller."""

from contract.callers import run_admin, run_key, run_owner, run_unauthenticated
from contract.document import run_document
from contract.tools import TOOLS
from harness.topic import Topic

TOPIC = Topic(
    "Does the daemon respond as its own /openapi.json says, to valid and to invalid requests?",
    {"document": run_document, "owner": run_owner, "key": run_key,
     "unauthenticated": run_unauthenticated, "admin": run_admin},
    files=(TOOLS / "schemathesis", TOOLS / "openapi-spec-validator"), is_parallel=True,
    deadline_seconds=lambda _: 600)
