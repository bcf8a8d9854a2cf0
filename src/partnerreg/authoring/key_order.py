"""Canonical key order: the order in which the schema lists the properties."""

from typing import Any

from partnerreg.base.layout import SchemaName
from partnerreg.model.schema_files import schema


class Order:
    """The order of keys at one place of a record."""

    def __init__(self, node: dict[str, Any], definitions: dict[str, Any]) -> None:
        while "$ref" in node:
            name = node["$ref"].removeprefix("#/$defs/")
            node = {**definitions[name], **{k: v for k, v in node.items() if k != "$ref"}}
        self._node = node
        self._definitions = definitions
        self._below: dict[str | None, Order] = {}
        self._places = {key: place for place, key in enumerate(node.get("properties", {}))}

    def place(self, key: str) -> int:
        """Return a key's place; keys that the schema does not have come last, as they stand."""
        return self._places.get(key, len(self._places))

    def below(self, key: str | None) -> "Order":
        """Return the order below a key, or below an item of a list (None)."""
        if key in self._below:
            return self._below[key]
        if key is None:
            found = self._node.get("items", {})
        else:
            found = self._node.get("properties", {}).get(
                key, self._node.get("additionalProperties")
            )
        self._below[key] = Order(found if isinstance(found, dict) else {}, self._definitions)
        return self._below[key]


def order_of(kind: SchemaName) -> Order:
    """Return the order of a kind of record, from its top."""
    whole = schema(kind)
    return Order(whole, whole["$defs"])
