"""Build records from validated plain data, and turn records back into plain data."""

from decimal import Decimal
from typing import Any

import msgspec

from partnerreg.base.layout import Place
from partnerreg.model import dates
from partnerreg.model.dates import UNKNOWN, Duration, PartialDate
from partnerreg.model.parts import POSITION
from partnerreg.model.records import Agreement, Organisation, Record, Settings

Data = dict[str, Any]


def record(place: Place, data: Data, currency: str | None) -> Record:
    """Return the record that `data` describes.

    `currency` (ISO 4217) is the settings'. List items that are None have been refused and are
    passed over; keys that are absent take the contract's defaults.
    """
    own = {**_prepared(data), "id": place.id, "path": place.path, "kind": place.kind}
    if place.kind == "organisation":
        return msgspec.convert({"name": place.id, **own}, Organisation, dec_hook=value_of)
    return msgspec.convert({**own, "registry_currency": currency}, Agreement, dec_hook=value_of)


def settings(data: Data) -> Settings:
    """Return the registry's settings."""
    return msgspec.convert(_prepared(data), Settings, dec_hook=value_of)


def value_of(kind: type, written: Any) -> Any:
    """Return a date or a duration as the model has it; used wherever msgspec meets one.

    A date that is on no calendar has its finding (PR201) and counts as unknown.
    """
    text = written if type(written) is str else str(written)
    if kind is PartialDate:
        try:
            return dates.parse(text)
        except ValueError:
            return UNKNOWN
    return dates.parse_duration(text)


def text_of(value: Any) -> str:
    """Return a date or a duration as it was written; used wherever msgspec meets one."""
    assert isinstance(value, PartialDate | Duration)
    return value.text


def data_of(found: Record) -> Data:
    """Return a record as plain data, keys as in the file and in the schema's order.

    Keys that say what is meant without them (`stage: agreed`) are left out; a bare year is an
    integer, an unknown amount `unknown`.
    """
    plain: Data = msgspec.to_builtins(found, builtin_types=(Decimal,), enc_hook=_plain)
    for key in ("id", "path", "kind", "registry_currency"):
        plain.pop(key, None)
    return {key: _as_written(value) for key, value in plain.items()}


def _plain(value: Any) -> Any:
    text = text_of(value)
    return int(text) if len(text) == 4 and text.isdecimal() else text


def _as_written(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _as_written(value) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_item_as_written(item) for item in node]
    return int(node) if isinstance(node, Decimal) and node == node.to_integral_value() else node


def _item_as_written(item: Any) -> Any:
    if not isinstance(item, dict):
        return item
    # A funding line or budget row always has an amount: what is None there is unknown.
    plain = {key: _as_written(value) for key, value in item.items() if key != POSITION}
    return {**plain, "amount": "unknown"} if plain.get("amount", 0) is None else plain


def _prepared(data: Data) -> Data:
    """Return the data with each list item numbered, refused items gone, unknown amounts None.

    Second keys of one name (`reading.document.Twice`) are left out: each has its problem.
    """
    return {
        key: _items(value)
        if type(value) is list
        else _prepared(value)
        if type(value) is dict
        else value
        for key, value in data.items()
        if type(key) is str
    }


def _items(items: list[Any]) -> list[Any]:
    if items and type(items[0]) is str:
        return [item for item in items if item is not None]
    return [_numbered(index, item) for index, item in enumerate(items) if item is not None]


def _numbered(index: int, item: Any) -> Any:
    if type(item) is not dict:
        return item
    own = _prepared(item)
    own[POSITION] = index
    if own.get("amount") == "unknown":
        own["amount"] = None
    return own
