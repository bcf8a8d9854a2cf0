"""The rows of the data set's tables, of one registry on one day."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from partnerreg import __version__
from partnerreg.calc.deadlines import deadlines
from partnerreg.calc.exits import earliest_exit, latest_end
from partnerreg.calc.funding import expand
from partnerreg.calc.status import status
from partnerreg.calc.term import effective_end
from partnerreg.export.schema import SCHEMA, Row, Table
from partnerreg.model.dates import PartialDate
from partnerreg.model.organisation_links import organisations_named
from partnerreg.model.records import Agreement, Record
from partnerreg.model.registry import Registry
from partnerreg.output.report import Note
from partnerreg.reports.positions import LineOf, line_of
from partnerreg.reports.totals.report import totals

_PRIVATE = frozenset({"contacts", "notes"})


def tables(
    registry: Registry,
    as_of: date,
    *,
    wanted: Iterable[str] = (),
    public: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Table, ...]:
    """Return the tables with their rows; all of them, or those `wanted`.

    Records with an error of their own are left out, and a note says so. `public` leaves out
    contacts and notes. `progress` is called with how many tables are done, of how many.
    """
    names = set(wanted) or {one.name for one in SCHEMA}
    if public:
        names -= _PRIVATE
    source = _Source(registry, as_of, line_of(registry))
    made = []
    chosen = [one for one in SCHEMA if one.name in names]
    for done, one in enumerate(chosen):
        if progress:
            progress(done, len(chosen))
        made.append(replace(one, rows=tuple(ROWS[one.name](source))))
    if progress:
        progress(len(chosen), len(chosen))
    return tuple(made)


class _Source(Struct, frozen=True):
    """What rows are made of."""

    registry: Registry
    as_of: date
    line: LineOf

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        return tuple(sorted(self.registry.valid_agreements, key=lambda one: one.id))

    @property
    def organisations(self) -> list[Any]:
        held = self.registry.organisations.values()
        valid = (one for one in held if one.path not in self.registry.invalid)
        return sorted(valid, key=lambda one: one.id)

    @property
    def records(self) -> list[Record]:
        return sorted([*self.agreements, *self.organisations], key=lambda one: one.id)


def _text(found: PartialDate | None) -> str | None:
    return found.text if found is not None else None


def _organisations(source: _Source) -> Iterator[Row]:
    known = {one.id for one in source.organisations}
    named = {name for one in source.records for _, name, _ in organisations_named(one)}
    rows: list[Row] = [
        (
            one.id,
            one.name,
            one.type,
            one.country,
            one.part_of,
            one.website,
            _text(one.dissolved),
            True,
            one.path,
        )
        for one in source.organisations
    ]
    rows += [(name, name, *(None,) * 5, False, None) for name in named - known]
    yield from sorted(rows, key=lambda row: str(row[0]))


def _names(source: _Source) -> Iterator[Row]:
    for one in source.organisations:
        yield from ((one.id, language, name) for language, name in one.names.items())
        yield from ((one.id, None, name) for name in one.other_names)


def _identifiers(source: _Source) -> Iterator[Row]:
    for one in source.organisations:
        yield from ((one.id, own.scheme, own.id) for own in one.identifiers)


def _units(source: _Source) -> Iterator[Row]:
    for one in source.organisations:
        yield from ((one.id, slug, unit.name) for slug, unit in sorted(one.units.items()))


def _agreements(source: _Source) -> Iterator[Row]:
    registry, as_of = source.registry, source.as_of
    within = registry.settings.expiring_within
    for one in source.agreements:
        now, end = status(one, as_of, within), effective_end(one, as_of)
        yield (
            one.id,
            one.kind,
            one.form,
            registry.title(one),
            one.summary,
            one.stage,
            now,
            one.period.start.text,
            one.period.start.first,
            one.period.end.text,
            one.period.end.last,
            end.day if end else None,
            bool(end and end.renews),
            latest_end(one, as_of),
            earliest_exit(one, as_of, now),
            one.notice.text if one.notice else None,
            _text(one.signed),
            one.member,
            one.network,
            one.category,
            one.responsible,
            (one.funding.currency if one.funding else None) or one.registry_currency,
            _text(one.checked),
            one.path,
        )


def _parties(source: _Source) -> Iterator[Row]:
    for one in source.agreements:
        for place, party in enumerate(one.parties, 1):
            dates = (_text(party.from_), _text(party.to), _text(party.signed))
            yield (one.id, place, party.organisation, party.role, *dates)


def _party_units(source: _Source) -> Iterator[Row]:
    for one in source.agreements:
        for place, party in enumerate(one.parties, 1):
            yield from ((one.id, place, unit) for unit in party.units)


def _funding(source: _Source) -> Iterator[Row]:
    registry = source.registry
    for one in source.agreements:
        titles = {reference.id: reference.title for reference in one.references}
        for place, entry in enumerate(expand(one, source.as_of).entries, 1):
            origin = entry.origin
            yield (
                one.id,
                place,
                entry.source,
                entry.unit,
                registry.country(entry.source) if entry.source else None,
                entry.recipient,
                entry.year,
                entry.currency,
                entry.kind,
                entry.stage,
                entry.amount,
                entry.remainder,
                entry.is_repayment,
                one.vat_of(origin),
                origin.list_name,
                origin.index + 1,
                origin.stated,
                origin.bound,
                titles.get(origin.reference or ""),
                one.path,
                source.line(one.path, origin.list_name, origin.index),
            )


def _payments(source: _Source) -> Iterator[Row]:
    for one in source.agreements:
        for line in one.lines:
            for payment in line.payments:
                yield (
                    one.id,
                    line.index + 1,
                    payment.index + 1,
                    payment.due.text,
                    payment.due.last,
                    payment.amount,
                    one.currency_of(line),
                    _text(payment.paid),
                    payment.condition,
                )


def _deadlines(source: _Source) -> Iterator[Row]:
    for one in source.agreements:
        own = {milestone.id: milestone.responsible for milestone in one.milestones}
        for found in deadlines(one, source.as_of):
            yield (
                one.id,
                found.event,
                found.day,
                found.first,
                found.precision,
                found.if_nothing,
                found.milestone,
                own.get(found.milestone or "") or one.responsible,
            )


def _documents(source: _Source) -> Iterator[Row]:
    for one in source.records:
        for own in one.references:
            dates = (_text(own.published), own.url, _text(own.retrieved))
            yield (one.id, own.id, own.title, own.publisher, own.language, *dates)


def _decisions(source: _Source) -> Iterator[Row]:
    for one in source.agreements:
        for place, own in enumerate(one.decisions, 1):
            words = (own.body, own.kind, own.number, own.summary)
            yield (one.id, place, own.date.text, *words, _text(own.end))


def _milestones(source: _Source) -> Iterator[Row]:
    for one in source.agreements:
        for own in one.milestones:
            due = (own.due.text, own.due.last, _text(own.done))
            yield (one.id, own.id, own.title, own.kind, *due, own.responsible)


def _case_numbers(source: _Source) -> Iterator[Row]:
    for one in source.agreements:
        yield from ((one.id, own.organisation, own.number) for own in one.case_numbers)


def _contacts(source: _Source) -> Iterator[Row]:
    for one in source.agreements:
        yield from ((one.id, own.role, own.name, own.organisation) for own in one.contacts)


def _themes(source: _Source) -> Iterator[Row]:
    for one in source.agreements:
        yield from ((one.id, theme) for theme in dict.fromkeys(one.themes))


def _labels(source: _Source) -> Iterator[Row]:
    for one in source.records:
        yield from ((one.id, key, text) for key, text in sorted(one.labels.items()))


def _notes(source: _Source) -> Iterator[Row]:
    found: tuple[Note, ...] = totals(source.registry, source.as_of).notes
    for one in found:
        yield from ((one.code, one.message, record) for record in one.records or (None,))


def _meta(source: _Source) -> Iterator[Row]:
    settings = source.registry.settings
    yield ("as_of", source.as_of.isoformat())
    yield ("currency", settings.currency)
    yield ("program", f"partnerreg {__version__}")
    yield ("title", settings.title)


ROWS: dict[str, Callable[[_Source], Iterator[Row]]] = {
    "organisations": _organisations,
    "names": _names,
    "identifiers": _identifiers,
    "units": _units,
    "agreements": _agreements,
    "parties": _parties,
    "party_units": _party_units,
    "funding": _funding,
    "payments": _payments,
    "deadlines": _deadlines,
    "documents": _documents,
    "decisions": _decisions,
    "milestones": _milestones,
    "case_numbers": _case_numbers,
    "contacts": _contacts,
    "themes": _themes,
    "labels": _labels,
    "notes": _notes,
    "meta": _meta,
}
