"""Compare two versions of a record field by field."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from msgspec import Struct

from partnerreg.reports.changes.item_keys import named_items


class FieldChange(Struct, frozen=True):
    """One field that differs; `before` or `after` is None where it is absent.

    `field` spells the way to it, list items by what they are; `item` is the list item that it
    belongs to, as it is after (or, where that is gone, before).
    """

    field: str
    before: Any
    after: Any
    item: dict[str, Any] | None = None


def changes(before: Any, after: Any) -> Iterator[FieldChange]:
    """Yield the fields that differ between two versions' plain data.

    The order of keys and of list items is nothing; lists of plain values are compared as sets.
    """
    return _compare("", "", before, after, None)


def _compare(
    field: str, name: str, before: Any, after: Any, item: dict[str, Any] | None
) -> Iterator[FieldChange]:
    if _are(dict, before, after):
        before, after = before or {}, after or {}
        for key in dict.fromkeys((*before, *after)):
            inner = f"{field}.{key}" if field else str(key)
            yield from _compare(inner, str(key), before.get(key), after.get(key), item)
    elif _are(list, before, after) and _are_mappings(before) and _are_mappings(after):
        old, new = dict(named_items(name, before or [])), dict(named_items(name, after or []))
        for known in dict.fromkeys((*old, *new)):
            was, now = old.get(known), new.get(known)
            if was is None or now is None:
                yield FieldChange(f"{field}[{known}]", was, now, now or was)
            else:
                yield from _compare(f"{field}[{known}]", name, was, now, now)
    elif not _same(before, after):
        yield FieldChange(field, before, after, item)


def _are(kind: type, before: Any, after: Any) -> bool:
    """Whether the values that there are, at least one, are of a kind."""
    values = [value for value in (before, after) if value is not None]
    return bool(values) and all(isinstance(value, kind) for value in values)


def _are_mappings(value: Any) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(v, dict) for v in value))


def _same(before: Any, after: Any) -> bool:
    """Whether two values mean the same: 2 and 2.00 do, true and 1 do not."""
    if isinstance(before, list) and isinstance(after, list):
        return sorted(map(str, before)) == sorted(map(str, after))
    if isinstance(before, bool) or isinstance(after, bool):
        return before is after
    if isinstance(before, int | Decimal) and isinstance(after, int | Decimal):
        return before == after
    return type(before) is type(after) and bool(before == after)
