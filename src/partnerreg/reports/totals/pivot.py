"""Pivot totals for people: a table a currency, a column a year."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from partnerreg.calc.entry import Entry
from partnerreg.output.report import Amount, Column, Row, Table
from partnerreg.reports.totals.dimensions import Dimension, View


class Cell(NamedTuple):
    """What one sum is of; `year` is None for sums of a whole term."""

    value: str | None
    year: int | None
    currency: str
    kind: str | None
    stage: str
    remainder: bool


class _Line(NamedTuple):
    value: str | None
    remainder: bool
    kind: str | None
    stage: str


def pivots(
    dimension: Dimension, view: View, cells: dict[Cell, Decimal], entries: tuple[Entry, ...]
) -> tuple[Table, ...]:
    """Return one table a currency; totals count every entry once, also where values overlap."""
    currencies = dict.fromkeys(cell.currency for cell in cells)
    return tuple(_pivot(dimension, view, cells, entries, currency) for currency in currencies)


def _pivot(
    dimension: Dimension,
    view: View,
    cells: dict[Cell, Decimal],
    entries: tuple[Entry, ...],
    currency: str,
) -> Table:
    own = {cell: amount for cell, amount in cells.items() if cell.currency == currency}
    years = _years(cell.year for cell in own)
    # A stage is shown only where planned money stands beside other money.
    staged = len({cell.stage == "planned" for cell in own}) > 1
    rows: dict[_Line, dict[int | None, Decimal]] = {}
    for cell, amount in own.items():
        stage = "planned" if staged and cell.stage == "planned" else ""
        line = rows.setdefault(_Line(cell.value, cell.remainder, cell.kind, stage), {})
        line[cell.year] = line.get(cell.year, Decimal(0)) + amount
    heads = [Column("value", dimension.title, wrap=True), Column("kind", "Kind")]
    if staged:
        heads.append(Column("stage", "Stage"))
    numbers = [Column(str(year), str(year) if year else "no year", "right") for year in years]
    if len(years) > 1:
        numbers.append(Column("total", "Total", "right"))
    return Table(
        (*heads, *numbers),
        tuple(
            _row(
                _label(dimension, view, line),
                line.kind or "not stated",
                line.stage if staged else None,
                sums,
                years,
                currency,
            )
            for line, sums in rows.items()
        ),
        title=currency,
        footer=_footer(
            [one for one in entries if one.currency == currency], years, currency, staged=staged
        ),
    )


def _years(years: Iterable[int | None]) -> list[int | None]:
    """Return the years in order, sums without a year last."""
    return sorted(set(years), key=lambda year: (year is None, year or 0))


def _label(dimension: Dimension, view: View, line: _Line) -> str:
    label = dimension.label(view, line.value) if line.value else dimension.none
    if line.remainder and dimension.name != "source":
        return f"{label} (not attributed)"
    return label


def _row(
    label: str,
    kind: str | None,
    stage: str | None,
    sums: dict[int | None, Decimal],
    years: list[int | None],
    currency: str,
) -> Row:
    head = (label, kind) if stage is None else (label, kind, stage)
    numbers = [Amount(sums[year], currency) if year in sums else None for year in years]
    if len(years) > 1:
        numbers.append(Amount(sum(sums.values(), Decimal(0)), currency))
    return (*head, *numbers)


def _footer(
    entries: list[Entry], years: list[int | None], currency: str, *, staged: bool
) -> tuple[Row, ...]:
    """Return a total a kind where there are several, and the total of all."""
    kinds = [kind for kind in ("cash", "in-kind", None) if any(e.kind == kind for e in entries)]
    groups = [(kind, [e for e in entries if e.kind == kind]) for kind in kinds if len(kinds) > 1]
    stage = "" if staged else None
    rows = [
        _row("Total", kind or "not stated", stage, _by_year(group), years, currency)
        for kind, group in groups
    ]
    whole = _by_year(entries)
    rows.append(_row("Total", kinds[0] if len(kinds) == 1 else None, stage, whole, years, currency))
    return tuple(rows)


def _by_year(entries: list[Entry]) -> dict[int | None, Decimal]:
    sums: dict[int | None, Decimal] = {}
    for entry in entries:
        sums[entry.year] = sums.get(entry.year, Decimal(0)) + entry.amount
    return sums
