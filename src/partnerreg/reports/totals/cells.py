"""Add entries up into cells, exactly, and put the cells into the order of the report."""

from collections import defaultdict
from decimal import Decimal

from msgspec import Struct

from partnerreg.base.collation import collated
from partnerreg.calc.entry import Entry
from partnerreg.model.parts import Vat
from partnerreg.reports.totals.dimensions import Dimension, View, values_of
from partnerreg.reports.totals.pivot import Cell, Layout, Values

Groups = tuple[Values, ...]


class Sum(Struct):
    """A sum, the records that it comes from, and the records by their VAT.

    Most sums come from one record: sets for more are made when they are needed.
    """

    record: str
    amount: Decimal = Decimal(0)
    more: set[str] | None = None
    vats: dict[Vat, set[str]] | None = None

    @property
    def record_count(self) -> int:
        """How many records it comes from."""
        return 1 + len(self.more or ())


def cells_of(
    dimensions: tuple[Dimension, ...], view: View, entries: tuple[Entry, ...]
) -> tuple[dict[Cell, Sum], list[str]]:
    """Return the sum of each cell, and the records that count in several values of a dimension.

    Such a record counts with its whole amount in each.
    """
    cells: dict[Cell, Sum] = {}
    overlapping: list[str] = []

    def add(cell: Cell, record: str, vat: Vat | None, amount: Decimal) -> None:
        total = cells.get(cell)
        if total is None:
            total = cells[cell] = Sum(record)
        total.amount += amount
        if record != total.record:
            total.more = total.more or set()
            total.more.add(record)
        if vat:
            total.vats = total.vats or {}
            total.vats.setdefault(vat, set()).add(record)

    every = [values_of(dimensions, view, entry) for entry in entries]
    if all(len(groups) == 1 for groups in every):  # the usual case, in half of the time
        for entry, (values,) in zip(entries, every, strict=True):
            add(_cell(values, entry), entry.agreement.id, entry.vat, entry.amount)
        return cells, overlapping
    # First a record's own sums: of hundreds of lines, each may count for hundreds of parties.
    own: dict[tuple[str, Groups, Cell, Vat | None], Decimal] = defaultdict(Decimal)
    for entry, groups in zip(entries, every, strict=True):
        own[entry.agreement.id, groups, _cell((), entry), entry.vat] += entry.amount
    for (record, groups, cell, vat), amount in own.items():
        if len(groups) > 1:
            overlapping.append(record)
        for values in groups:
            add(cell._replace(values=values), record, vat, amount)
    return cells, overlapping


def _cell(values: Values, entry: Entry) -> Cell:
    return Cell(values, entry.year, entry.currency, entry.kind, entry.stage, entry.remainder)


def ordered(
    cells: dict[Cell, Decimal], dimensions: tuple[Dimension, ...], view: View, layout: Layout
) -> list[Cell]:
    """Return the cells by currency, then by name or by the largest total; no value comes last."""
    first = view.registry.settings.currency
    totals: dict[tuple[str, Values], Decimal] = defaultdict(Decimal)
    if layout.by_amount:
        for cell, amount in cells.items():
            for depth in range(1, len(cell.values) + 1):
                totals[cell.currency, cell.values[:depth]] += amount

    flat = layout.by_amount and layout.top is not None  # pairs compete with each other

    def rank(currency: str, values: Values) -> tuple[object, ...]:
        whole = values if flat else ()
        return (
            -totals[currency, whole] if flat else 0,
            *(
                (
                    value is None,
                    -totals[currency, values[: depth + 1]] if layout.by_amount else 0,
                    collated(one.label(view, value) if value else ""),
                )
                for depth, (one, value) in enumerate(zip(dimensions, values, strict=True))
            ),
        )

    # Each value stands in many cells: it is ranked once, equal labels alike.
    ranks = {of: rank(*of) for of in dict.fromkeys((cell.currency, cell.values) for cell in cells)}
    places = {found: number for number, found in enumerate(sorted(set(ranks.values())))}

    def place(cell: Cell) -> tuple[object, ...]:
        return (
            cell.currency != first,
            cell.currency,
            places[ranks[cell.currency, cell.values]],
            cell.remainder,
            cell.year is None,
            cell.year or 0,
            cell.kind or "~",
            cell.stage,
        )

    return sorted(cells, key=place)
