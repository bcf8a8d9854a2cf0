"""Add funding up, exactly, by a dimension, year, currency, kind and stage."""

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from partnerreg.calc.entry import Entry
from partnerreg.calc.funding import expand
from partnerreg.calc.rates import Rates
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
from partnerreg.reports.totals.cells import Sum, cells_of, ordered
from partnerreg.reports.totals.dimensions import (
    Dimension,
    Grouping,
    View,
)
from partnerreg.reports.totals.entries import money_rows
from partnerreg.reports.totals.explain import explained
from partnerreg.reports.totals.notes import sums
from partnerreg.reports.totals.pivot import Layout, pivots
from partnerreg.reports.totals.selection import MoneySelection, in_years, is_wanted, with_types

_OWN = "year currency kind stage amount remainder records"
_OF_ORGANISATIONS = frozenset({"country", "source-type", "recipient-type"})


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
    cells, overlapping = cells_of(dimensions, view, entries)
    order = ordered({cell: one.amount for cell, one in cells.items()}, dimensions, view, layout)
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
    cells, _ = cells_of(dimensions, view, entries)
    sums = {cell: one.amount for cell, one in cells.items()}
    amounts = {cell: sums[cell] for cell in ordered(sums, dimensions, view, layout)}
    return pivots(dimensions, view, amounts, entries, layout)


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


def _vat_note(cells: Iterable[Sum]) -> tuple[Note, ...]:
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
