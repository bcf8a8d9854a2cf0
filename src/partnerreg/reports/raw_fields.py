"""What a file says under some of its keys, in words close to its own."""

from collections.abc import Iterator
from typing import Any

from partnerreg.model.registry import Registry
from partnerreg.output.report import Cell
from partnerreg.reading.yaml_reader import read


def as_written(registry: Registry, path: str, keys: tuple[str, ...]) -> Iterator[tuple[str, Cell]]:
    """Yield what a file says under some keys, a line for each item of a list of mappings."""
    document, _ = read(registry.texts[path])
    for key in keys:
        value: Any = document.data if document else {}
        for step in key.split("."):
            value = value.get(step, {}) if isinstance(value, dict) else {}
        items = (
            value if isinstance(value, list) and value and isinstance(value[0], dict) else [value]
        )
        for item in items:
            told = tuple(map(_told, item)) if isinstance(item, list) else _told(item)
            yield key.rpartition(".")[2].replace("_", " "), told


def _told(item: Any) -> str:
    """Return plain data in words: `role lead, name The office`."""
    if isinstance(item, dict):
        return ", ".join(f"{key} {_told(value)}" for key, value in item.items())
    if isinstance(item, list):
        return ", ".join(map(_told, item))
    return str(item)
