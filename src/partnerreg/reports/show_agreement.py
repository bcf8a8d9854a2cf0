"""Show an agreement in full: facts, deadlines, money, documents."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from partnerreg.calc.deadlines import deadlines
from partnerreg.calc.status import status
from partnerreg.model.dates import Duration
from partnerreg.model.records import Agreement
from partnerreg.model.registry import Registry
from partnerreg.output.report import Cell, Column, Note, Report, Table
from partnerreg.reports.recorded import HEADS, recorded
from partnerreg.reports.totals.report import totals
from partnerreg.reports.totals.selection import MoneySelection

_PLAIN = ("participants", "working_groups", "contacts", "decisions", "notes")
"""Shown as recorded, without words of our own."""


def show_agreement(registry: Registry, as_of: date, one: Agreement) -> Report:
    """Return everything about an agreement."""
    facts = [*_facts(registry, as_of, one), *recorded(one, _PLAIN)]
    table = Table(HEADS, tuple(fact for fact in facts if fact[1] not in {None, "", ()}))
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
