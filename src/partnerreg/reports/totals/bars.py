"""Draw totals: bars a year, a series for each of the largest values of the first dimension."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from partnerreg.calc.entry import Entry
from partnerreg.output.chart import MOST_SERIES, Bars, Panel, Series
from partnerreg.reports.totals.dimensions import Dimension, Value, View
from partnerreg.reports.totals.pivot import Cell

_MOST_YEARS = 60
"""Beyond it years without figures are left out."""
_Sort = tuple[str | None, bool, bool]
"""Kind, whether planned, whether attributed: what is told apart by more than colour."""


def bars(
    dimension: Dimension, view: View, cells: Mapping[Cell, Decimal], entries: Iterable[Entry]
) -> Bars:
    """Return the sums as bars: of each currency at most eight values, and the rest as one.

    What is attributed to nobody is one of the eight. The largest value comes first.
    """
    counted: dict[str, dict[int | None, Decimal]] = {cell.currency: {} for cell in cells}
    for entry in entries:
        own = counted[entry.currency]
        own[entry.year] = own.get(entry.year, Decimal(0)) + entry.amount
    panels = []
    for currency, totals in counted.items():
        own_cells = {cell: sum_ for cell, sum_ in cells.items() if cell.currency == currency}
        panels.append(Panel(currency, _years(totals), _series(dimension, view, own_cells), totals))
    return Bars(tuple(panels))


def _years(totals: Mapping[int | None, Decimal]) -> tuple[int | None, ...]:
    """Return the years in order, those between them without figures too; the sum of none last."""
    known = sorted(year for year in totals if year is not None)
    between = bool(known) and known[-1] - known[0] < _MOST_YEARS
    span = range(known[0], known[-1] + 1) if between else known
    return (*span, None) if None in totals else tuple(span)


def _series(dimension: Dimension, view: View, cells: Mapping[Cell, Decimal]) -> tuple[Series, ...]:
    sizes: dict[Value, Decimal] = defaultdict(Decimal)
    for cell, amount in cells.items():
        sizes[cell.values[0]] += amount
    values = [value for value in sizes if value is not None]
    values.sort(key=lambda value: (-sizes[value], value))
    room = MOST_SERIES - (None in sizes)
    named = values if len(values) <= room else values[:room]
    places = {value: place for place, value in enumerate(named)}
    rest = len(values) - len(named)
    sums: dict[tuple[int, _Sort], dict[int | None, Decimal]] = {}
    for cell, amount in cells.items():
        value = cell.values[0]
        # Named ones in order, then the rest, then what is attributed to nobody.
        order = len(named) + 1 if value is None else places.get(value, len(named))
        sort: _Sort = (cell.kind, cell.stage == "planned", value is not None and not cell.remainder)
        own = sums.setdefault((order, sort), {})
        own[cell.year] = own.get(cell.year, Decimal(0)) + amount
    found = []
    for (order, (kind, planned, attributed)), amounts in sorted(sums.items(), key=_by_order):
        if order < len(named):
            label = dimension.label(view, named[order])
        else:
            label = f"{rest} more" if order == len(named) else dimension.none
        found.append(
            Series(
                label,
                amounts,
                order if order < len(named) else None,
                kind,  # type: ignore[arg-type]
                planned,
                attributed,
                is_nobodys=order > len(named),
            )
        )
    return tuple(found)


def _by_order(item: tuple[tuple[int, _Sort], object]) -> tuple[int, bool, str]:
    order, (kind, planned, _) = item[0]
    return order, planned, kind or "~"
