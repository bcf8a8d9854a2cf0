"""One file through every check that needs no other file: reading, schema, rules of one record.

A pure function of the file's place, its bytes and the registry's currency.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from partnerreg.base.diagnostics import Fault, Path
from partnerreg.base.layout import Place
from partnerreg.base.limits import MAX_FAULTS
from partnerreg.base.plain_data import walk
from partnerreg.checks import schema
from partnerreg.checks.facts import told
from partnerreg.checks.rule import Finding, RecordFile
from partnerreg.checks.rules import RECORD_RULES
from partnerreg.model import build
from partnerreg.model.records import Record
from partnerreg.reading.document import BAD, Document
from partnerreg.reading.yaml_reader import read


@dataclass(frozen=True, slots=True)
class Examined:
    """What came of a file: its faults, what its record tells others, and the record itself.

    Both are worked out when they are asked for; a record that could not be built is None, and
    tells nothing. `data` is the record's plain data, without what was refused.
    """

    faults: tuple[Fault, ...]
    told: Callable[[], dict[str, Any]]
    record: Callable[[], Record | None]
    data: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A file to be examined; `currency` is the settings' (ISO 4217)."""

    place: Place
    raw: bytes
    currency: str | None


def examine(file: File) -> Examined:
    """Read, validate and judge one record's file.

    What was refused is left out of the record; rules that need it are not run, so that no fault
    is reported twice.
    """
    place = file.place
    document, faults = read(file.raw)
    if document is None:
        return Examined(faults, dict, lambda: None)
    faults += schema.check(place.kind, document, whole=not faults)
    if len(faults) >= MAX_FAULTS:
        # There may be more: what is left is no record.
        return Examined(faults, dict, lambda: None)
    data, dropped = (document.data, frozenset[str]()) if not faults else lenient(document, faults)
    record = build.record(place, data, file.currency)
    faults += judge(RecordFile(record, data, file.raw.decode("utf-8")), document, dropped)
    return Examined(faults, partial(told, record), lambda: record, data)


def judge(file: RecordFile, document: Document, dropped: frozenset[str]) -> tuple[Fault, ...]:
    """Return what the rules of one record find; not those that need a dropped key."""
    found = (
        located(finding, rule.page.code, document)
        for rule in RECORD_RULES
        if dropped.isdisjoint(rule.needs)
        for finding in rule.check(file)
    )
    return tuple(islice(found, MAX_FAULTS))


def located(finding: Finding, code: str, document: Document) -> Fault:
    """Return the finding as a fault at its place in the file."""
    span = finding.span or document.span(finding.where, key=finding.key)
    return Fault(span, code, finding.message, finding.hint, finding.where)


def lenient(document: Document, faults: tuple[Fault, ...]) -> tuple[dict[str, Any], frozenset[str]]:
    """Return the data without what was refused, and the top-level keys that lost something.

    A refused list item becomes None, so that the others keep their positions.
    """
    refused = {_unit(where) for where, value in walk(document.data) if value is BAD}
    refused |= {_unit(f.where) for f in faults if f.where and f.code != "PR101"}
    # An unknown key takes nothing else with it.
    unknown = {f.where for f in faults if f.code == "PR101"}
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
