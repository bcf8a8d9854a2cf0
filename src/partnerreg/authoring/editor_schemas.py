"""The schemas for editors, with the registry's ids as examples, which editors then complete."""

import json
from typing import Any

from partnerreg.base.layout import Kind
from partnerreg.model.registry import Registry
from partnerreg.model.schema_files import texts

FOLDER = "schemas"
_MADE = "Made by partnerreg schemas, with this registry's ids as examples. Edits are overwritten."


def editor_schemas(registry: Registry | None) -> dict[str, bytes]:
    """Return the schemas' files by name; without a registry there are no ids to complete.

    Nothing is refused by them that the tool's own schemas accept: ids are examples only.
    """
    made = {}
    for name, text in texts().items():
        loaded = {"$comment": _MADE, **json.loads(text)}
        if name.startswith("common.") and registry is not None:
            _put_ids(loaded["$defs"], registry)
        made[name] = (json.dumps(loaded, indent=2, ensure_ascii=False) + "\n").encode("utf-8")
    return made


def is_made(raw: bytes) -> bool:
    """Whether a schema's file is one of these, rather than somebody's own."""
    return _MADE.encode() in raw


def header(kind: Kind, folder: str) -> str:
    """Return the comment that leads an editor to a kind's schema in a folder beside."""
    return f"yaml-language-server: $schema={folder}/{kind}.schema.json"


def _put_ids(definitions: dict[str, Any], registry: Registry) -> None:
    organisations = list(registry.organisation_ids)
    units = [f"{one.id}/{unit}" for one in registry.organisations.values() for unit in one.units]
    examples = {
        "organisation": organisations,
        "organisation-or-unit": sorted([*organisations, *units]),
        "agreement": list(registry.agreement_ids),
    }
    for node in definitions.values():
        ids = examples.get(node.get("x-id", ""))
        if ids:
            node["examples"] = ids
