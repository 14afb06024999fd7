"""The document itself: its form, and which successful responses it names."""

import json
import pathlib

from contract.daemon import ContractDaemon
from contract.tools import run_tool
from harness.topic import Context

# The tag of the operations on the admin listener.
ADMIN_TAG = "Monitoring"

# The id of an operation, and a status.
Outcome = tuple[str, int]


def write_document(daemon: ContractDaemon, directory: pathlib.Path) -> pathlib.Path:
    """Writes a daemon's document to a file."""
    path = directory / "openapi.json"
    path.write_text(json.dumps(daemon.call("/openapi.json")))
    return path


def successes(document: pathlib.Path, is_admin: bool) -> set[Outcome]:
    """The outcomes of a document that are no errors, on one of the two listeners."""
    paths = json.loads(document.read_text())["paths"]
    return {(operation["operationId"], int(status)) for item in paths.values()
            for operation in item.values() if (ADMIN_TAG in operation["tags"]) == is_admin
            for status in operation["responses"] if int(status) < 400}


def run_document(context: Context) -> None:
    """The document is valid by the schema of OpenAPI 3.1."""
    daemon = ContractDaemon(context.directory / "daemon")
    document = write_document(daemon, context.directory)
    run_tool(context, "openapi-spec-validator", "--schema", "3.1", document)
