"""Print a syntax tree canonically: key order, indentation, quotes, blank lines.

Every comment is kept, and every scalar's text. `formatting.py` holds the result against the file.
"""

import re
from collections.abc import Iterator

from partnerreg.authoring.key_order import Order
from partnerreg.authoring.syntax_tree import Entry, Node, Tree

WIDTH = 100
_STEP = "  "


class Unformattable(ValueError):  # noqa: N818  (what the file is)
    """A file cannot be laid out without changing what it says; the message says why."""


def canonical_lines(tree: Tree, order: Order) -> list[str]:
    """Return a file's lines in the canonical layout.

    Raises `Unformattable` for what cannot be moved without changing what it says.
    """
    return list(_file(tree, order))


def _file(tree: Tree, order: Order) -> Iterator[str]:
    yield from tree.header
    lines = list(_mapping(tree.root, order, "")) if tree.root.entries else ["{}"]
    # A blank line above the first key is the header's, if there is one.
    if not lines[0] and (not tree.header or not tree.header[-1]):
        del lines[0]
    yield from lines
    yield from tree.footer


def _mapping(node: Node, order: Order, indent: str) -> Iterator[str]:
    for entry in ordered(node, order):
        assert entry.key is not None
        yield from _leading(entry, indent)
        head = f"{indent}{_quoted(entry.key)}:"
        yield from _valued(entry, head, order.below(name_of(entry.key)), indent)


def _sequence(node: Node, order: Order, indent: str) -> Iterator[str]:
    for entry in node.entries:
        value, inner = entry.value, order.below(None)
        if value.kind == "scalar" or _fits(entry, f"{indent}-"):
            yield from _leading(entry, indent)
            yield from _valued(entry, f"{indent}-", inner, indent)
            continue
        yield from _leading(entry, indent)
        if entry.trailing:
            yield f"{indent}{entry.trailing}"
        block = _mapping if value.kind == "mapping" else _sequence
        lines = list(block(value, inner, indent + _STEP))
        # What is said above the first of what is inside is said above the dash.
        while not lines[0] or lines[0].lstrip().startswith("#"):
            yield f"{indent}{lines[0].lstrip()}".rstrip()
            del lines[0]
        yield f"{indent}- {lines[0].lstrip()}"
        yield from lines[1:]


def _valued(entry: Entry, head: str, order: Order, indent: str) -> Iterator[str]:
    """Yield `head` with the entry's value behind or below it."""
    value = entry.value
    beside = f" {entry.trailing}" if entry.trailing else ""
    if value.kind == "scalar":
        lines = _scalar(value, indent + _STEP)
        yield f"{head} {lines[0]}{beside if len(lines) == 1 else ''}"
        yield from lines[1:-1]
        if len(lines) > 1:
            yield lines[-1] + beside
    elif _fits(entry, head):
        yield f"{head} {_flow(value, order)}{beside}"
    else:
        yield f"{head}{beside}"
        block = _mapping if value.kind == "mapping" else _sequence
        yield from block(value, order, indent + _STEP)


def _fits(entry: Entry, head: str) -> bool:
    """Whether a value stays in brackets on one line: it stood so, is short, has no comments."""
    value = entry.value
    if not value.entries:
        return True
    if not value.flow or not _is_plain_flow(value):
        return False
    beside = f" {entry.trailing}" if entry.trailing else ""
    return len(f"{head} {_flow(value, None)}{beside}") <= WIDTH


def _is_plain_flow(node: Node) -> bool:
    return all(
        not entry.leading
        and entry.trailing is None
        and _is_plain_flow(entry.value)
        and "\n" not in entry.value.text
        and (entry.key is None or "\n" not in entry.key.text)
        for entry in node.entries
    )


def _flow(node: Node, order: Order | None) -> str:
    if node.kind == "scalar":
        return _quoted(node)
    if node.kind == "sequence":
        inner = order.below(None) if order else None
        return f"[{', '.join(_flow(entry.value, inner) for entry in node.entries)}]"
    parts = []
    for entry in ordered(node, order) if order else node.entries:
        assert entry.key is not None
        inner = order.below(name_of(entry.key)) if order else None
        parts.append(f"{_quoted(entry.key)}: {_flow(entry.value, inner)}")
    return f"{{{', '.join(parts)}}}"


def _scalar(node: Node, indent: str) -> list[str]:
    """Return a scalar's lines; the first stands behind its key, the others at `indent`."""
    if node.style in {"|", ">"}:
        return _block_text(node.text, indent)
    lines = _quoted(node).split("\n")
    return [lines[0].rstrip() if len(lines) > 1 else lines[0]] + [
        f"{indent}{line.strip()}" if line.strip() else "" for line in lines[1:]
    ]


def _block_text(text: str, indent: str) -> list[str]:
    head, _, body = text.partition("\n")
    if re.search(r"[0-9]", head.partition("#")[0]):
        raise Unformattable("a text block states its indentation in a number")
    if "+" in head.partition("#")[0]:
        raise Unformattable("a text block keeps the blank lines behind it")
    lines = body.split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    depths = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip()]
    depth = min(depths, default=0)
    return [head.rstrip(), *(f"{indent}{line[depth:]}" if line.strip() else "" for line in lines)]


def _quoted(node: Node) -> str:
    """Return a scalar's text; single quotes become double ones where the text stays the same."""
    inner = node.text[1:-1]
    if node.style == "'" and not re.search(r"[\"\\'\n]", inner):
        return f'"{inner}"'
    return node.text


def ordered(node: Node, order: Order) -> list[Entry]:
    """Return a mapping's entries in the schema's order."""
    return sorted(node.entries, key=lambda entry: order.place(name_of(entry.key)))


def name_of(key: Node | None) -> str:
    """Return a key as the schema spells it."""
    assert key is not None
    return key.text[1:-1] if key.style else key.text


def _leading(entry: Entry, indent: str) -> Iterator[str]:
    for line in entry.leading:
        yield f"{indent}{line}" if line else ""
