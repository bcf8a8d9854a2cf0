"""Check one file on its own: read it, validate it, run the rules of one record.

A pure function of the file's place, its bytes and the registry's currency.
"""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from partnerreg.base.layout import Place
from partnerreg.base.limits import MAX_PROBLEMS
from partnerreg.base.plain_data import walk
from partnerreg.base.problems import Path, Problem
from partnerreg.checks import schema
from partnerreg.checks.facts import Facts, facts_of
from partnerreg.checks.rule import Finding, RecordFile
from partnerreg.checks.rules import RECORD_RULES
from partnerreg.model import build
from partnerreg.model.records import Record
from partnerreg.model.schema_files import schema as schema_of
from partnerreg.reading.document import BAD, Document
from partnerreg.reading.yaml_reader import read


class File(Struct, frozen=True, gc=False):
    """A record's file to be checked; `currency` is the settings' (ISO 4217)."""

    place: Place
    raw: bytes
    currency: str | None


class CheckedFile(Struct, frozen=True, gc=False):
    """A file's problems, its record, and the record's facts.

    A record that could not be built is None, as is one that nobody asked for, and so are the facts;
    facts that nobody asked for follow from the record. `dropped` are the top-level keys that are
    required and missing, or lost something that was refused.
    """

    problems: tuple[Problem, ...]
    record: Record | None = None
    facts: Facts | None = None
    dropped: frozenset[str] = frozenset()


def check_file(file: File) -> CheckedFile:
    """Read and validate one record's file, and run the rules of one record on it.

    What was refused is left out of the record; rules that need it are not run, so that no problem
    is reported twice.
    """
    (checked,) = check_batch([file])
    return checked


def check_batch(files: Sequence[File]) -> list[CheckedFile]:
    """Check files as `check_file` does, step by step: each step for all of them, then the next.

    A processor that does the same again and again is a quarter faster than one that does all for
    each file.
    """
    begun = [_Begun(file, *read(file.raw)) for file in files]
    for one in begun:
        _validate(one)
    valid = [one for one in begun if one.data is not None]
    for one in valid:
        one.record = build.record(one.file.place, one.data or {}, one.file.currency)
    _run_rules(valid)
    for one in valid:
        assert one.record is not None
        one.facts = facts_of(one.record)
    return [CheckedFile(one.problems, one.record, one.facts, one.dropped) for one in begun]


class _Begun:
    """A file that is being checked: what is known of it so far."""

    __slots__ = ("data", "document", "dropped", "facts", "file", "problems", "record")

    def __init__(
        self, file: File, document: Document | None, problems: tuple[Problem, ...]
    ) -> None:
        self.file = file
        self.document = document
        self.problems = problems
        self.data: dict[str, Any] | None = None
        self.dropped = frozenset[str]()
        self.record: Record | None = None
        self.facts: Facts | None = None


def _validate(one: _Begun) -> None:
    """Hold a file against its schema, and keep what data can be built from."""
    document, kind = one.document, one.file.place.kind
    if document is None:
        return
    one.problems += schema.check(kind, document, whole=not one.problems)
    if len(one.problems) >= MAX_PROBLEMS:
        return  # there may be more: what is left is no record
    one.data = document.data
    if one.problems:
        one.data, dropped = without_invalid(document, one.problems)
        one.dropped = dropped | (set(schema_of(kind)["required"]) - one.data.keys())


def _run_rules(begun: Sequence[_Begun]) -> None:
    """Add what the rules of one record find; not those that need a dropped key."""
    seen = [
        (one, RecordFile(one.record, one.data, one.file.raw.decode("utf-8")), list[Problem]())
        for one in begun
        if one.record is not None and one.data is not None
    ]
    for rule in RECORD_RULES:
        for one, file, found in seen:
            if one.dropped and not one.dropped.isdisjoint(rule.needs):
                continue
            for finding in rule.check(file):
                assert one.document is not None
                if len(found) == MAX_PROBLEMS:
                    break
                found.append(located(finding, rule.page.code, one.document))
    for one, _, found in seen:
        one.problems += tuple(found)


def located(finding: Finding, code: str, document: Document) -> Problem:
    """Return the finding as a problem at its place in the file."""
    span = finding.span or document.span(finding.where, key=finding.key)
    return Problem(span, code, finding.message, finding.hint, finding.where)


def without_invalid(
    document: Document, problems: tuple[Problem, ...]
) -> tuple[dict[str, Any], frozenset[str]]:
    """Return the data without what was refused, and the top-level keys that lost something.

    A refused list item becomes None, so that the others keep their positions.
    """
    refused = {_unit(where) for where, value in walk(document.data) if value is BAD}
    refused |= {_unit(f.where) for f in problems if f.where and f.code != "PR101"}
    # An unknown key takes nothing else with it.
    unknown = {f.where for f in problems if f.code == "PR101"}
    data = _without(document.data, refused | unknown, ())
    return data, frozenset(str(where[0]) for where in refused)


def _unit(where: Path) -> Path:
    """Return what is dropped as a whole: the outermost list item, else a key of a mapping."""
    for place, step in enumerate(where):
        if isinstance(step, int):
            return where[: place + 1]
    return where[:2]


def _without(node: Any, refused: set[Path], where: Path) -> Any:
    if isinstance(node, dict):
        return {
            key: _without(value, refused, (*where, key))
            for key, value in node.items()
            if (*where, key) not in refused
        }
    if isinstance(node, list):
        return [
            None if (*where, place) in refused else _without(item, refused, (*where, place))
            for place, item in enumerate(node)
        ]
    return node
