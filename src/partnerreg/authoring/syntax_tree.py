"""Concrete syntax tree of a YAML file: keys, values, comments, scalars as written.

Only for files that the reader takes without a problem: no anchors, tags or second documents.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, Literal

from _ruamel_yaml import CParser
from msgspec import Struct, field
from ruamel.yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)


class Node(Struct):
    """A value: a scalar's text as written, or a mapping's or a list's entries.

    `start` and `end` are places in the file's text, `flow` says that it stood in brackets.
    """

    kind: Literal["scalar", "mapping", "sequence"]
    start: int
    end: int = 0
    text: str = ""
    style: str = ""
    flow: bool = False
    entries: list["Entry"] = field(default_factory=list)


class Entry(Struct):
    """A key with its value, or an item of a list (no key), and the comments about it.

    `leading` are the comments above, "" for a blank line; `trailing` the one beside.
    """

    value: Node
    key: Node | None = None
    leading: list[str] = field(default_factory=list)
    trailing: str | None = None
    parent: "Entry | None" = None

    @property
    def start(self) -> int:
        """Where it begins."""
        return (self.key or self.value).start


class Tree(Struct):
    """A whole file: the comments above the first key, the top mapping, the comments at the end."""

    root: Node
    header: list[str] = field(default_factory=list)
    footer: list[str] = field(default_factory=list)


class _Comment(Struct, frozen=True):
    start: int
    text: str
    alone: bool
    after_blank: bool


_DASHES = re.compile(r"[ \t]*(?:-[ \t]+)*")
# Outside of scalars any `#` begins one: libyaml wants no blank before it behind `,`, `]` or `"`.
_COMMENT = re.compile(r"#[^\n]*")


def parse(text: str) -> Tree:
    """Return the tree of a file's text, whose line ends are all plain line feeds."""
    root, entries, scalars = _nodes(text)
    tree = Tree(root)
    if scalars and not text.endswith("\n"):
        _without_line_end(scalars[-1], len(text))
    # The sort is stable: of two that begin at one place the outer stays first.
    starts = sorted(entries, key=lambda entry: entry.start)
    places = [entry.start for entry in starts]
    for comment in _comments(text, scalars):
        behind = bisect_right(places, comment.start)
        before = starts[behind - 1] if behind else None
        after = starts[behind] if behind < len(starts) else None
        _attach(comment, tree, before, after)
    above = text[: starts[0].start] if starts else ""
    if tree.header and above.rstrip(" ").endswith("\n\n"):
        tree.header.append("")
    return tree


def _nodes(text: str) -> tuple[Node, list[Entry], list[Node]]:
    parser: Any = CParser(text.encode("utf-8"))
    root: Node | None = None
    stack: list[tuple[Node, Entry | None]] = []
    entries: list[Entry] = []
    scalars: list[Node] = []
    key: Node | None = None
    while (event := parser.get_event()) is not None:
        kind = type(event)
        if kind is MappingEndEvent or kind is SequenceEndEvent:
            node, _ = stack.pop()
            node.end = event.end_mark.index if node.flow else node.end
            continue
        if kind not in {ScalarEvent, MappingStartEvent, SequenceStartEvent}:
            continue
        node = _node(event, text)
        if kind is ScalarEvent:
            scalars.append(node)
        if not stack:
            root = node
        else:
            holder, owner = stack[-1]
            if holder.kind == "mapping" and key is None:
                key = node
                continue
            entry = Entry(node, key, parent=owner)
            key = None
            holder.entries.append(entry)
            entries.append(entry)
        if kind is not ScalarEvent:
            stack.append((node, entries[-1] if root is not node else None))
    assert root is not None
    return root, entries, scalars


def _node(event: Any, text: str) -> Node:
    start, end = event.start_mark.index, event.end_mark.index
    if type(event) is ScalarEvent:
        return Node("scalar", start, end, text[start:end], event.style or "")
    kind: Any = "mapping" if type(event) is MappingStartEvent else "sequence"
    return Node(kind, start, end, flow=bool(event.flow_style))


def _comments(text: str, scalars: list[Node]) -> Iterator[_Comment]:
    """Yield what stands behind `#` outside of scalars."""
    place = 0
    for scalar in [*scalars, Node("scalar", len(text), len(text))]:
        for found in _COMMENT.finditer(text, place, scalar.start):
            start = found.start()
            before = text[text.rfind("\n", 0, start) + 1 : start]
            above = text[: text.rfind("\n", 0, start) + 1].rstrip(" \t")
            # Beside a bare dash it is about the item below, as if it stood above.
            alone = _DASHES.fullmatch(before) is not None
            yield _Comment(start, found[0].rstrip(), alone, above.endswith("\n\n"))
        place = max(place, scalar.end)


def _attach(comment: _Comment, tree: Tree, before: Entry | None, after: Entry | None) -> None:
    if before is None:
        target = tree.header
    elif not comment.alone:
        owner = _beside(before, comment.start)
        if owner.trailing is None:
            owner.trailing = comment.text
            return
        target = after.leading if after else tree.footer
    else:
        target = after.leading if after else tree.footer
    if (comment.after_blank and target is not tree.header) or (comment.after_blank and target):
        target.append("")
    target.append(comment.text)


def _beside(entry: Entry, place: int) -> Entry:
    """Return what a comment at the end of a line is about: not the inside of closed brackets."""
    owner = entry
    while owner.parent is not None and owner.parent.value.flow and owner.parent.value.end <= place:
        owner = owner.parent
    return owner


def _without_line_end(last: Node, end: int) -> None:
    """Say of a text block at a file's unfinished last line that no line end belongs to it."""
    if last.style in {"|", ">"} and last.end >= end:
        head, _, body = last.text.partition("\n")
        indicator, space, rest = head.partition(" ")
        last.text = f"{indicator.rstrip('+-')}-{space}{rest}\n{body}"
