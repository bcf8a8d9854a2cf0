"""Bytes to plain data with exact numbers and positions, in one pass over libyaml's events.

Events, unlike a loader, let anchors, tags, depth and duplicate keys be refused before anything
is built, and no input can make them recurse.
"""

import unicodedata
from array import array
from decimal import Decimal
from typing import Any

from _ruamel_yaml import CParser
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from partnerreg.diagnostic import Fault, Span
from partnerreg.document import BAD, Document, Twice
from partnerreg.scalars import Refused, plain
from partnerreg.yaml_profile import FORBIDDEN, MAX_DEPTH, MAX_FAULTS, MAX_NODES
from partnerreg.yaml_syntax import syntax_fault
from partnerreg.yaml_text import refusals


def read(raw: bytes) -> tuple[Document | None, tuple[Fault, ...]]:
    """Return what `raw` holds and what is wrong with it.

    The document is None where the file cannot be read to its end; where single values are
    refused they are BAD and each has its fault.
    """
    refused = refusals(raw)
    if refused:
        return None, refused
    reader = _Reader()
    document = reader.run(raw)
    return document, tuple(reader.faults)


class _Stop(Exception):  # noqa: N818
    """The rest of the file is not read."""


class _Reader:
    """The state of one pass. `keys` holds, for each open mapping, the key that waits."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.spans: array[int] = array("I")
        self.nodes = 0
        self.source = ""
        self.has_decimals = False
        self.comma = False  # a comma has parted what should be one value

    def fault(self, code: str, mark: Any, end: Any, message: str, hint: str) -> None:
        span = Span(mark.line + 1, mark.column + 1, end.line + 1, end.column + 1)
        self.faults.append(Fault(span, code, message, hint))
        if len(self.faults) >= MAX_FAULTS:
            raise _Stop

    def run(self, raw: bytes) -> Document | None:
        self.source = raw.decode("utf-8")
        try:
            data = self.parse(CParser(raw))
        except _Stop:
            return None
        except MarkedYAMLError as error:
            self.faults.append(syntax_fault(error, raw))
            return None
        except YAMLError:
            self.faults.append(Fault(Span(), "PR007", "the file is not YAML", None))
            return None
        return None if data is None else Document(data, self.spans, self.has_decimals)

    def parse(self, parser: Any) -> dict[str, Any] | None:
        root: Any = BAD
        # One entry an open container: the container, and the key that waits for its value.
        stack: list[tuple[Any, str | None]] = []
        container: Any = None
        key: str | None = None
        waiting = False  # a key has been read and its value comes next
        documents = 0
        get_event = parser.get_event
        spans_extend = self.spans.extend
        while (event := get_event()) is not None:
            kind = type(event)
            if kind is MappingEndEvent or kind is SequenceEndEvent:
                container, key = stack.pop()
                waiting = False
                continue
            if kind is DocumentStartEvent:
                documents += 1
                self.document(event, documents)
                continue
            if kind not in _NODES:
                continue
            self.nodes += 1
            start, end = event.start_mark, event.end_mark
            spans_extend((start.line, start.column, end.line, end.column))
            if self.nodes > MAX_NODES:
                message = f"the file has more than {MAX_NODES} keys and values"
                self.fault("PR008", start, end, message, "split it into several records")
                raise _Stop
            if event.anchor is not None or kind is AliasEvent:
                what = "an alias" if kind is AliasEvent else "an anchor"
                hint = "write the value out in full"
                self.fault("PR009", start, end, f"{what} is not allowed", hint)
            if kind is not AliasEvent and event.tag is not None:
                self.fault("PR009", start, end, "a tag is not allowed", "remove it; quote text")
            if type(container) is dict and not waiting:
                if kind is not ScalarEvent:
                    self.fault("PR009", start, end, "a key must be text", "write key: value")
                    raise _Stop
                key = self.key(event, container)
                waiting = True
                continue
            if kind is ScalarEvent:
                value = self.scalar(event)
            elif kind is AliasEvent:
                value = BAD
            else:
                value = {} if kind is MappingStartEvent else []
            if container is None:
                root = value
            elif type(container) is dict:
                container[key] = value
                waiting = False
            else:
                container.append(value)
            if kind is MappingStartEvent or kind is SequenceStartEvent:
                stack.append((container, key))
                if len(stack) > MAX_DEPTH:
                    message = f"nested more than {MAX_DEPTH} deep"
                    self.fault("PR008", start, end, message, "records are at most 6 levels deep")
                    raise _Stop
                container = value
        return self.top(root)

    def document(self, event: Any, documents: int) -> None:
        mark, end = event.start_mark, event.end_mark
        if event.version is not None or event.tags:
            self.fault("PR009", mark, end, "a directive is not allowed", "remove the % line")
        if documents > 1:
            hint = "one record a file: remove the --- line or split the file"
            self.fault("PR009", mark, end, "a second document begins here", hint)
            raise _Stop

    def key(self, event: Any, container: dict[str, Any]) -> str:
        text: str = event.value
        start, end = event.start_mark, event.end_mark
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        if text == "<<" and not event.style:
            self.fault("PR009", start, end, "a merge key is not allowed", "write the keys out")
            return Twice(text)
        if not event.style:
            text = self.plain_key(event, text)
        elif event.style == '"' and FORBIDDEN.search(text):
            self.fault("PR006", start, end, "the key holds a forbidden character", "remove it")
        if text in container:
            hint = "keep one of the two; the second would hide the first"
            self.fault("PR010", start, end, f"the key {text[:60]} stands here twice", hint)
            text = Twice(text)
            while text in container:
                text = Twice(text + "'")
        return text

    def plain_key(self, event: Any, text: str) -> str:
        try:
            value: object = plain(text)
        except Refused:
            value = None
        start, end = event.start_mark, event.end_mark
        empty_follows = self.source[end.index : end.index + 1] in {",", "}"}
        if empty_follows and text:
            message = f"{text[:40]} is parted from what stands before it by a comma"
            hint = "write 670000 or 1.5 without a comma, and put text with commas in quotes"
            self.fault("PR009", start, end, message, hint)
            self.comma = True
            return Twice(text)
        if not isinstance(value, str):
            message = f"the key {text[:40]} is not text" if text else "a key is empty"
            self.fault("PR009", start, end, message, "put it in quotes")
            return Twice(text)
        return text

    def scalar(self, event: Any) -> Any:
        text: str = event.value
        if not event.style:
            try:
                value = plain(text)
            except Refused as refused:
                if not text and self.comma:
                    self.comma = False
                    return BAD
                start, end = event.start_mark, event.end_mark
                self.fault(refused.code, start, end, refused.message, refused.hint)
                return BAD
            self.has_decimals |= type(value) is Decimal
            return value
        if event.style == '"' and (found := FORBIDDEN.search(text)):
            message = f"an escaped character U+{ord(found[0][0]):04X} is not allowed"
            self.fault("PR006", event.start_mark, event.end_mark, message, "remove it")
            return BAD
        return text

    def top(self, root: Any) -> dict[str, Any] | None:
        if isinstance(root, dict):
            return root
        if not self.faults:
            message = "the file is empty" if not self.nodes else "the file is not a mapping"
            self.faults.append(
                Fault(Span(), "PR013", message, "write the record as key: value lines")
            )
        return None


_NODES = frozenset({ScalarEvent, MappingStartEvent, SequenceStartEvent, AliasEvent})
