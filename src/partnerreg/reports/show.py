"""One record in full: what it says, what follows from it, and who points at it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from partnerreg.base.errors import Failure
from partnerreg.base.suggest import nearest
from partnerreg.calc.deadlines import deadlines
from partnerreg.calc.status import status
from partnerreg.model.build import data_of
from partnerreg.model.dates import Duration
from partnerreg.model.organisation_links import organisations_named
from partnerreg.model.parts import Network
from partnerreg.model.records import Agreement, Organisation, Record
from partnerreg.model.registry import Registry
from partnerreg.output.report import Cell, Column, Note, Report, Table
from partnerreg.reports.totals.report import totals
from partnerreg.reports.totals.selection import MoneySelection

_HEADS = (Column("field", "Field"), Column("value", "Value", wrap=True))


# What needs no words of its own is shown as recorded.
_PLAIN_OF_AGREEMENTS = ("participants", "working_groups", "contacts", "decisions", "notes")
_PLAIN_OF_ORGANISATIONS = ("summary", "network.commitments", "notes")


def show(registry: Registry, as_of: date, record_id: str) -> Report:
    """Return everything about one record; raises `Failure` (2) where there is none of that id."""
    agreement = registry.agreements_by_id.get(record_id)
    if agreement:
        return _agreement(registry, as_of, agreement)
    organisation = registry.organisations.get(record_id)
    if organisation:
        return _organisation(registry, as_of, organisation)
    known = (*registry.agreement_ids, *registry.organisation_ids)
    if record_id in known:
        raise Failure(
            f"{record_id} cannot be read", hint="partnerreg validate tells why", exit_code=1
        )
    near = nearest(record_id, known)
    hint = f"did you mean {near}?" if near else "partnerreg list names them all"
    raise Failure(f"there is no record {record_id}", hint=hint)


def _agreement(registry: Registry, as_of: date, one: Agreement) -> Report:
    facts = [*_facts(registry, as_of, one), *_as_recorded(one, _PLAIN_OF_AGREEMENTS)]
    table = Table(_HEADS, tuple(fact for fact in facts if fact[1] not in {None, "", ()}))
    dates, documents = _deadlines(one, as_of), _references(one)
    views = [table, *((dates,) if dates.rows else ())]
    extra: dict[str, Table] = {"deadlines": dates, "references": documents}
    notes: tuple[Note, ...] = ()
    if one.path in registry.invalid:
        notes = (
            Note("invalid-left-out", "this record has errors; reports leave it out", (one.id,)),
        )
    elif one.lines or one.budget:
        alone = replace(registry, agreements=(one,), invalid=frozenset())
        funding = totals(alone, as_of, wanted=MoneySelection(stage="all"))
        views += funding.shown
        notes, extra["funding"] = funding.notes, funding.table
    views += (documents,) if documents.rows else ()
    failed = one.path in registry.invalid
    return Report(registry.title(one), table, notes, tuple(views), failed=failed, extra=extra)


def _facts(registry: Registry, as_of: date, one: Agreement) -> Iterator[tuple[str, Cell]]:
    yield "id", one.id
    yield "file", one.path
    yield "kind", one.kind
    yield "form", one.form
    yield "status", status(one, as_of, registry.settings.expiring_within)
    yield "stage", one.stage
    yield "category", one.category
    yield "summary", one.summary
    if one.member and one.network:
        yield "member", f"{registry.name(one.member)} ({one.member})"
        yield "network", f"{registry.name(one.network)} ({one.network})"
    for party in one.parties:
        units = [registry.unit_name(party.organisation, unit) for unit in party.units]
        name = f"{registry.name(party.organisation)} ({party.organisation})"
        yield party.role or "party", f"{name}: {', '.join(units)}" if units else name
    yield "start", one.period.start.text
    yield "end", one.period.end.text
    yield "stated", one.period.stated
    for name, day in (
        ("signed", one.signed),
        ("decided", one.decided),
        ("applied", one.applied),
        ("admitted", one.admitted),
        ("checked", one.checked),
    ):
        yield name, day.text if day else None
    if one.ended:
        yield "ended", f"{one.ended.date.text} {one.ended.reason or ''}".strip()
    yield "notice", _length(one.notice)
    if one.renewal:
        yield "renewal", " ".join(filter(None, (one.renewal.mode, _length(one.renewal.term))))
    yield "themes", one.themes
    yield "responsible", one.responsible
    yield "case numbers", tuple(case.number for case in one.case_numbers)
    for milestone in one.milestones:
        done = f"done {milestone.done.text}" if milestone.done else "open"
        yield "milestone", f"{milestone.title or milestone.id}: due {milestone.due.text}, {done}"
    yield "follows", one.follows
    yield "followed by", tuple(each.id for each in registry.followers.get(one.id, ()))
    yield "renewed by", registry.renewed_by(one)
    for key, text in one.labels.items():
        yield f"label {key}", text


def _organisation(registry: Registry, as_of: date, one: Organisation) -> Report:
    network = one.network or Network()
    stated = network.members_stated
    facts: list[tuple[str, Cell]] = [
        ("id", one.id),
        ("file", one.path),
        ("type", one.type),
        ("country", one.country),
        ("other names", tuple(one.all_names[1:])),
        ("part of", one.part_of),
        *(("unit", f"{unit.name} ({one.id}/{slug})") for slug, unit in one.units.items()),
        *((each.scheme, each.id) for each in one.identifiers),
        ("founded", network.founded.text if network.founded else None),
        ("founded by", tuple(map(registry.name, network.founded_by))),
        ("members stated", None if stated is None else str(stated)),
        ("website", one.website),
        *_as_recorded(one, _PLAIN_OF_ORGANISATIONS),
    ]
    table = Table(_HEADS, tuple(fact for fact in facts if fact[1] not in {None, "", ()}))
    within = registry.settings.expiring_within
    pointing = [
        (
            registry.title(record),
            status(record, as_of, within),
            ", ".join(dict.fromkeys(roles)),
            record.id,
        )
        for record in registry.agreements
        for roles in [_roles(record, one.id)]
        if roles
    ]
    heads = (
        Column("title", "Agreement", wrap=True),
        Column("status", "Status"),
        Column("as", "As", wrap=True),
        Column("id", "Id"),
    )
    agreements = Table(heads, tuple(pointing), title="Takes part in")
    failed = one.path in registry.invalid
    extra = {"agreements": agreements}
    return Report(one.name, table, (), (table, agreements), failed=failed, extra=extra)


def _roles(record: Agreement, organisation: str) -> list[str]:
    """Return as what an agreement names an organisation."""
    roles = {party.index: party.role for party in record.parties}
    found = []
    for where, name, _ in organisations_named(record):
        if name == organisation:
            index = where[1] if where[0] == "parties" and isinstance(where[1], int) else None
            role = roles.get(index) if index is not None else None
            found.append(role or str(where[0] if where[0] != "funding" else where[-1]))
    return found


def _deadlines(one: Agreement, as_of: date) -> Table:
    heads = (
        Column("date", "Date"),
        Column("event", "Event"),
        Column("if_nothing", "If nobody acts", wrap=True),
    )
    rows = [
        (each.day.isoformat(), each.milestone or each.event, each.if_nothing)
        for each in sorted(deadlines(one, as_of), key=lambda each: each.day)
        if each.day >= as_of
    ]
    return Table(heads, tuple(rows), title="Deadlines")


def _references(one: Agreement) -> Table:
    heads = (
        Column("id", "Id"),
        Column("title", "Document", wrap=True),
        Column("publisher", "Publisher", wrap=True),
        Column("url", "Address"),
    )
    rows = tuple((each.id, each.title, each.publisher, each.url) for each in one.references)
    return Table(heads, rows, title="References")


def _length(duration: Duration | None) -> str | None:
    if duration is None:
        return None
    years, months = divmod(duration.months, 12)
    parts = ((years, "Y"), (months, "M"), (duration.days, "D"))
    return "P" + "".join(f"{number}{unit}" for number, unit in parts if number)


def _as_recorded(record: Record, keys: tuple[str, ...]) -> Iterator[tuple[str, Cell]]:
    """Yield what a record says under some keys, a line for each item of a list of mappings."""
    data = data_of(record)
    for key in keys:
        value: Any = data
        for step in key.split("."):
            value = value.get(step, {}) if isinstance(value, dict) else {}
        items = (
            value if isinstance(value, list) and value and isinstance(value[0], dict) else [value]
        )
        for item in items:
            words = tuple(map(_in_words, item)) if isinstance(item, list) else _in_words(item)
            yield key.rpartition(".")[2].replace("_", " "), words


def _in_words(item: Any) -> str:
    """Return plain data in words: `role lead, name The office`."""
    if isinstance(item, dict):
        return ", ".join(f"{key} {_in_words(value)}" for key, value in item.items())
    if isinstance(item, list):
        return ", ".join(map(_in_words, item))
    return str(item)
