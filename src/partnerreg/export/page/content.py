"""What the page says: the reports of one registry on one day, as grids and charts."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from partnerreg.base.collation import collated
from partnerreg.calc.entry import Entry
from partnerreg.export.page import (
    deadlines_section,
    funding_section,
    lists_section,
    notes_section,
    overview_section,
)
from partnerreg.export.page.agreement_part import agreement_part
from partnerreg.export.page.grid import Grid
from partnerreg.export.page.links import Links, links
from partnerreg.export.page.organisation_part import Money, organisation_part
from partnerreg.export.page.record_part import RecordPart
from partnerreg.export.page.words import Words
from partnerreg.export.public import for_the_public
from partnerreg.model.dates import Duration
from partnerreg.model.records import Agreement
from partnerreg.model.registry import Registry
from partnerreg.output.chart import Bars, Timeline
from partnerreg.reports.agreements import listing
from partnerreg.reports.expiring import Span, expiring
from partnerreg.reports.filters import Filters, select
from partnerreg.reports.notes import invalid_organisations
from partnerreg.reports.overview import without_year
from partnerreg.reports.show_organisation import roles_of
from partnerreg.reports.totals.dimensions import Grouping
from partnerreg.reports.totals.entries import money_rows
from partnerreg.reports.totals.pivot import Layout
from partnerreg.reports.totals.report import totals
from partnerreg.reports.totals.selection import MoneySelection

_A_YEAR = Duration(12, 0)
_ON_TIMELINE = 60
"""Agreements drawn over time; the table has all."""
_LARGEST = 5


class Content(Struct, frozen=True):
    """Everything that the page shows. `failed` says that files with errors are left out.

    `undrawn` agreements have no known date or no room on the timeline; `long_over` ends, of more
    than a year ago, are not among what is overdue.
    """

    title: str
    as_of: date
    words: Words
    counts: Grid
    years: Grid
    largest: tuple[Grid, ...]
    soon: Grid
    bars: Bars
    funding: tuple[funding_section.Funding, ...]
    deadlines: Grid
    overdue: Grid
    long_over: int
    timeline: Timeline
    anchors: Links
    undrawn: int
    agreements: Grid
    organisations: Grid
    agreement_parts: Callable[[], Iterator[RecordPart]]
    organisation_parts: Callable[[], Iterator[RecordPart]]
    notes: tuple[notes_section.Told, ...]
    failed: bool


def content(
    registry: Registry,
    as_of: date,
    *,
    words: Words,
    filters: Filters = Filters(),
    title: str | None = None,
    public: bool = False,
) -> Content:
    """Return what the page says of the agreements that pass the filters.

    `public` leaves contacts and notes of records out. Raises `Failure` (2) for ids that the
    registry does not have.
    """
    registry = for_the_public(registry) if public else registry
    chosen, _ = select(registry, filters, as_of)
    # As `list` orders them.
    ordered = sorted(chosen, key=lambda one: (collated(registry.title(one)), one.id))
    roles = _roles(chosen)
    organisations = sorted(
        (
            one
            for one in registry.organisations.values()
            if one.path not in registry.invalid and (filters == Filters() or one.id in roles)
        ),
        key=lambda one: (collated(one.name), one.id),
    )
    anchors = links(ordered, organisations)

    wanted = MoneySelection(filters=filters)
    listed = listing(registry, as_of, filters=filters)
    due = expiring(
        registry, as_of, span=Span(_A_YEAR), filters=filters, overdue=True, payments=True
    )
    by_amount = Layout("amount")
    sums = {
        by: totals(registry, as_of, grouping=Grouping(by), wanted=wanted, layout=by_amount)
        for by in ("source", "recipient", "theme")
    }
    payers = totals(registry, as_of, grouping=Grouping("source", 1), wanted=wanted)
    this_year = replace(wanted, years=(as_of.year, as_of.year), kind="cash")
    receivers = totals(
        registry,
        as_of,
        grouping=Grouping("recipient", 1),
        wanted=this_year,
        layout=Layout("amount", _LARGEST),
    )
    coming = money_rows(registry, as_of, replace(wanted, through=as_of.year + 1), None)[0]
    entries = money_rows(registry, as_of, wanted, None)[0]
    by_record: dict[str, list[Entry]] = defaultdict(list)
    for entry in money_rows(registry, as_of, replace(wanted, stage="all"), None)[0]:
        by_record[entry.agreement.path].append(entry)
    money = _money_by_organisation(entries)

    deadlines, overdue, long_over = deadlines_section.deadlines(due, registry, anchors, words)
    timeline, bars = listed.chart and listed.chart(), payers.chart and payers.chart()
    assert isinstance(timeline, Timeline)
    assert isinstance(bars, Bars)
    drawn = deadlines_section.to_draw(listed, timeline)[:_ON_TIMELINE]
    statuses: dict[str, list[str]] = defaultdict(list)
    for row in listed.to_dicts():
        statuses[row["kind"]].append(row["status"])
    reports = (listed, due, *sums.values())
    every_note = (
        *(note for report in reports for note in report.notes),
        *without_year(entries),
        *invalid_organisations(registry),
    )
    return Content(
        title=title or registry.settings.title or registry.root.absolute().name,
        as_of=as_of,
        words=words,
        counts=overview_section.counts(registry, statuses, words),
        years=overview_section.years(coming, registry.settings.currency, as_of, words),
        largest=overview_section.largest(receivers, anchors, words, as_of),
        soon=overview_section.soon(deadlines, words),
        bars=bars,
        funding=funding_section.funding(sums, anchors, words),
        deadlines=deadlines,
        overdue=overdue,
        long_over=long_over,
        timeline=replace(timeline, spans=drawn),
        anchors=anchors,
        undrawn=sum(not deadlines_section.is_over(row) for row in listed.to_dicts()) - len(drawn),
        agreements=lists_section.agreements(registry, listed, ordered, anchors, words, as_of),
        organisations=lists_section.organisations(organisations, roles, anchors, words),
        agreement_parts=lambda: (
            agreement_part(registry, as_of, one, tuple(by_record[one.path]), anchors, words)
            for one in ordered
        ),
        organisation_parts=lambda: (
            organisation_part(
                registry, as_of, one, money[one.id], roles.get(one.id, ()), anchors, words
            )
            for one in organisations
        ),
        notes=notes_section.notes(registry, every_note, anchors, words),
        failed=any(report.failed for report in reports),
    )


def _money_by_organisation(entries: Iterable[Entry]) -> dict[str, Money]:
    found: dict[str, Money] = defaultdict(lambda: Money([], []))
    for entry in entries:
        if entry.source:
            found[entry.source].gives.append(entry)
        if entry.recipient:
            found[entry.recipient].receives.append(entry)
    return found


def _roles(agreements: Iterable[Agreement]) -> dict[str, list[tuple[Agreement, tuple[str, ...]]]]:
    """Return for each organisation the agreements that name it, and as what."""
    found: dict[str, list[tuple[Agreement, tuple[str, ...]]]] = defaultdict(list)
    for one in agreements:
        for organisation, roles in roles_of(one).items():
            found[organisation].append((one, roles))
    return dict(found)
