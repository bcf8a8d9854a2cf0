"""Add funding up, exactly, by a dimension, year, currency, kind and stage."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from partnerreg.base.collation import collated
from partnerreg.calc.entry import Entry
from partnerreg.calc.funding import expand
from partnerreg.calc.rates import Rates
from partnerreg.model.parts import Vat
from partnerreg.model.registry import Registry
from partnerreg.output.report import Amount, Note, Report, Table, columns
from partnerreg.reports.filters import may_concern
from partnerreg.reports.notes import (
    invalid_left_out,
    invalid_organisations,
    is_incomplete,
    note,
)
from partnerreg.reports.totals.bars import bars
from partnerreg.reports.totals.dimensions import (
    Dimension,
    Grouping,
    View,
    values_of,
)
from partnerreg.reports.totals.entries import money_rows
from partnerreg.reports.totals.explain import explained
from partnerreg.reports.totals.notes import sums
from partnerreg.reports.totals.pivot import Cell, Layout, Values, pivots
from partnerreg.reports.totals.selection import MoneySelection, in_years, is_wanted, with_types

Groups = tuple[Values, ...]
_OWN = "year currency kind stage amount remainder records"
_OF_ORGANISATIONS = frozenset({"country", "source-type", "recipient-type"})


class _Sum(Struct):
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


def totals(
    registry: Registry,
    as_of: date,
    *,
    grouping: Grouping = Grouping(),
    wanted: MoneySelection = MoneySelection(),
    rates: Rates | None = None,
    layout: Layout = Layout(),
    explain: bool = False,
) -> Report:
    """Return funding by one dimension or two, a row a cell.

    With `explain` each cell is taken apart into its lines, with file, line, stated figure and
    document. Raises `Failure` (2) for ids that the registry does not have.
    """
    dimensions = grouping.dimensions
    wanted = with_types(wanted, registry)
    entries, notes = money_rows(registry, as_of, wanted, rates)
    view = View(registry, as_of, grouping.has_units)
    cells, overlapping = _cells(dimensions, view, entries)
    order = _ordered({cell: one.amount for cell, one in cells.items()}, dimensions, view, layout)
    keys = [place for place, one in enumerate(dimensions) if one.column not in _OWN.split()]
    names = " ".join([*(dimensions[place].column for place in keys), _OWN])
    table = Table(
        columns(names, right=["amount"]),
        tuple(
            (
                *(cell.values[place] for place in keys),
                cell.year,
                cell.currency,
                cell.kind,
                cell.stage,
                Amount(cells[cell].amount, cell.currency),
                cell.remainder,
                cells[cell].record_count,
            )
            for cell in order
        ),
    )
    amounts = {cell: cells[cell].amount for cell in order}
    shown = pivots(dimensions, view, amounts, entries, layout)
    if any(note.code == "unconverted" for note in notes):
        shown = tuple(replace(one, title=f"{one.title}, not everything converted") for one in shown)
    if explain:
        table, cut = explained(registry, dimensions, view, entries)
        shown = (*shown, table)
        notes = (*notes, *cut)
    notes = (
        *notes,
        *_overlap_note(dimensions, overlapping),
        *_vat_note(cells.values()),
        *_invalid_left_out(registry, as_of, wanted),
    )
    if _OF_ORGANISATIONS & {one.name for one in dimensions}:
        notes += invalid_organisations(registry)
    if layout.change:
        notes = (*notes, *_change_note(shown))
    if not cells and wanted.years:
        notes = (*notes, *_other_years(registry, as_of, wanted, rates))
    failed = is_incomplete(notes)
    by = " and ".join(one.name for one in dimensions)
    title = f"Funding by {by}, as of {as_of}"
    return Report(
        title,
        table,
        notes,
        shown,
        failed=failed,
        name_of=registry.name_of,
        chart=lambda: bars(dimensions[0], view, amounts, entries),
    )


def tables_of(
    registry: Registry, as_of: date, entries: tuple[Entry, ...], grouping: Grouping
) -> tuple[Table, ...]:
    """Return some entries added up as people see them: a table a currency, a column a year."""
    dimensions, layout = grouping.dimensions, Layout()
    view = View(registry, as_of, grouping.has_units)
    cells, _ = _cells(dimensions, view, entries)
    sums = {cell: one.amount for cell, one in cells.items()}
    ordered = {cell: sums[cell] for cell in _ordered(sums, dimensions, view, layout)}
    return pivots(dimensions, view, ordered, entries, layout)


def _invalid_left_out(registry: Registry, as_of: date, wanted: MoneySelection) -> tuple[Note, ...]:
    """Return the note on files with errors, with what can be read of the money asked for."""
    concerned = may_concern(registry, wanted.filters, as_of, lines=True)
    entries = [
        entry
        for _, record in concerned
        if record
        for entry in expand(record, as_of, wanted.through).entries
        if entry.currency
        and not entry.remainder
        and is_wanted(entry, wanted)
        and in_years(entry, wanted.years)
    ]
    return invalid_left_out(registry, [path for path, _ in concerned], sums(entries))


def _cells(
    dimensions: tuple[Dimension, ...], view: View, entries: tuple[Entry, ...]
) -> tuple[dict[Cell, _Sum], list[str]]:
    cells: dict[Cell, _Sum] = {}
    overlapping: list[str] = []

    def add(cell: Cell, record: str, vat: Vat | None, amount: Decimal) -> None:
        total = cells.get(cell)
        if total is None:
            total = cells[cell] = _Sum(record)
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


def _ordered(
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


def _change_note(tables: Iterable[Table]) -> tuple[Note, ...]:
    """Return the note on a change that cannot be told, or that counts figures that are missing."""
    notes = []
    for table in tables:
        names = [column.name for column in table.columns]
        if "change" not in names:
            if any(column.align == "right" for column in table.columns):
                message = f"{table.title}: no change can be told from one year"
                notes.append(Note("change-incomplete", message))
            continue
        place = names.index("change")
        without = sum(row[place] is None for row in table.rows)
        if without:
            rows = "1 row has" if without == 1 else f"{without} rows have"
            message = f"{table.title}: {rows} no figure for one of the two years"
            notes.append(Note("change-incomplete", f"{message}: the total's change counts them"))
    return tuple(notes)


def _other_years(
    registry: Registry, as_of: date, wanted: MoneySelection, rates: Rates | None
) -> tuple[Note, ...]:
    """Return the note on the years for which there is money, where those asked for have none."""
    entries, _ = money_rows(registry, as_of, replace(wanted, years=None), rates)
    years = sorted({entry.year for entry in entries if entry.year is not None})
    if not years:
        return ()
    span = str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"
    return (Note("no-figures", f"no money of these years is recorded; there is some of {span}"),)


def _vat_note(cells: Iterable[_Sum]) -> tuple[Note, ...]:
    """Return the note on sums that add amounts with VAT to amounts without."""
    mixed = [
        record
        for cell in cells
        if cell.vats and cell.vats.keys() >= {"included", "excluded"}
        for vat in ("included", "excluded")
        for record in cell.vats[vat]
    ]
    message = "amounts of {n} with VAT and without it are added up in one sum"
    return (note("vat-mixed", sorted(set(mixed)), message),) if mixed else ()


def _overlap_note(dimensions: tuple[Dimension, ...], overlapping: list[str]) -> tuple[Note, ...]:
    if not overlapping:
        return ()
    ids = tuple(sorted(set(overlapping)))
    message = (
        f"sums of several {' and '.join(one.name for one in dimensions)} values overlap: "
        "each has the full amount, the total counts it once"
    )
    return (Note("overlapping", message, ids),)
