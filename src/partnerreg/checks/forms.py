"""How a value is written, as a form: words in capitals are to be replaced.

Never another record's values: whoever is in a hurry takes a hint over as it stands.
"""

from typing import Any

from partnerreg.base.printable import shortened
from partnerreg.model.schema_files import common

MOST_LISTED = 24
"""Codes that a hint lists."""


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a part of a schema with its references to the common parts followed."""
    while "$ref" in schema:
        name = schema["$ref"].removeprefix("#/$defs/")
        schema = {**common()[name], **{k: v for k, v in schema.items() if k != "$ref"}}
    return schema


def is_date(schema: dict[str, Any]) -> bool:
    """Whether a part of a schema is a date."""
    return "[1-9][0-9]{3}(-" in schema.get("pattern", "")


def dates_form(schema: dict[str, Any]) -> str:
    """Return the forms that a date may have."""
    forms = "YYYY, YYYY-MM, YYYY-MM-DD or unknown"
    pattern = schema["pattern"]
    if "open" in pattern:
        forms = "YYYY, YYYY-MM, YYYY-MM-DD, unknown, or open where no end is agreed"
    return f"{forms}; or a duration such as P3M" if "P(" in pattern else forms


_FORMS = {
    "period": "{start: YYYY, end: YYYY}",
    "parties": "a list, a line each: - {organisation: ID, role: ROLE}",
    "funding": "lines: under it, and a line each: - {source: ID, year: YYYY, amount: NUMBER}",
    "ended": "{date: YYYY-MM-DD, reason: REASON}",
    "renewal": "{mode: MODE, term: P1Y}",
    "suspended": "{from: YYYY-MM-DD, to: YYYY-MM-DD, reason: TEXT}",
    "payments": "{due: YYYY-MM-DD, amount: NUMBER}",
    "accepted": "{rule: CODE, reason: TEXT}",
    "rules": "CODE: off",
    "participants": "{organisations: NUMBER, people: NUMBER}",
    "network": "{founded: YYYY, members_stated: NUMBER}",
    "units": "SLUG: {name: NAME}",
    "labels": "{KEY: TEXT}",
    "names": "{en: NAME}",
    "lines": "{source: ID, year: YYYY, amount: NUMBER}",
    "budget": "{year: YYYY, amount: NUMBER}",
    "milestones": "{id: ID, title: TEXT, due: YYYY-MM-DD}",
    "decisions": "{date: YYYY-MM-DD, body: NAME, kind: KIND}",
    "references": "{id: ID, title: TEXT, url: ADDRESS}",
    "contacts": "{role: TEXT, name: NAME}",
    "case_numbers": "{organisation: ID, number: TEXT}",
    "identifiers": "{scheme: SCHEME, id: NUMBER}",
}
"""What stands under a key, as a form: words in capitals are to be replaced."""
_OF_ONE = {"parties": ("organisation", "{organisation: ID, role: ROLE}")}


def form(key: str, schema: dict[str, Any], found: object = None) -> str:
    """Return how a value is written, as a form and never as another record's values.

    `found` is what was written instead: an id in a list of parties is taken over.
    """
    schema = resolved(schema)
    if key in _OF_ONE and schema.get("type") == "object":
        inner, whole = _OF_ONE[key]
        if isinstance(found, str) and found.isascii() and " " not in found:
            return f"{{{inner}: {shortened(found, 60)}}}"
        return whole
    if key in _FORMS and key != "network":
        return _FORMS[key]
    if key == "network" and schema.get("type") == "object":
        return _FORMS[key]
    if "enum" in schema:
        codes = schema["enum"]
        listing = ", ".join(map(str, codes[:MOST_LISTED]))
        return f"one of {listing}{' and more' if len(codes) > MOST_LISTED else ''}"
    if is_date(schema):
        return dates_form(schema)
    if "number" in schema.get("type", ()):
        return "NUMBER, or unknown"
    if "integer" in schema.get("type", ()):
        return "NUMBER"
    if schema.get("pattern", "").startswith("^[a-z0-9]+(-"):
        return (
            "ID (the name of its file without .yaml)" if "file" in schema["description"] else "ID"
        )
    return "TEXT"
