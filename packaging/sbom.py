"""A software bill of materials in SPDX 2.3, as JSON whose bytes depend on its content alone."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timezone

# What the Swift packages say in their LICENSE.txt.
LICENSES = {"swift-argument-parser": "Apache-2.0 WITH Swift-exception", "swift-log": "Apache-2.0"}
UNKNOWN = "NOASSERTION"


@dataclass(frozen=True)
class Component:
    """Something that lunauth is built of."""

    name: str
    version: str
    # Where it is from, as a package URL (purl).
    url: str
    license: str = UNKNOWN
    location: str = UNKNOWN

    @classmethod
    def debian(cls, name: str, version: str = "") -> "Component":
        """A package of Debian 12; its licenses are in its copyright file."""
        return cls(name, version, f"pkg:deb/debian/{name}{f'@{version}' if version else ''}?distro=bookworm")

    @classmethod
    def swift(cls, location: str, version: str) -> "Component":
        """A package that Package.swift names."""
        name = location.rsplit("/", 1)[-1]
        return cls(name, version, f"pkg:swift/{location.removeprefix('https://')}@{version}",
                   LICENSES.get(name, UNKNOWN), f"git+{location}@{version}")


def of_manifest(manifest: str) -> list[Component]:
    """What Package.swift names: Swift packages by version, C libraries by their Debian packages."""
    swift = re.findall(r'\.package\(url: "([^"]+)", exact: "([^"]+)"\)', manifest)
    debian = {name for names in re.findall(r"\.apt\(\[([^]]+)\]\)", manifest)
              for name in re.findall(r'"([^"]+)"', names)}
    return [*(Component.swift(*found) for found in swift),
            *(Component.debian(name) for name in sorted(debian))]


def document(name: str, version: str, time: int, components: Sequence[Component]) -> str:
    """The document of a thing that contains components, or is linked with them."""
    whole = Component(name, version, f"pkg:generic/{name}@{version}", "Apache-2.0")
    packages = [package(component) for component in (whole, *components)]
    relations = [{"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES",
                  "relatedSpdxElement": packages[0]["SPDXID"]}]
    relations += [{"spdxElementId": packages[0]["SPDXID"], "relationshipType": "DEPENDS_ON",
                   "relatedSpdxElement": each["SPDXID"]} for each in packages[1:]]
    digest = hashlib.sha256(json.dumps(packages, sort_keys=True).encode()).hexdigest()
    created = datetime.fromtimestamp(time, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return json.dumps({
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"{name}-{version}",
        "documentNamespace": f"https://spdx.org/spdxdocs/{name}-{version}-{digest}",
        "creationInfo": {"created": created, "creators": ["Tool: packaging/sbom.py"]},
        "packages": packages, "relationships": relations}, indent=2) + "\n"


def package(component: Component) -> dict[str, object]:
    """A component as a package of SPDX."""
    name = re.sub(r"[^A-Za-z0-9.-]", "-", component.name)
    described = {
        "SPDXID": f"SPDXRef-{name}", "name": component.name, "downloadLocation": component.location,
        "filesAnalyzed": False, "licenseConcluded": UNKNOWN, "licenseDeclared": component.license,
        "copyrightText": UNKNOWN,
        "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
                          "referenceLocator": component.url}]}
    return described | ({"versionInfo": component.version} if component.version else {})
