"""Write a record's plain data as YAML in the canonical layout.

Text is quoted wherever this reader, or a laxer one, might take it for something else: `NO`, `0380`,
`2015-12-31` outside of dates, `a: b`, `# x`. What comes out is read again and must say the same.
"""

import json
import re
from decimal import Decimal
from functools import cache
from typing import Any

from partnerreg.authoring.key_order import Order, order_of
from partnerreg.authoring.printer import Unformattable, canonical_lines
from partnerreg.authoring.syntax_tree import Entry, Node, Tree
from partnerreg.base.layout import SchemaName
from partnerreg.base.limits import MAX_BYTES
from partnerreg.model import dates
from partnerreg.reading.yaml_reader import read

# Letters, digits and what cannot mean anything in YAML, not even within brackets.
_PLAIN = re.compile(r"[^\W_](?:[\w .()/+–—·°§%€£½&;=-]*[\w.)/%€£½§])?")
_PLAIN_ALONE = re.compile(r"[^\W_](?:[\w .,'’()!?\[\]/+–—·°§%€£½&;=-]*[\w.)!?\]/%€£½§])?")
"""The same where no brackets are around it: commas mean nothing there."""
_URL = re.compile(r"https?://[\w./~%?=&+;@!$()-]*[\w/~%=&+)]", re.ASCII)
_MISREAD = re.compile(
    r"y|n|yes|no|on|off|true|false|null|none|nan|inf|\.nan|\.inf|~|"
    r"[-+]?[0-9][0-9_ ,.:]*(e[-+]?[0-9]+)?|0[xob][0-9a-f_]+|[0-9]+e[0-9]+|"
    r"[0-9]{4}-[0-9]{1,2}(-[0-9]{1,2}.*)?",
    re.IGNORECASE,
)
"""What YAML 1.1 or 1.2 takes for a truth value, nothing, a number or a date."""


def composed(data: dict[str, Any], kind: SchemaName, header: str | None = None) -> bytes:
    """Return the bytes of a record's file; `header` is a comment above the first key.

    Values are text, whole numbers, `Decimal`, bool, lists and mappings. Raises `Unformattable`
    where the result would say something else.
    """
    tree = Tree(node_of(data, None))
    if header:
        tree.header.append(f"# {header}")
    try:
        raw = ("\n".join(canonical_lines(tree, _order(kind))) + "\n").encode("utf-8")
    except UnicodeEncodeError:
        raise Unformattable("it holds bytes that are no text") from None
    if len(raw) > MAX_BYTES:
        raise Unformattable(f"it would have more than {MAX_BYTES} bytes")
    document, problems = read(raw)
    # What the reader refuses (a control character, an amount in words) is for the check to tell.
    if document is not None and not problems and not _says(document.data, data):
        raise Unformattable("its data would change")
    return raw


def _says(found: Any, meant: Any) -> bool:
    """Whether what was read is what was meant; a year in a text is a year."""
    if isinstance(meant, dict):
        return (
            isinstance(found, dict)
            and found.keys() == meant.keys()
            and all(_says(found[key], meant[key]) for key in meant)
        )
    if isinstance(meant, list | tuple):
        return (
            isinstance(found, list) and len(found) == len(meant) and all(map(_says, found, meant))
        )
    return str(found) == str(meant)


@cache
def _order(kind: SchemaName) -> Order:
    return order_of(kind)


def scalar(value: Any, key: str | None = None, *, alone: bool = False) -> str:
    """Return a value as YAML writes it; `key` says whether text that looks like a date is one.

    `alone` says that it will not stand within brackets.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return str(value)
    text = str(value)
    is_date = key in dates.KEYS and bool(dates.LOOKS_LIKE_DATE(text))
    shape = _PLAIN_ALONE if alone else _PLAIN
    plain = (alone and _URL.fullmatch(text)) or (
        shape.fullmatch(text) and not _MISREAD.fullmatch(text)
    )
    if is_date or (plain and " #" not in text):
        return text
    return quoted(text)


def quoted(text: str) -> str:
    """Return text in double quotes; what cannot be seen is written as an escape."""
    escaped = json.dumps(text, ensure_ascii=False)
    return re.sub(
        r"[\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]",
        lambda found: f"\\u{ord(found[0]):04x}",
        escaped,
    )


def node_of(value: Any, key: str | None, *, alone: bool = True) -> Node:
    """Return a value as a syntax tree; `alone` says that no brackets are around it."""
    if isinstance(value, dict):
        # The record itself is never in brackets.
        flow = key is not None and all(map(_is_short, value.values()))
        entries = [
            Entry(node_of(item, name, alone=alone and not flow), _scalar_node(name))
            for name, item in value.items()
        ]
        return Node("mapping", 0, flow=flow, entries=entries)
    if isinstance(value, list | tuple):
        flow = not any(isinstance(item, dict | list | tuple) for item in value)
        entries = [Entry(node_of(item, key or "", alone=alone and not flow)) for item in value]
        return Node("sequence", 0, flow=flow, entries=entries)
    if "\n" in str(value) and alone and (block := _block(str(value))):
        return Node("scalar", 0, text=block, style="|")
    text = scalar(value, key, alone=alone)
    return Node("scalar", 0, text=text, style='"' if text.startswith('"') else "")


def _is_short(value: Any) -> bool:
    """Whether a value may stand in brackets with others: a scalar, or a list of scalars."""
    if isinstance(value, list | tuple):
        return not any(isinstance(item, dict | list | tuple) for item in value)
    return not isinstance(value, dict)


def _scalar_node(name: str) -> Node:
    text = scalar(name)
    return Node("scalar", 0, text=text, style='"' if text.startswith('"') else "")


def _block(text: str) -> str | None:
    """Return text of several lines as a block, None where only quotes can hold it."""
    lines = text.rstrip("\n").split("\n")
    if text.endswith("\n\n") or not lines[0].strip() or lines[0][0] in " \t":
        return None
    if any(line != line.rstrip() or "\t" in line for line in lines):
        return None
    if any(not character.isprintable() for line in lines for character in line):
        return None
    return "\n".join(["|" if text.endswith("\n") else "|-", *(f"  {line}" for line in lines)])
