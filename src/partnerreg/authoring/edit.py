"""Set one value in a record's file; comments and layout elsewhere stay as they are."""

from copy import deepcopy
from typing import Any

from partnerreg.authoring.compose import node_of, scalar
from partnerreg.authoring.format import formatted, same
from partnerreg.authoring.key_order import Order, order_of
from partnerreg.authoring.printer import Unformattable, canonical_lines, name_of
from partnerreg.authoring.syntax_tree import Entry, Node, Tree, parse
from partnerreg.base.layout import Kind
from partnerreg.base.problems import Path
from partnerreg.reading.yaml_reader import read


def with_value(raw: bytes, kind: Kind, way: Path, value: Any) -> bytes:
    """Return a file's bytes with a value set at `way`; what is missing on the way is made.

    A step that is a list's length adds an item. A file in the canonical layout stays in it; in
    another one only the value's own lines are new, where that can be. Raises `Unformattable` where
    the file cannot be read, or would say something else besides.
    """
    document, problems = read(raw)
    if document is None or problems:
        raise Unformattable("it cannot be read without faults")
    wanted = _with(document.data, way, value)
    crlf = b"\r\n" in raw
    text = raw.decode("utf-8").replace("\r\n", "\n")
    canonical = _is_canonical(raw, kind)
    for attempt in (_printed,) if canonical else (_spliced, _printed):
        made = attempt(text, kind, way, value)
        if made is None:
            continue
        try:
            encoded = (made.replace("\n", "\r\n") if crlf else made).encode("utf-8")
        except UnicodeEncodeError:
            raise Unformattable("it would hold bytes that are no text") from None
        again, faults = read(encoded)
        if again is not None and not faults and same(again.data, wanted):
            return formatted(encoded, kind) if canonical else encoded
    raise Unformattable("its data would change")


def _with(data: Any, way: Path, value: Any) -> Any:
    """Return plain data with the value set."""
    made = deepcopy(data)
    node = made
    for place, step in enumerate(way):
        last = place == len(way) - 1
        empty: Any = [] if not last and isinstance(way[place + 1], int) else {}
        if isinstance(node, list):
            assert isinstance(step, int)
            if step == len(node):
                node.append(empty)
        elif step not in node:
            node[step] = empty
        if last:
            node[step] = value
        node = node[step]
    return made


def _is_canonical(raw: bytes, kind: Kind) -> bool:
    try:
        return formatted(raw, kind) == raw
    except Unformattable:
        return False


def _printed(text: str, kind: Kind, way: Path, value: Any) -> str | None:
    """Return the whole file laid out with the value set."""
    tree = parse(text)
    node, rest = _descended(tree, way)
    if not rest:
        return None  # it stands for a whole record
    _set(node, rest, value)
    return "\n".join(canonical_lines(tree, order_of(kind))) + "\n"


def _set(node: Node, rest: Path, value: Any) -> None:
    for step in reversed(rest[1:]):
        value = [value] if isinstance(step, int) else {step: value}
    key = rest[0]
    name = key if isinstance(key, str) else None
    new = node_of(value, name, alone=not node.flow)
    found = _entry(node, key)
    if found is not None:
        found.value = new
    else:
        key_node = None if name is None else node_of(name, None)
        node.entries.append(Entry(new, key_node))
        if not new.flow and new.kind != "scalar":
            node.flow = False


def _descended(tree: Tree, way: Path) -> tuple[Node, Path]:
    """Return the innermost mapping or list on the way that is there, and what lies below it."""
    node = tree.root
    for place, step in enumerate(way[:-1]):
        found = _entry(node, step)
        if found is None or found.value.kind == "scalar":
            return node, way[place:]
        node = found.value
    return node, way[-1:]


def _entry(node: Node, step: str | int) -> Entry | None:
    if isinstance(step, int):
        return node.entries[step] if step < len(node.entries) else None
    return next((one for one in node.entries if name_of(one.key) == step), None)


def _spliced(text: str, kind: Kind, way: Path, value: Any) -> str | None:
    """Return the text with nothing touched but the value; None where that is not simple."""
    tree = parse(text)
    node, rest = _descended(tree, way)
    key = rest[0]
    found = _entry(node, key)
    if found is not None:
        old = found.value
        if len(rest) > 1 or old.kind != "scalar" or isinstance(value, dict | list):
            return None
        new = scalar(value, str(key), alone=not node.flow)
        return text[: old.start] + new + text[old.end :]
    if node is not tree.root or node.flow or not node.entries or isinstance(key, int):
        return None
    addition = Tree(Node("mapping", 0))
    _set(addition.root, rest, value)
    lines = canonical_lines(addition, order_of(kind))
    order: Order = order_of(kind)
    later = [one for one in node.entries if order.place(name_of(one.key)) > order.place(key)]
    if not later:
        return text + ("" if text.endswith("\n") else "\n") + "\n".join(lines) + "\n"
    first = min(later, key=lambda one: one.start)
    if first.leading:
        return None
    return text[: first.start] + "\n".join(lines) + "\n" + text[first.start :]
