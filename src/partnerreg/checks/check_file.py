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

    `record` and `facts` are None where no record could be built; what came from the cache or from
    another process has only the one of them that was asked for. `dropped` are the top-level keys
    that are required and missing, or lost something that was refused.
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
    read_files = [read(file.raw) for file in files]
    valid = [_validated(file, *found) for file, found in zip(files, read_files, strict=True)]
    begun = [one for one in valid if isinstance(one, _Begun)]
    for one in begun:
        one.record = build.record(one.file.place, one.data, one.file.currency)
    _run_rules(begun)
    return [one.checked() if isinstance(one, _Begun) else one for one in valid]


class _Begun:
    """A file of which a record can be built: what is known of it so far."""

    __slots__ = ("data", "document", "dropped", "file", "problems", "record")

    record: Record

    def __init__(
        self,
        file: File,
        document: Document,
        data: dict[str, Any],
        problems: tuple[Problem, ...],
        dropped: frozenset[str],
    ) -> None:
        self.file, self.document, self.data = file, document, data
        self.problems, self.dropped = problems, dropped

    def checked(self) -> CheckedFile:
        return CheckedFile(self.problems, self.record, facts_of(self.record), self.dropped)


def _validated(
    file: File, document: Document | None, problems: tuple[Problem, ...]
) -> _Begun | CheckedFile:
    """Hold a file against its schema; of what is too wrong there is nothing more to do."""
    kind = file.place.kind
    if document is None:
        return CheckedFile(problems)
    problems += schema.check(kind, document, whole=not problems)
    if len(problems) >= MAX_PROBLEMS:
        return CheckedFile(problems)  # there may be more: what is left is no record
    data, dropped = document.data, frozenset[str]()
    if problems:
        data, dropped = without_invalid(document, problems)
        dropped |= set(schema_of(kind)["required"]) - data.keys()
    return _Begun(file, document, data, problems, dropped)


def _run_rules(begun: Sequence[_Begun]) -> None:
    """Add what the rules of one record find; not those that need a dropped key."""
    seen = [
        (one, RecordFile(one.record, one.data, one.file.raw.decode("utf-8")), list[Problem]())
        for one in begun
    ]
    for rule in RECORD_RULES:
        for one, file, found in seen:
            if one.dropped and not one.dropped.isdisjoint(rule.needs):
                continue
            for finding in rule.check(file):
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
