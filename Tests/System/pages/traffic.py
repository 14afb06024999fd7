"""What the browser has sent and received, from its own record."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass
class Exchange:
    """The request for a document, and its response."""

    id: str
    method: str
    address: str
    status: int = 0
    # By lower-case names.
    fields: Mapping[str, str] = field(default_factory=dict)


class Traffic:
    """Documents that a tab has requested, redirects included, in their order."""

    def __init__(self, driver) -> None:
        self.driver = driver
        self.documents: list[Exchange] = []

    def update(self) -> None:
        """Reads what happened since the last call."""
        for entry in self.driver.execute("getLog", {"type": "performance"})["value"]:
            message = json.loads(entry["message"])["message"]
            event = message["params"]
            if event.get("type") != "Document":
                continue
            if message["method"] == "Network.requestWillBeSent":
                self._send(event)
            elif message["method"] == "Network.responseReceived":
                self._receive(event["requestId"], event["response"])

    def _send(self, event: dict) -> None:
        if "redirectResponse" in event:
            self._receive(event["requestId"], event["redirectResponse"])
        request = event["request"]
        self.documents.append(Exchange(event["requestId"], request["method"], request["url"]))

    def _receive(self, request: str, response: dict) -> None:
        # A page that was requested before the record began has a response alone.
        for document in reversed(self.documents):
            if document.id == request:
                document.status = response["status"]
                document.fields = {name.lower(): value
                                   for name, value in response["headers"].items()}
                return

    def body(self) -> bytes:
        """The bytes of the last document, without its content coding."""
        result = self.driver.execute("executeCdpCommand", {
            "cmd": "Network.getResponseBody", "params": {"requestId": self.documents[-1].id}})
        text = result["value"]["body"]
        is_encoded = result["value"]["base64Encoded"]
        return base64.b64decode(text) if is_encoded else text.encode()
