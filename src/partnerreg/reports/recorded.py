"""Show fields of a record as it states them."""

from collections.abc import Iterator
from typing import Any

from partnerreg.model.build import data_of
from partnerreg.model.records import Record
from partnerreg.output.report import Cell, Column, Table

HEADS = (Column("field", "Field"), Column("value", "Value", wrap=True))


def as_recorded(record: Record, keys: tuple[str, ...]) -> Iterator[tuple[str, Cell]]:
    """Yield what a record says under some keys, a line for each item of a list of mappings."""
    data = data_of(record)
    for key in keys:
        value: Any = data
        for step in key.split("."):
            value = value.get(step, {}) if isinstance(value, dict) else {}
        items = (
            value if isinstance(value, list) and value and isinstance(value[0], dict) else [value]
        )
        for item in items:
            words = tuple(map(plainly, item)) if isinstance(item, list) else plainly(item)
            yield key.rpartition(".")[2].replace("_", " "), words


def plainly(item: Any) -> str:
    """Return plain data in words: `role lead, name The office`; a number as it is written."""
    if isinstance(item, dict):
        return ", ".join(f"{key} {plainly(value)}" for key, value in item.items())
    if isinstance(item, list):
        return ", ".join(map(plainly, item))
    return str(item)


def references(record: Record) -> Table:
    """Return the documents that a record rests on, with their dates as recorded."""
    heads = (
        Column("id", "Id"),
        Column("title", "Document", wrap=True),
        Column("publisher", "Publisher", wrap=True),
        Column("published", "Published"),
        Column("language", "Language", spare=True),
        Column("retrieved", "Retrieved", spare=True),
        Column("url", "Address"),
    )
    rows = tuple(
        (
            each.id,
            each.title,
            each.publisher,
            each.published.text if each.published else None,
            each.language,
            each.retrieved.text if each.retrieved else None,
            each.url,
        )
        for each in record.references
    )
    return Table(heads, rows, title="References")
