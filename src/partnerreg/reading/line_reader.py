"""Read the usual layout line by line, which takes a third of the time of libyaml's events.

What it takes is a small part of YAML, and of that it makes what `event_reader` makes. All else is
left to `event_reader`: an escape, a literal text, a plain text over several lines, a value to be
refused, a file of more than 10,000 bytes. A test holds the two to one answer over generated and
mutated files.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from partnerreg.base.limits import MAX_NODES
from partnerreg.reading.document import Document
from partnerreg.reading.scalars import Refused, is_usual_key, plain

_KEY = "[A-Za-z_][A-Za-z0-9_-]{0,99}"
_HEAD = re.compile(rf"( *)(- +)?({_KEY})")
_ITEM = re.compile(r"( *)- +([^ ].*)")
_QUOTED = re.compile(r"""(?:'((?:[^']|'')*)'|"([^"\\]*)") *(?: #.*)?""")
_FLOW = re.compile(r"""(?:\[([^][{}"'#&*!|<>%@`?]+)\]|\{([^][{}"'#&*!|<>%@`?]+)\}) *(?: #.*)?""")
_PAIR = re.compile(rf"({_KEY}): +([^:]+)")
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
"""What no plain text begins with (YAML 1.2, 5.3); where `-`, `?` and `:` may, libyaml says so."""

_DEEPEST = 16
_LINES_KEPT = 2048
_LONGEST = 1000
"""Characters of a line that is read here."""

# What stands behind a key or a dash.
_VALUE: Final = 0
_BLANK: Final = 1  # not even a key
_DECIMAL: Final = 2
_FLOWING: Final = 3  # a list or mapping in brackets, to be copied
_FOLDED: Final = 4  # text on the lines below
_BELOW: Final = 5  # a list or mapping on the lines below


class _Unusual(Exception):  # noqa: N818  (what the file is)
    """The file is laid out in a way that is left to libyaml."""


def read_lines(raw: bytes, text: str) -> Document | None:
    """Return what `raw`, decoded to `text`, holds; None where it is not of the usual layout.

    `raw` is what `encoding.refusals` lets pass. Nothing is wrong with what is returned.
    """
    if len(raw) > 2 * MAX_NODES:  # of keys and values, two bytes each, there may be too many
        return None
    if b"\t" in raw or b"\r" in raw:
        return None
    try:
        return _read(raw, text)
    except _Unusual:
        return None


def _read(raw: bytes, text: str) -> Document:
    root: dict[str, Any] = {}
    has_decimals = False
    # The innermost open list or mapping, the column of its dashes or keys, and those around it.
    container: Any = root
    column = 0
    stack: list[tuple[Any, int]] = []
    waiting: str | None = None  # a key whose list or mapping is on the lines below
    split = text.split("\n")
    if max(map(len, split)) > _LONGEST:
        raise _Unusual  # many such lines kept would take much memory
    lines = iter(split)
    line = next(lines, None)
    while line is not None:
        kind, value, key, indent, dash = _parsed(line)
        line = next(lines, None)
        if kind == _BLANK:
            continue
        place = indent if dash is None else dash
        if waiting is not None:
            if place < column or (place == column and dash is None):
                raise _Unusual  # the value is empty
            below: Any = {} if dash is None else []
            container[waiting] = below
            stack.append((container, column))
            container, column, waiting = below, place, None
        while place < column or (place == column and dash is None and type(container) is list):
            if not stack:
                raise _Unusual
            container, column = stack.pop()
        if place != column or (dash is not None and type(container) is dict):
            raise _Unusual
        if kind == _FLOWING:
            value = value.copy()
        elif kind == _DECIMAL:
            has_decimals = True
        elif kind == _FOLDED:
            value, line = _folded(line, lines, place if key is None else indent)
        if key is None:
            container.append(value)
            continue
        if dash is not None:
            item: dict[str, Any] = {}
            container.append(item)
            stack.append((container, column))
            container, column = item, indent
        if key in container:
            raise _Unusual
        if kind != _BELOW:
            container[key] = value
        elif len(stack) > _DEEPEST:
            raise _Unusual
        else:
            waiting = key
    if waiting is not None or not root:
        raise _Unusual
    return Document(root, raw, has_decimals)


def _folded(first: str | None, rest: Iterator[str], outer: int) -> tuple[str, str | None]:
    """Return the text that begins in the line `first`, and the line behind it.

    `outer` is the column of what the text belongs to.
    """
    indent = len(first) - len(first.lstrip(" ")) if first else 0
    if first is None or not first.strip(" ") or indent <= outer:
        raise _Unusual
    parts, line, margin = [first[indent:]], next(rest, None), " " * indent
    while line and line.startswith(margin):
        if line[indent : indent + 1] in {" ", ""}:
            raise _Unusual  # indented deeper, or blank
        parts.append(line[indent:])
        line = next(rest, None)
    # What is indented behind empty lines, spaces and what looks like a comment too, is text again.
    while line is not None and not line.strip(" "):
        if line:
            raise _Unusual
        line = next(rest, None)
    if line is not None and line.startswith(margin):
        raise _Unusual
    return " ".join(parts), line


@lru_cache(maxsize=_LINES_KEPT)
def _parsed(line: str) -> tuple[int, Any, str | None, int, int | None]:
    """Return a line's kind, its value and key, the column of what it says, and that of its dash."""
    head, _, rest = f"{line} ".partition(": ")
    indent, dash, key = _headed(head)
    if indent < 0:  # no key
        rest = line.lstrip(" ")
        if not rest or rest[0] == "#":
            return _BLANK, None, None, 0, None
        found = _ITEM.fullmatch(line)
        if found is None:
            raise _Unusual
        indent, dash, rest, key = found.start(2), found.end(1), found[2], None
    kind, value = _valued(rest.strip(" "))
    return kind, value, key, indent, dash


@lru_cache(maxsize=_LINES_KEPT)
def _headed(head: str) -> tuple[int, int | None, str | None]:
    """Return the column of a line's key, that of its dash, and the key; -1 where it has none."""
    found = _HEAD.fullmatch(head)
    if found is None or not is_usual_key(found[3]):
        return -1, None, None
    return found.start(3), found.end(1) if found[2] else None, found[3]


def _valued(text: str) -> tuple[int, Any]:
    """Return what stands behind a key or a dash, with its kind."""
    if not text:
        return _BELOW, None
    first = text[0]
    if first in _INDICATORS:
        return _marked(text, first)
    if "#" in text and (comment := text.find(" #")) > 0:
        text = text[:comment].rstrip(" ")
    value = _plain(text)
    return _DECIMAL if type(value) is Decimal else _VALUE, value


def _marked(text: str, first: str) -> tuple[int, Any]:
    """Return a value in quotes or brackets, or of the lines below, with its kind."""
    if first in "'\"":
        found = _QUOTED.fullmatch(text)
        if found is None:
            raise _Unusual
        single, double = found.groups()
        return _VALUE, double if single is None else single.replace("''", "'")
    if first in "[{":
        found = _FLOW.fullmatch(text)
        if found is None:
            raise _Unusual
        items, pairs = found.groups()
        return _FLOWING, _list(items) if pairs is None else _mapping(pairs)
    if text == ">-":
        return _FOLDED, None
    raise _Unusual


def _plain(text: str) -> Any:
    if ":" in text and (text[-1] == ":" or ": " in text):
        raise _Unusual
    try:
        return plain(text)
    except Refused:
        raise _Unusual from None


def _list(items: str) -> list[Any]:
    return [_flowing(item) for item in items.split(",")]


def _mapping(pairs: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for pair in pairs.split(","):
        match = _PAIR.fullmatch(pair.strip(" "))
        if match is None or match[1] in found or not is_usual_key(match[1]):
            raise _Unusual
        found[match[1]] = _flowing(match[2])
    return found


def _flowing(text: str) -> Any:
    """Return a value within brackets; not one with decimals: `has_decimals` would be lost."""
    text = text.strip(" ")
    if not text or text[0] in _INDICATORS or ":" in text:
        raise _Unusual
    value = _plain(text)
    if type(value) is Decimal:
        raise _Unusual
    return value
