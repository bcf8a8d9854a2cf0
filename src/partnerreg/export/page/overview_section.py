"""The page's overview: the money of these years, what comes next, what there is."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from partnerreg.calc.entry import Entry
from partnerreg.calc.status import STATUSES
from partnerreg.export.page.grid import Grid, Head, Item, Line, Look, grid_of
from partnerreg.export.page.links import Links
from partnerreg.export.page.record_part import own_words
from partnerreg.export.page.words import Words
from partnerreg.model.registry import Registry
from partnerreg.output.report import Amount, Report

_SOON = 8
"""Deadlines in the overview."""


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
