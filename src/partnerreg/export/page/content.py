"""What the page says: the reports of one registry on one day, as grids and charts."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from partnerreg.base.collation import collated
from partnerreg.calc.entry import Entry
from partnerreg.calc.status import STATUSES, known_start
from partnerreg.export.page.grid import Grid, Head, Item, Line, Look, grid_of
from partnerreg.export.page.records import (
    AgreementPart,
    Money,
    OrganisationPart,
    agreement_part,
    organisation_part,
    own_words,
)
from partnerreg.export.page.words import Words
from partnerreg.model.codelists import codes
from partnerreg.model.dates import Duration
from partnerreg.model.records import Agreement, Organisation
from partnerreg.model.registry import Registry
from partnerreg.output.chart import Bars, Span, Timeline
from partnerreg.output.report import Amount, Note, Report
from partnerreg.reports.agreements import listing
from partnerreg.reports.expiring import Span as Window
from partnerreg.reports.expiring import expiring
from partnerreg.reports.filters import Filters, select
from partnerreg.reports.notes import invalid_organisations
from partnerreg.reports.overview import what_is_there, years_at_a_glance
from partnerreg.reports.show_organisation import roles_of
from partnerreg.reports.totals.dimensions import Grouping
from partnerreg.reports.totals.entries import money_rows
from partnerreg.reports.totals.report import totals
from partnerreg.reports.totals.selection import MoneySelection

_A_YEAR = Duration(12, 0)
_OVER = frozenset({"declined", "ended", "expired"})
_SOON = 8
"""Deadlines in the overview."""
_ON_TIMELINE = 60
"""Agreements drawn over time; the table has all."""


class Told(Struct, frozen=True):
    """A note: what it says, and the records that it names, the first of them by link."""

    text: str
    records: tuple[Item, ...]
    more: int


class Funding(Struct, frozen=True):
    """The money of one currency: the sums by source, recipient and theme."""

    currency: str
    grids: tuple[Grid, ...]


class Content(Struct, frozen=True):
    """Everything that the page shows. `failed` says that files with errors are left out."""

    title: str
    as_of: date
    words: Words
    counts: Grid
    years: Grid
    soon: Grid
    bars: Bars
    funding: tuple[Funding, ...]
    deadlines: Grid
    timeline: Timeline
    undrawn: int
    agreements: Grid
    organisations: Grid
    agreement_parts: Callable[[], Iterator[AgreementPart]]
    organisation_parts: Callable[[], Iterator[OrganisationPart]]
    notes: tuple[Told, ...]
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
    chosen, _ = select(registry, filters, as_of)
    narrowed = registry if filters == Filters() else replace(registry, agreements=chosen)
    agreements = listing(registry, as_of, filters=filters)
    due = expiring(
        registry,
        as_of,
        span=Window(within=_A_YEAR),
        filters=filters,
        overdue=True,
        payments=True,
    )
    wanted = MoneySelection(filters=filters)
    sums = {
        by: totals(registry, as_of, grouping=Grouping(by), wanted=wanted)
        for by in ("source", "recipient", "theme")
    }
    deadlines = _deadlines(due, words)
    timeline = agreements.chart() if agreements.chart else None
    bars = sums["source"].chart() if sums["source"].chart else None
    assert isinstance(timeline, Timeline)
    assert isinstance(bars, Bars)
    spans = _to_draw(agreements, timeline)
    drawn = spans[:_ON_TIMELINE]
    every = MoneySelection(filters=filters, stage="all")
    by_record: dict[str, list[Entry]] = defaultdict(list)
    for entry in money_rows(registry, as_of, every, None)[0]:
        by_record[entry.agreement.id].append(entry)
    money = _money_by_organisation(money_rows(registry, as_of, wanted, None)[0])
    roles = _roles(narrowed.valid_agreements)
    reports = (agreements, due, *sums.values())
    ordered = [registry.agreements_by_id[str(row[0])] for row in agreements.table.rows]
    organisations = _sorted_organisations(registry, narrowed, filters)
    return Content(
        title=title or registry.settings.title or registry.root.absolute().name,
        as_of=as_of,
        words=words,
        counts=grid_of(
            what_is_there(narrowed, as_of),
            words,
            words("Records"),
            Look(told=frozenset({"what", "status"})),
        ),
        years=grid_of(years_at_a_glance(narrowed, as_of), words, words("Agreed and paid")),
        soon=_soon(deadlines, due),
        bars=bars,
        funding=_funding(registry, sums, words),
        deadlines=deadlines,
        timeline=replace(timeline, spans=drawn),
        undrawn=len(spans) - len(drawn),
        agreements=_agreements(registry, agreements, ordered, words, as_of),
        organisations=_organisations(organisations, roles, words),
        agreement_parts=lambda: (
            agreement_part(registry, as_of, one, tuple(by_record[one.id]), words, public=public)
            for one in ordered
        ),
        organisation_parts=lambda: (
            organisation_part(
                registry, as_of, one, money[one.id], roles.get(one.id, ()), words, public=public
            )
            for one in organisations
        ),
        notes=_notes(registry, reports, invalid_organisations(registry), words),
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
    return found


def _sorted_organisations(
    registry: Registry, narrowed: Registry, filters: Filters
) -> list[Organisation]:
    """Return the organisations by name; where agreements are filtered, those that they name."""
    named = {name for one in narrowed.valid_agreements for name in roles_of(one)}
    held = [
        one
        for one in registry.organisations.values()
        if one.path not in registry.invalid and (filters == Filters() or one.id in named)
    ]
    return sorted(held, key=lambda one: (collated(one.name), one.id))


def _funding(registry: Registry, sums: dict[str, Report], words: Words) -> tuple[Funding, ...]:
    places = {
        label: f"organisation/{one.id}"
        for one in registry.organisations.values()
        for label in (one.name, *(f"{one.name} / {unit.name}" for unit in one.units.values()))
    }
    found = []
    for first in sums["source"].shown:
        grids = []
        for by, report in sums.items():
            table = next(one for one in report.shown if one.title == first.title)
            told = {"kind", "stage"} | ({"theme"} if by == "theme" else set())
            look = Look(
                told=frozenset(told),
                linked={by: lambda text: places.get(text, "")} if by != "theme" else {},
            )
            grid = grid_of(table, words, words(f"by {by}"), look)
            grid = replace(own_words(grid, words), is_long=True)
            grids.append(_in_order(grid, words("no theme")) if by == "theme" else grid)
        found.append(Funding(first.title or "", tuple(grids)))
    return tuple(found)


def _in_order(grid: Grid, last: str) -> Grid:
    """Return a grid in the order of what its words are in the page's language."""

    def place(line: Line) -> tuple[bool, tuple[str, str]]:
        text = line.items[0].text
        return text.startswith(last), collated(text)

    return replace(grid, lines=tuple(sorted(grid.lines, key=place)))


def _deadlines(report: Report, words: Words) -> Grid:
    names = [column.name for column in report.table.columns]
    look = Look(told=frozenset({"what", "left"}), left_out=frozenset({"id"}))
    grid = grid_of(report.shown[0], words, words("within a year"), look)
    lines = []
    for one, row in zip(grid.lines, report.table.rows, strict=True):
        day, left, what, title, responsible = one.items
        left = replace(left, sort=str(row[names.index("days_left")]))
        title = replace(title, record=f"agreement/{row[0]}")
        if responsible.text == "nobody":
            responsible = replace(responsible, text=words("nobody"))
        lines.append(Line((day, left, what, title, responsible)))
    return replace(grid, lines=tuple(lines), is_long=True)


def _to_draw(report: Report, timeline: Timeline) -> tuple[Span, ...]:
    """Return the agreements that are not over, what ends first before the others."""
    over = {row["id"] for row in report.to_dicts() if row["status"] in _OVER}
    spans = [one for one in timeline.spans if one.id not in over]
    spans.sort(key=lambda one: one.last or date.max)
    return tuple(spans)


def _soon(deadlines: Grid, report: Report) -> Grid:
    """Return the first deadlines that lie ahead."""
    left = (row["days_left"] for row in report.to_dicts())
    ahead = [line for line, days in zip(deadlines.lines, left, strict=True) if days >= 0]
    return replace(deadlines, lines=tuple(ahead[:_SOON]), is_long=False)


def _agreements(
    registry: Registry, report: Report, ordered: list[Agreement], words: Words, as_of: date
) -> Grid:
    names = [column.name for column in report.table.columns]
    place = {name: names.index(name) for name in ("form", "kind", "status", "start", "latest_end")}
    heads = tuple(
        Head(text, figure)
        for text, figure in (
            (words("Agreement"), False),
            (words("With"), False),
            (words("Form"), False),
            (words("Status"), False),
            (words("From"), False),
            (words("Until"), False),
            (words("Cash in", year=as_of.year), True),
            (words("Responsible"), False),
        )
    )
    lines = []
    for one, row, seen in zip(ordered, report.table.rows, report.shown[0].rows, strict=True):
        _, others, status, until, cash, _, responsible = seen
        latest = row[place["latest_end"]]
        start = known_start(one).first
        years = (start.year if start else None, int(str(latest)[:4]) if latest else None)
        items = (
            Item(registry.title(one), record=f"agreement/{one.id}"),
            Item(str(others)),
            Item(words(str(row[place["form"]] or row[place["kind"]]))),
            Item(words(str(status))),
            Item(words.told(str(row[place["start"]]))),
            Item(words.told(str(until)), sort=str(latest or "~")),
            _cash(cash, words),
            Item(words("nobody") if responsible == "nobody" else str(responsible)),
        )
        lines.append(Line(items, sort_of=str(status), years=years))
    used = {line.sort_of for line in lines}
    choices = tuple((one, words(one)) for one in STATUSES if one in used)
    return Grid(words("section agreements"), heads, tuple(lines), choices=choices, is_long=True)


def _cash(cash: object, words: Words) -> Item:
    if isinstance(cash, Amount):
        text = f"{words.amount(cash)} {cash.currency}"
        return Item(text, sort=f"{cash.value:f}")
    return Item(words.told(str(cash or "")))


def _organisations(
    every: list[Organisation],
    roles: dict[str, list[tuple[Agreement, tuple[str, ...]]]],
    words: Words,
) -> Grid:
    heads = tuple(
        Head(words(text), figure)
        for text, figure in (
            ("Organisation", False),
            ("Type", False),
            ("Country", False),
            ("section agreements", True),
        )
    )
    lines = []
    for one in every:
        count = len(roles.get(one.id, ()))
        items = (
            Item(one.name, record=f"organisation/{one.id}"),
            Item(words(one.type or "other")),
            Item(one.country or ""),
            Item(str(count), sort=str(count)),
        )
        lines.append(Line(items, sort_of=one.type or "other"))
    used = {line.sort_of for line in lines}
    choices = tuple((one, words(one)) for one in codes("organisation_type") if one in used)
    return Grid(words("section organisations"), heads, tuple(lines), choices=choices, is_long=True)


_NAMED = 20
"""Records of a note that are named."""


def _notes(
    registry: Registry, reports: Iterable[Report], more: tuple[Note, ...], words: Words
) -> tuple[Told, ...]:
    every = dict.fromkeys(note for report in reports for note in report.notes)
    every |= dict.fromkeys(more)
    gathered: dict[str, dict[str, None]] = {}
    for note in every:
        text = words.note(note.code, note.message)
        gathered.setdefault(text, {}).update(dict.fromkeys(note.records))
    told = []
    for text, records in gathered.items():
        named = [
            Item(registry.name_of(one), record=_record(registry, one))
            for one in list(records)[:_NAMED]
        ]
        told.append(Told(text, tuple(named), len(records) - len(named)))
    return tuple(told)


def _record(registry: Registry, identity: str) -> str:
    agreement = registry.agreements_by_id.get(identity)
    if agreement and agreement.path not in registry.invalid:
        return f"agreement/{identity}"
    return ""
