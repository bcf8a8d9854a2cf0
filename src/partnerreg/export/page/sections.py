"""The page's sections as grids: this year, funding, deadlines, agreements, organisations, notes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from partnerreg.calc.entry import Entry
from partnerreg.calc.status import STATUSES, known_start
from partnerreg.export.page.grid import Grid, Head, Item, Line, Look, grid_of
from partnerreg.export.page.links import Links
from partnerreg.export.page.records import own_words
from partnerreg.export.page.words import Words
from partnerreg.model.codelists import codes
from partnerreg.model.records import Agreement, Organisation
from partnerreg.model.registry import Registry
from partnerreg.output.chart import Span, Timeline
from partnerreg.output.report import Amount, Note, Report
from partnerreg.reports.agreement_views import responsible_name

Roles = Mapping[str, Sequence[tuple[Agreement, tuple[str, ...]]]]
"""For each organisation the agreements that name it, and as what."""
_OVER = frozenset({"declined", "ended", "expired"})
_SOON = 8
"""Deadlines in the overview."""
_LONG_AGO = 365
"""Days after which an end that nothing follows is no longer listed as overdue."""


class Funding(Struct, frozen=True):
    """The money of one currency: the sums by source, recipient and theme."""

    currency: str
    grids: tuple[Grid, ...]


class Told(Struct, frozen=True):
    """A note: what it says, and the records that it names, the first of them by link."""

    code: str
    text: str
    records: tuple[Item, ...]
    more: int


# Overview -----------------------------------------------------------------------------------------


def counts(registry: Registry, statuses: Mapping[str, Sequence[str]], words: Words) -> Grid:
    """Return how many records there are of each kind, and of which status."""
    valid = [one for one in registry.organisations.values() if one.path not in registry.invalid]
    lines = [Line((Item(words("organisations")), Item(str(len(valid))), Item("")))]
    for kind in ("partnership", "membership"):
        own = statuses.get(kind, ())
        told = [f"{words(one)}: {own.count(one)}" for one in STATUSES if one in own]
        lines.append(Line((Item(words(f"{kind}s")), Item(str(len(own))), Item(", ".join(told)))))
    heads = (Head(words("Records")), Head(words("Count"), is_figure=True), Head(words("Status")))
    return Grid(words("Records"), heads, tuple(lines))


def years(entries: Iterable[Entry], first: str | None, as_of: date, words: Words) -> Grid:
    """Return agreed and paid money of the last years and the next by currency and kind.

    `entries` are counted through the next year; what has no year stands in a column of its own.
    """
    sums: dict[tuple[str, str], dict[int | None, Decimal]] = {}
    until = as_of.year + 1
    for entry in entries:
        if entry.year is None or until - 3 <= entry.year <= until:
            own = sums.setdefault((entry.currency, entry.kind or "not stated"), {})
            own[entry.year] = own.get(entry.year, Decimal(0)) + entry.amount
    shown: list[int | None] = [
        year for year in range(until - 3, until + 1) if any(year in own for own in sums.values())
    ]
    shown += [None] if any(None in own for own in sums.values()) else []
    heads = [Head(words("Agreed and paid")), Head(words("Kind"))]
    for year in shown:
        coming = f", {words('to come')}" if year == until else ""
        heads.append(Head(f"{year or words('no year')}{coming}", is_figure=True))
    order = sorted(sums, key=lambda key: (key[0] != first, *key))
    lines = [
        Line(
            (
                Item(currency),
                Item(words(kind)),
                *(
                    Item(words.amount(Amount(sums[currency, kind][year], currency)))
                    if year in sums[currency, kind]
                    else Item("")
                    for year in shown
                ),
            )
        )
        for currency, kind in order
    ]
    return Grid(words("Agreed and paid"), tuple(heads), tuple(lines))


def largest(report: Report, links: Links, words: Words, as_of: date) -> tuple[Grid, ...]:
    """Return this year's largest recipients, a grid a currency."""
    found = []
    for table in report.shown:
        look = Look(told=frozenset({"kind"}), linked={"recipient": links.labelled})
        title = words("largest", year=as_of.year, currency=table.title)
        found.append(replace(own_words(grid_of(table, words, title, look), words), footer=()))
    return tuple(found)


def soon(deadlines: Grid, words: Words) -> Grid:
    """Return the first deadlines that lie ahead, and how many more there are within a year."""
    more = len(deadlines.lines) - _SOON
    footer: tuple[Line, ...] = ()
    if more > 0:
        blank = (Item(""),) * (len(deadlines.heads) - 1)
        footer = (Line((Item(words("and more", count=more), record="deadlines"), *blank)),)
    return replace(
        deadlines, lines=deadlines.lines[:_SOON], footer=footer, is_long=False, choices=()
    )


# Funding ------------------------------------------------------------------------------------------


def funding(sums: Mapping[str, Report], links: Links, words: Words) -> tuple[Funding, ...]:
    """Return the sums by source, recipient and theme, as `totals` has them."""
    found = []
    for first in sums["source"].shown:
        grids = []
        for by, report in sums.items():
            table = next(one for one in report.shown if one.title == first.title)
            told = frozenset({"kind", "stage", *(["theme"] if by == "theme" else [])})
            look = Look(told=told, linked={by: links.labelled} if by != "theme" else {})
            title = f"{words(f'by {by}')}, {first.title}"
            grid = own_words(grid_of(table, words, title, look), words)
            lead = words("theme hint") if by == "theme" else ""
            grids.append(replace(grid, is_long=True, lead=lead))
        found.append(Funding(first.title or "", tuple(grids)))
    return tuple(found)


# Deadlines ----------------------------------------------------------------------------------------


def deadlines(
    report: Report, registry: Registry, links: Links, words: Words
) -> tuple[Grid, Grid, int]:
    """Return what comes within the report's window, what is overdue, and how much is left out.

    Left out are ends of more than a year ago that nothing follows.
    """
    heads = (
        Head(words("Agreement")),
        Head(words("Date")),
        Head(words("Left"), is_figure=True),
        Head(words("What happens")),
        Head(words("Responsible")),
    )
    ahead: list[Line] = []
    overdue: list[Line] = []
    left_out = 0
    for row in report.to_dicts():
        days = row["days_left"]
        if days < -_LONG_AGO and row["event"] == "end":
            left_out += 1
            continue
        organisation, _, unit = (row["responsible"] or "").partition("/")
        name = registry.unit_name(organisation, unit or None) if organisation else ""
        line = Line(
            (
                Item(row["title"], record=links.agreement(row["id"])),
                Item(_day(row)),
                Item(words.left(days, is_exact=row["precision"] == "day"), sort=str(days)),
                Item(_what_happens(row, registry, words)),
                Item(name or words("nobody"), record=links.organisation(organisation)),
            ),
            sort_of=name or words("nobody"),
        )
        (ahead if days >= 0 else overdue).append(line)
    overdue.reverse()
    choices = sorted({line.sort_of for line in (*ahead, *overdue)})
    told = tuple((one, one) for one in choices) if len(choices) > 1 else ()
    coming = Grid(words("within a year"), heads, tuple(ahead), choices=told, is_long=True)
    late = Grid(words("overdue"), heads, tuple(overdue), choices=told, is_long=True)
    return coming, late, left_out


def _day(row: Mapping[str, object]) -> str:
    day = str(row["date"])
    counted = row["event"] in {"notice", "decide"}
    length = {"year": 4, "month": 7}.get(str(row["precision"]), 10)
    return f"≤ {day}" if counted and length < 10 else day[:length]


_ELSE = {"renews": "else it renews", "ends": "else it ends", "option-lapses": "else it lapses"}


def _what_happens(row: Mapping[str, object], registry: Registry, words: Words) -> str:
    event, then = str(row["event"]), row["if_nothing"]
    if event == "milestone":
        agreement = registry.agreements_by_id[str(row["id"])]
        titles = {one.id: one.title or one.id for one in agreement.milestones}
        return f"{words('milestone')}: {titles.get(str(row['milestone']), row['milestone'])}"
    if event == "payment":
        amount, currency = row["amount"], str(row["currency"])
        if not isinstance(amount, Decimal):
            return f"{words('payment')}: {words('unknown')}"
        return f"{words('payment')}: {words.amount(Amount(amount, currency))} {currency}"
    if event == "end":
        told = [words(str(then or "ends"))]
    else:
        told = [words("last day of notice" if event == "notice" else "last day to decide")]
        told += [words(_ELSE[str(then)])] if then else []
    followers = row["renewed_by"]
    if isinstance(followers, list) and followers:
        told.append(f"{words('continued by')} {', '.join(map(registry.name_of, followers))}")
    return ", ".join(told)


def is_over(row: Mapping[str, object]) -> bool:
    """Whether an agreement, a row of `list`, has ended or never came about."""
    return row["status"] in _OVER


def to_draw(report: Report, timeline: Timeline) -> tuple[Span, ...]:
    """Return the agreements that are not over and of which any date is known.

    What ends first comes before the others.
    """
    over = {row["id"] for row in report.to_dicts() if is_over(row)}
    spans = [
        one
        for one in timeline.spans
        if one.id not in over and (one.first or one.last or one.is_open or one.marks)
    ]
    spans.sort(key=lambda one: one.last or date.max)
    return tuple(spans)


# Lists --------------------------------------------------------------------------------------------


def agreements(
    registry: Registry,
    report: Report,
    ordered: Sequence[Agreement],
    links: Links,
    words: Words,
    as_of: date,
) -> Grid:
    """Return the agreements, as `list` has them."""
    heads = (
        Head(words("Agreement")),
        Head(words("Parties")),
        Head(words("Form")),
        Head(words("Status")),
        Head(words("From")),
        Head(words("Until")),
        Head(words("Cash in", year=as_of.year), is_figure=True),
        Head(words("Responsible")),
    )
    lines = []
    for one, row, seen in zip(ordered, report.to_dicts(), report.shown[0].rows, strict=True):
        start, latest = known_start(one).first, row["latest_end"]
        span = (start.year if start else None, int(latest[:4]) if latest else None)
        items = (
            Item(registry.title(one), record=links.of(one)),
            Item(_others(str(seen[1]), words)),
            Item(words(row["form"] or row["kind"])),
            Item(words(row["status"])),
            Item(words.told(row["start"])),
            Item(words.told(str(seen[3])), sort=latest or "~"),
            _cash(seen[4], row, words),
            Item(responsible_name(registry, one.responsible) or words("nobody")),
        )
        lines.append(Line(items, sort_of=row["status"], years=span))
    used = {line.sort_of for line in lines}
    choices = tuple((one, words(one)) for one in STATUSES if one in used)
    title = words("section agreements")
    return Grid(title, heads, tuple(lines), choices=choices, is_long=True)


def _others(text: str, words: Words) -> str:
    """Return the other parties; `and 3 more` behind them in the page's words."""
    found = re.fullmatch(r"(.*) and (\d+) more", text)
    return f"{found[1]} {words('and more', count=found[2])}" if found else text


def _cash(cash: object, row: Mapping[str, object], words: Words) -> Item:
    """Return a year's cash; of money for the whole time what it comes to in all."""
    if isinstance(cash, Amount):
        return Item(f"{words.amount(cash)} {cash.currency}", sort=f"{cash.value:f}")
    whole, currency = row["funding_cash"], row["currency"]
    if cash == "for the term" and isinstance(whole, Decimal):
        amount = words.amount(Amount(whole, str(currency)))
        return Item(words("in all", amount=f"{amount} {currency}"), sort=f"{whole:f}")
    return Item(words.told(str(cash or "")))


def organisations(every: Sequence[Organisation], roles: Roles, links: Links, words: Words) -> Grid:
    """Return the organisations, with how many agreements name each."""
    heads = (
        Head(words("Organisation")),
        Head(words("Type")),
        Head(words("Country")),
        Head(words("section agreements"), is_figure=True),
    )
    lines = []
    for one in every:
        count = str(len(roles.get(one.id, ())))
        items = (
            Item(one.name, record=links.organisation(one.id)),
            Item(words(one.type or "other")),
            Item(one.country or ""),
            Item(count, sort=count),
        )
        lines.append(Line(items, sort_of=one.type or "other"))
    used = {line.sort_of for line in lines}
    choices = tuple((one, words(one)) for one in codes("organisation_type") if one in used)
    return Grid(words("section organisations"), heads, tuple(lines), choices=choices, is_long=True)


# Notes --------------------------------------------------------------------------------------------

_NAMED = 50
"""Records of a note that are named."""
_FIGURES = re.compile(r"\d[\d,]*(?:\.\d+)? [A-Z]{3}\b|\b\d{4}(?:–\d{4})?\b(?!-)")
"""Sums and years in a note's message."""


def notes(
    registry: Registry, every: Iterable[Note], links: Links, words: Words
) -> tuple[Told, ...]:
    """Return what the reports leave out, notes that say the same as one."""
    gathered: dict[tuple[str, str], tuple[dict[str, None], dict[str, None]]] = {}
    for note in dict.fromkeys(every):
        key = (note.code, words.note(note.code, note.message))
        records, figures = gathered.setdefault(key, ({}, {}))
        records.update(dict.fromkeys(note.records))
        if key[1] != note.message:  # what its own message says more
            figures.update(dict.fromkeys(map(words.number, _FIGURES.findall(note.message))))
    told = []
    for (code, text), (records, figures) in gathered.items():
        named = [
            Item(registry.name_of(one), record=links.agreement(one))
            for one in list(records)[:_NAMED]
        ]
        more = f" ({', '.join(figures)})" if figures else ""
        told.append(Told(code, f"{text}{more}", tuple(named), len(records) - len(named)))
    return tuple(told)
