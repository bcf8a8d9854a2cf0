"""Parse bytes to plain data with exact numbers, in one pass over libyaml's events.

Events, unlike a loader, let anchors, tags, depth and duplicate keys be refused before anything
is built, and no input can make them recurse.
"""

import unicodedata
from decimal import Decimal
from typing import Any

from _ruamel_yaml import CParser
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from partnerreg.base.limits import FORBIDDEN, MAX_DEPTH, MAX_NODES, MAX_PROBLEMS
from partnerreg.base.problems import Problem, Span
from partnerreg.reading.document import BAD, Document, Twice
from partnerreg.reading.scalars import Refused, is_usual_key, plain
from partnerreg.reading.syntax_errors import syntax_problem


def read_events(raw: bytes, text: str) -> tuple[Document | None, tuple[Problem, ...]]:
    """Return what `raw`, decoded to `text`, holds, and what is wrong with it.

    The document is None where the file cannot be read to its end; where single values are
    refused they are BAD and each has its problem.
    """
    reader = _Reader(text)
    document = reader.run(raw)
    return document, tuple(reader.problems)


class _Stop(Exception):  # noqa: N818
    """The rest of the file is not read."""


class _Reader:
    """The state of one pass: what is wrong so far."""

    def __init__(self, source: str) -> None:
        self.problems: list[Problem] = []
        self.source = source
        self.has_decimals = False
        self.comma = False  # a comma has parted what should be one value

    def problem(self, code: str, event: Any, message: str, hint: str) -> None:
        start, end = event.start_mark, event.end_mark
        span = Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        self.problems.append(Problem(span, code, message, hint))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _Stop

    def run(self, raw: bytes) -> Document | None:
        try:
            data = self.parse(CParser(raw))
        except _Stop:
            return None
        except YAMLError as error:
            self.problems.append(syntax_problem(error, raw))
            return None
        return None if data is None else Document(data, raw, self.has_decimals)

    def parse(self, parser: Any) -> dict[str, Any] | None:
        root: Any = BAD
        stack: list[tuple[Any, bool]] = []  # what is open around the container
        container: Any = None
        is_mapping = in_braces = False
        key: str | None = None  # in a mapping: the key that has been read and waits for its value
        documents = 0
        count = 0  # of nodes
        get_event, scalar = parser.get_event, self.scalar
        # Nearly every event is a scalar: these are taken here at once, the unusual by a method.
        while (event := get_event()) is not None:
            if (kind := type(event)) is ScalarEvent:
                count += 1
                if event.ctag is not None or event.anchor is not None or count > MAX_NODES:
                    self.refuse(event, count)
                text = event.value
                if is_mapping:
                    if key is not None:
                        container[key] = scalar(event)
                        key = None
                    elif is_usual_key(text) and not (event.style or in_braces or text in container):
                        key = text
                    else:
                        key = self.key(event, container)
                elif container is None:
                    root = scalar(event)
                else:
                    container.append(scalar(event))
                continue
            if kind is MappingEndEvent or kind is SequenceEndEvent:
                container, in_braces = stack.pop()
                is_mapping, key = type(container) is dict, None
                continue
            if kind is DocumentStartEvent:
                documents += 1
                self.document(event, documents)
            if kind not in _OPENING:
                continue
            count += 1
            self.refuse(event, count)
            if is_mapping and key is None:
                self.problem("PR009", event, "a key must be text", "write key: value")
                raise _Stop
            value: Any = BAD if kind is AliasEvent else {} if kind is MappingStartEvent else []
            if container is None:
                root = value
            elif is_mapping:
                container[key] = value
            else:
                container.append(value)
            if kind is not AliasEvent:
                stack.append((container, in_braces))
                if len(stack) > MAX_DEPTH:
                    message = f"nested more than {MAX_DEPTH} deep"
                    self.problem("PR008", event, message, "records are at most 6 levels deep")
                    raise _Stop
                container, in_braces = value, event.flow_style
                is_mapping = kind is MappingStartEvent
            key = None
        return self.top(root, count)

    def refuse(self, event: Any, count: int) -> None:
        """Refuse too many nodes, anchors, aliases and tags."""
        if count > MAX_NODES:
            message = f"the file has more than {MAX_NODES} keys and values"
            self.problem("PR008", event, message, "split it into several records")
            raise _Stop
        is_alias = type(event) is AliasEvent
        if is_alias or event.anchor is not None:
            what = "an alias" if is_alias else "an anchor"
            self.problem("PR009", event, f"{what} is not allowed", "write the value out in full")
        if not is_alias and event.ctag is not None:
            self.problem("PR009", event, "a tag is not allowed", "remove it; quote text")

    def document(self, event: Any, documents: int) -> None:
        if event.version is not None or event.tags:
            self.problem("PR009", event, "a directive is not allowed", "remove the % line")
        if documents > 1:
            hint = "one record a file: remove the --- line or split the file"
            self.problem("PR009", event, "a second document begins here", hint)
            raise _Stop

    def key(self, event: Any, container: dict[str, Any]) -> str:
        text: str = event.value
        usual = is_usual_key(text) and not event.style and text not in container
        if usual and not self.before_comma(event.end_mark):
            return text
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        if text == "<<" and not event.style:
            self.problem("PR009", event, "a merge key is not allowed", "write the keys out")
            return Twice(text)
        if not event.style:
            text = self.plain_key(event, text, container)
        elif event.style == '"' and FORBIDDEN.compiled.search(text):
            self.problem("PR006", event, "the key holds a forbidden character", "remove it")
        if text in container:
            hint = "keep one of the two; the second would hide the first"
            self.problem("PR010", event, f"the key {text[:60]} stands here twice", hint)
            text = Twice(text)
            while text in container:
                text = Twice(text + "'")
        return text

    def plain_key(self, event: Any, text: str, container: dict[str, Any]) -> str:
        try:
            value: object = plain(text)
        except Refused:
            value = None
        if text and self.before_comma(event.end_mark):
            message = f"{text[:40]} is parted from what stands before it by a comma"
            self.problem("PR009", event, message, self.rejoined(event, container))
            self.comma = True
            return Twice(text)
        if not isinstance(value, str):
            message = f"the key {text[:40]} is not text" if text else "a key is empty"
            self.problem("PR009", event, message, "put it in quotes")
            return Twice(text)
        return text

    def rejoined(self, event: Any, container: dict[str, Any]) -> str:
        """Refuse the value before a comma that should be no comma; return a hint with the whole."""
        end = event.end_mark.index
        start = max(self.source.rfind(": ", 0, event.start_mark.index) + 2, end - 200)
        last = next(reversed(container), None)
        if last is None or "\n" in self.source[start:end]:
            return _COMMA
        container[last] = BAD
        whole = self.source[start:end].strip()
        if whole.replace(",", "").isdecimal():
            return f"write {whole.replace(',', '')} or {whole.replace(',', '.')}"
        return _COMMA if '"' in whole else f'if it is one text, write {last}: "{whole}"; {_COMMA}'

    def before_comma(self, mark: Any) -> bool:
        return self.source[mark.index : mark.index + 1] in {",", "}"}

    def scalar(self, event: Any) -> Any:
        text: str = event.value
        if not event.style:
            if text[:1].isalpha() and text[0] not in "tfnN":
                return text  # what `plain` would say
            try:
                value = plain(text)
            except Refused as refused:
                if text or not self.comma:
                    self.problem(refused.code, event, refused.message, refused.hint)
                self.comma = self.comma and bool(text)
                return BAD
            self.has_decimals |= type(value) is Decimal
            return value
        if event.style == '"' and (found := FORBIDDEN.compiled.search(text)):
            message = f"an escaped character U+{ord(found[0][0]):04X} is not allowed"
            self.problem("PR006", event, message, "remove it")
            return BAD
        return text

    def top(self, root: Any, count: int) -> dict[str, Any] | None:
        if isinstance(root, dict):
            return root
        if not self.problems:
            message = "the file is empty" if not count else "the file is not a mapping"
            hint = "write the record as key: value lines"
            self.problems.append(Problem(Span(), "PR013", message, hint))
        return None


_COMMA = "a number has no commas, and text with commas goes in quotes"
_OPENING = frozenset({MappingStartEvent, SequenceStartEvent, AliasEvent})
