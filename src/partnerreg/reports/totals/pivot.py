"""Pivot totals for people: a table a currency, a column a year."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from msgspec import Struct

from partnerreg.base.errors import Failure
from partnerreg.calc.entry import Entry
from partnerreg.output.report import Amount, Column, Row, Table
from partnerreg.output.report import Cell as Shown
from partnerreg.reports.arguments import known_value
from partnerreg.reports.totals.dimensions import Dimension, Value, View

Values = tuple[Value, ...]
"""A value of each dimension."""


class Cell(NamedTuple):
    """What one sum is of; `year` is None for sums of a whole term."""

    values: Values
    year: int | None
    currency: str
    kind: str | None
    stage: str
    remainder: bool


class Layout(Struct, frozen=True):
    """How people see the sums: `sort` by name or amount, the first `top`, with the `change`.

    `top` shows the largest, in the order of `sort` (by amount without it), and the rest as one row;
    `change` is the difference between the first and the last year shown. Raises `Failure` (2) for
    values that cannot be meant.
    """

    sort: str = ""
    top: int | None = None
    change: bool = False

    def __post_init__(self) -> None:
        if self.sort:
            known_value("--sort", self.sort, ("name", "amount"))
        if self.top is not None and self.top < 1:
            raise Failure(f"--top: {self.top} is no number of rows", hint="1 or more")

    @property
    def by_amount(self) -> bool:
        """Whether the largest total comes first."""
        return self.sort == "amount" or (self.top is not None and not self.sort)


class _Line(NamedTuple):
    values: Values
    remainder: bool
    kind: str | None
    stage: str


_Sums = dict[int | None, Decimal]


def pivots(
    dimensions: tuple[Dimension, ...],
    view: View,
    cells: dict[Cell, Decimal],
    entries: tuple[Entry, ...],
    layout: Layout = Layout(),
) -> tuple[Table, ...]:
    """Return one table a currency; totals count every entry once, also where values overlap."""
    currencies = dict.fromkeys(cell.currency for cell in cells)
    return tuple(
        _pivot(dimensions, view, cells, entries, currency, layout) for currency in currencies
    )


def _pivot(
    dimensions: tuple[Dimension, ...],
    view: View,
    cells: dict[Cell, Decimal],
    entries: tuple[Entry, ...],
    currency: str,
    layout: Layout,
) -> Table:
    own = {cell: amount for cell, amount in cells.items() if cell.currency == currency}
    years = _years(cell.year for cell in own)
    # A stage is shown only where planned money stands beside other money.
    staged = len({cell.stage == "planned" for cell in own}) > 1
    staged &= not any(one.name == "stage" for one in dimensions)
    rows: dict[_Line, _Sums] = {}
    for cell, amount in own.items():
        stage = "planned" if staged and cell.stage == "planned" else ""
        line = rows.setdefault(_Line(cell.values, cell.remainder, cell.kind, stage), {})
        line[cell.year] = line.get(cell.year, Decimal(0)) + amount
    kept, rest = _top(rows, layout.top)
    heads = [Column(one.column, one.title, wrap=True) for one in dimensions]
    heads.append(Column("kind", "Kind", below=dimensions[-1].column))
    if staged:
        heads.append(Column("stage", "Stage", below=dimensions[-1].column))
    numbers = [
        Column(str(year), str(year) if year else "no year", "right", spare=year != years[-1])
        for year in years
    ]
    if len(years) > 1:
        numbers.append(Column("total", "Total", "right"))
    told = [year for year in years if year is not None]
    changing = (told[0], told[-1]) if layout.change and len(told) > 1 else None
    if changing:
        numbers.append(Column("change", f"{changing[0]} to {changing[1]}", "right"))
        numbers.append(Column("per_cent", "%", "right"))

    def row(labels: tuple[str, ...], kind: str | None, stage: str | None, sums: _Sums) -> Row:
        head = (*labels, kind) if stage is None else (*labels, kind, stage)
        found: list[Shown] = [Amount(sums[one], currency) if one in sums else None for one in years]
        if len(years) > 1:
            found.append(Amount(sum(sums.values(), Decimal(0)), currency))
        return (*head, *found, *_change(sums, changing, currency))

    def staged_as(stage: str) -> str | None:
        return stage if staged else None

    others = f"{len({line.values for line in rows}) - len({line.values for line in kept})} more"
    blank = ("",) * (len(dimensions) - 1)
    shown = [
        row(
            _labels(dimensions, view, line),
            line.kind or "not stated",
            staged_as(line.stage),
            sums,
        )
        for line, sums in kept.items()
    ]
    shown += [
        row((others, *blank), kind or "not stated", staged_as(stage), sums)
        for (kind, stage), sums in rest.items()
    ]
    mine = [one for one in entries if one.currency == currency]
    footer = [
        row(("Total", *blank), kind, "" if staged else None, sums) for kind, sums in _footer(mine)
    ]
    return Table((*heads, *numbers), tuple(shown), title=currency, footer=tuple(footer))


def _top(
    rows: dict[_Line, _Sums], top: int | None
) -> tuple[dict[_Line, _Sums], dict[tuple[str | None, str], _Sums]]:
    """Return the rows of the largest values, and the sums of all others by kind and stage.

    Of two dimensions each pair counts. What is attributed to nobody counts for none of them, and
    is always shown.
    """
    totals: dict[Values, Decimal] = {}
    for line, sums in rows.items():
        if any(value is not None for value in line.values):
            own = totals.get(line.values, Decimal(0))
            totals[line.values] = own + sum(sums.values(), Decimal(0))
    if top is None or len(totals) <= top:
        return rows, {}
    shown = set(sorted(totals, key=lambda values: -totals[values])[:top])
    kept = {
        line: sums
        for line, sums in rows.items()
        if line.values in shown or all(value is None for value in line.values)
    }
    rest: dict[tuple[str | None, str], _Sums] = {}
    for line, sums in rows.items():
        if line not in kept:
            total = rest.setdefault((line.kind, line.stage), {})
            for year, amount in sums.items():
                total[year] = total.get(year, Decimal(0)) + amount
    return kept, rest


def _change(sums: _Sums, years: tuple[int, int] | None, currency: str) -> tuple[Shown, ...]:
    """Return the difference between two years and its per cent; nothing where one is missing."""
    if years is None:
        return ()
    before, after = (sums.get(year) for year in years)
    if before is None or after is None:
        return (None, None)
    difference = after - before
    if before <= 0:
        return (Amount(difference, currency), None)
    tenths = round(Fraction(difference) * 1000 / Fraction(before))
    return (Amount(difference, currency), f"{Decimal(tenths).scaleb(-1):+,.1f}")


def _years(years: Iterable[int | None]) -> list[int | None]:
    """Return the years in order, sums without a year last."""
    return sorted(set(years), key=lambda year: (year is None, year or 0))


def _labels(dimensions: tuple[Dimension, ...], view: View, line: _Line) -> tuple[str, ...]:
    labels = [
        one.label(view, value) if value else one.none
        for one, value in zip(dimensions, line.values, strict=True)
    ]
    if line.remainder and not any(one.name == "source" for one in dimensions):
        labels[0] += " (not attributed)"
    return tuple(labels)


def _footer(entries: list[Entry]) -> list[tuple[str | None, _Sums]]:
    """Return the sums of each kind where there are several, and the sum of all."""
    kinds = [kind for kind in ("cash", "in-kind", None) if any(e.kind == kind for e in entries)]
    groups: list[tuple[str | None, _Sums]] = [
        (kind or "not stated", _by_year([e for e in entries if e.kind == kind]))
        for kind in kinds
        if len(kinds) > 1
    ]
    return [*groups, (kinds[0] if len(kinds) == 1 else None, _by_year(entries))]


def _by_year(entries: list[Entry]) -> _Sums:
    sums: _Sums = {}
    for entry in entries:
        sums[entry.year] = sums.get(entry.year, Decimal(0)) + entry.amount
    return sums
