"""Check one file on its own: read it, validate it, run the rules of one record.

A pure function of the file's place, its bytes and the registry's currency.
"""

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
    place = file.place
    document, problems = read(file.raw)
    if document is None:
        return CheckedFile(problems)
    problems += schema.check(place.kind, document, whole=not problems)
    if len(problems) >= MAX_PROBLEMS:
        return CheckedFile(problems)  # there may be more: what is left is no record
    data, dropped = document.data, frozenset[str]()
    if problems:
        data, dropped = without_invalid(document, problems)
        dropped |= set(schema_of(place.kind)["required"]) - data.keys()
    record = build.record(place, data, file.currency)
    problems += run_rules(RecordFile(record, data, file.raw.decode("utf-8")), document, dropped)
    return CheckedFile(problems, record, facts_of(record), dropped)


def run_rules(file: RecordFile, document: Document, dropped: frozenset[str]) -> tuple[Problem, ...]:
    """Return what the rules of one record find; not those that need a dropped key."""
    found: list[Problem] = []
    for rule in RECORD_RULES:
        if dropped and not dropped.isdisjoint(rule.needs):
            continue
        for finding in rule.check(file):
            found.append(located(finding, rule.page.code, document))
            if len(found) == MAX_PROBLEMS:
                return tuple(found)
    return tuple(found)


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
