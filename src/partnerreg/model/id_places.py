"""Where a record names others: every place that the schemas call an id."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from partnerreg.base.layout import Kind
from partnerreg.base.problems import Path
from partnerreg.model.dates import LOOKS_LIKE_DATE
from partnerreg.model.schema_files import schema


class Named(NamedTuple):
    """A text that names a record: where it stands, and what it names.

    `what` is the schema's `x-id`: organisation, organisation-or-unit, agreement, or unit; `owner`
    is the organisation whose unit it is.
    """

    where: Path
    text: str
    what: str
    owner: str | None = None


def named(kind: Kind, data: Any) -> Iterator[Named]:
    """Yield every id in a record's plain data, in no particular order."""
    whole = schema(kind)
    yield from _below(data, whole, whole["$defs"], (), None)


def _below(
    value: Any, node: Any, definitions: Any, where: Path, owner: str | None
) -> Iterator[Named]:
    while "$ref" in node:
        found = definitions[node["$ref"].removeprefix("#/$defs/")]
        node = {**found, **{key: one for key, one in node.items() if key != "$ref"}}
    if isinstance(value, str):
        what = node.get("x-id")
        # `to` of a funding line is a date or an organisation.
        if what and not (node.get("minimum") and LOOKS_LIKE_DATE(value)):
            yield Named(where, value, what, owner)
    elif isinstance(value, dict):
        fields = node.get("properties", {})
        own = value.get("organisation")
        owner = own if isinstance(own, str) else owner
        for key, inner in value.items():
            below = fields.get(key, node.get("additionalProperties"))
            if isinstance(below, dict):
                yield from _below(inner, below, definitions, (*where, key), owner)
    elif isinstance(value, list) and isinstance(node.get("items"), dict):
        for place, item in enumerate(value):
            yield from _below(item, node["items"], definitions, (*where, place), owner)
