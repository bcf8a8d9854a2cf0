"""What one record tells of itself to the rules over the registry, as plain data."""

from typing import Any

from partnerreg.base.collation import folded
from partnerreg.calc.status import known_start
from partnerreg.calc.term import is_tacit, nth_end
from partnerreg.model.organisation_links import organisations_named
from partnerreg.model.records import Agreement, Organisation, Record

EARLIEST, LATEST = "0001-01-01", "9999-12-31"


def mentions(record: Record) -> Any:
    """Tell which organisations are named: where, which, and which unit of it."""
    return [[list(where), name, unit] for where, name, unit in organisations_named(record)] or None


def founders(record: Record) -> Any:
    """Tell who founded a network: ids, or names."""
    return list(record.founded_by) or None if isinstance(record, Organisation) else None


def units(record: Record) -> Any:
    """Tell which units an organisation has."""
    return [slug for slug, _ in record.units] if isinstance(record, Organisation) else None


def name(record: Record) -> Any:
    """Tell what an organisation is called, but for case and accents, and in which country."""
    if isinstance(record, Organisation):
        return [folded(record.name), record.country]
    return None


def follows(record: Record) -> Any:
    """Tell which agreements an agreement follows."""
    return list(record.follows) or None if isinstance(record, Agreement) else None


def cases(record: Record) -> Any:
    """Tell an agreement's case numbers: position, organisation, number but for case."""
    own = record.case_numbers if isinstance(record, Agreement) else ()
    return [[case.index, case.organisation, folded(case.number)] for case in own] or None


def membership(record: Record) -> Any:
    """Tell a membership that holds or held: member, network, first and last day (ISO 8601)."""
    if not isinstance(record, Agreement) or record.stage not in {"admitted", "suspended"}:
        return None
    if not record.member or not record.network:
        return None
    first = known_start(record).first
    days = [day.isoformat() for day in (_end(record), _ended(record)) if day]
    return [
        record.member,
        record.network,
        first.isoformat() if first else EARLIEST,
        min(days, default=LATEST),
    ]


def waiting(record: Record) -> Any:
    """Tell a planned agreement: its stage, and the last day of its latest known step."""
    if not isinstance(record, Agreement) or not record.is_planned:
        return None
    steps = [record.decided, record.applied, record.signed]
    steps += [decision.date for decision in record.decisions]
    days = [step.last for step in steps if step and step.last]
    return [record.stage, max(days).isoformat()] if days else None


TELLINGS = (mentions, founders, units, name, follows, cases, membership, waiting)


def told(record: Record) -> dict[str, Any]:
    """Return all that a record tells, by the names of the tellings."""
    every = ((telling.__name__, telling(record)) for telling in TELLINGS)
    return {key: value for key, value in every if value is not None}


def _end(record: Agreement) -> Any:
    if not is_tacit(record):
        return record.period.end.last
    never = record.renewal is not None and record.renewal.times == 0
    return nth_end(record, 0) if never else None


def _ended(record: Agreement) -> Any:
    return record.ended.date.last if record.ended else None
