"""Format a record's file canonically, and verify that it still says the same.

The result must hold the same data and the same comments, or there is none.
"""

from collections import Counter

from partnerreg.authoring.key_order import order_of
from partnerreg.authoring.printer import Unformattable, canonical_lines, name_of, ordered
from partnerreg.authoring.syntax_tree import Tree, parse
from partnerreg.base.layout import SchemaName
from partnerreg.base.limits import MAX_BYTES
from partnerreg.reading.yaml_reader import read


def formatted(raw: bytes, kind: SchemaName) -> bytes:
    """Return a file's bytes in the canonical layout; CRLF line ends are kept.

    Raises `Unformattable` where the file cannot be read, or the result would say something else.
    """
    document, problems = read(raw)
    if document is None or problems:
        raise Unformattable("it cannot be read without faults")
    crlf = b"\r\n" in raw
    text = raw.decode("utf-8").replace("\r\n", "\n")
    tree = parse(text)
    result = "\n".join(canonical_lines(tree, order_of(kind))) + "\n"
    encoded = (result.replace("\n", "\r\n") if crlf else result).encode("utf-8")
    if len(encoded) > MAX_BYTES:
        raise Unformattable(f"laid out it would have more than {MAX_BYTES} bytes")
    again, new_faults = read(encoded)
    if again is None or new_faults or not same(again.data, document.data):
        raise Unformattable("its data would change")
    if _comments(parse(result)) != _comments(tree):
        raise Unformattable("a comment would be lost")
    return encoded


def same(one: object, other: object) -> bool:
    """Compare plain data with its types; the order of keys is nothing."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and str(one) == str(other)


def _comments(tree: Tree) -> Counter[str]:
    found = Counter([*tree.header, *tree.footer])
    pending = [tree.root]
    while pending:
        for entry in pending.pop().entries:
            found.update(entry.leading)
            found.update([entry.trailing or ""])
            pending.append(entry.value)
    del found[""]
    return found


def is_ordered(raw: bytes, kind: SchemaName) -> bool:
    """Whether every mapping of a readable file has its keys in the schema's order."""
    tree = parse(raw.decode("utf-8").replace("\r\n", "\n"))
    pending = [(tree.root, order_of(kind))]
    while pending:
        node, order = pending.pop()
        if node.kind == "mapping" and ordered(node, order) != node.entries:
            return False
        pending += [
            (entry.value, order.below(name_of(entry.key) if entry.key else None))
            for entry in node.entries
        ]
    return True
