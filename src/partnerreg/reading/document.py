"""`Document`: one file's plain data, with the position of every value."""

from array import array
from functools import lru_cache
from typing import Any, Final

from msgspec import Struct

from partnerreg.base.problems import Path, Span


class _Bad:
    """Sentinel for a value that was refused; later checks skip it."""

    def __repr__(self) -> str:
        return "BAD"


BAD: Final = _Bad()


class Twice(str):
    """The second of two equal keys, kept apart from the first so that nothing is hidden."""

    __slots__ = ()


class Document(Struct, frozen=True):
    """One file's data: mappings, lists, text, bool, int and Decimal; BAD where unreadable.

    `raw` are the file's bytes, which say where a value stands when somebody asks.
    """

    data: dict[str, Any]
    raw: bytes
    has_decimals: bool = False

    def span(self, where: Path, *, key: bool = False) -> Span:
        """Return where the value at `where` stands, or its key; the nearest parent if absent."""
        node, number, at_key = self.data, 0, 0
        for depth, step in enumerate(where):
            found = _child(node, number, step)
            if found is None:
                break
            node, number, at_key = found
            if key and depth == len(where) - 1 and isinstance(step, str):
                number = at_key
        line, column, end_line, end_column = _positions(self.raw)[number * 4 : number * 4 + 4]
        return Span(line + 1, column + 1, end_line + 1, end_column + 1)

    def lines_of_items(self, where: Path) -> list[int]:
        """Return the line, from 1, where each item of the list at `where` begins."""
        node, number = self.data, 0
        for step in where:
            found = _child(node, number, step)
            if found is None:
                return []
            node, number, _ = found
        positions, lines = _positions(self.raw), []
        number += 1
        items: list[Any] = node if isinstance(node, list) else []
        for item in items:
            lines.append(positions[number * 4] + 1)
            number += _size(item)
        return lines


def _child(node: Any, number: int, step: str | int) -> tuple[Any, int, int] | None:
    """Return the child at `step`, its number in the order of the file, and its key's number."""
    number += 1
    if isinstance(node, dict):
        for name, value in node.items():
            if name == step:
                return value, number + 1, number
            number += 1 + _size(value)
    elif isinstance(node, list) and isinstance(step, int):
        for place, value in enumerate(node):
            if place == step:
                return value, number, number
            number += _size(value)
    return None


def _size(node: Any) -> int:
    if isinstance(node, dict):
        return 1 + sum(1 + _size(value) for value in node.values())
    if isinstance(node, list):
        return 1 + sum(map(_size, node))
    return 1


@lru_cache(maxsize=16)
def _positions(raw: bytes) -> "array[int]":
    """Return four numbers a node, in the order of the file, keys included.

    They are first line and column, last line and column, from 0. The file has been read before,
    so that nothing about it can fail here.
    """
    from _ruamel_yaml import CParser  # noqa: PLC0415  (slow to import)
    from ruamel.yaml.events import NodeEvent  # noqa: PLC0415

    found = array("I")
    get_event = CParser(raw).get_event
    while (event := get_event()) is not None:
        if isinstance(event, NodeEvent):
            start, end = event.start_mark, event.end_mark
            found.extend((start.line, start.column, end.line, end.column))
    return found
