"""Trace each sum back to record, file, line, stated figure and document."""

from collections import Counter

from partnerreg.base.printable import shortened
from partnerreg.calc.entry import Entry
from partnerreg.model.parts import Money
from partnerreg.model.registry import Registry
from partnerreg.output.report import Amount, Note, Row, Table, columns
from partnerreg.reports.notes import note
from partnerreg.reports.positions import LineOf, line_of
from partnerreg.reports.totals.dimensions import Dimension, View, values_of

MOST_ROWS = 5_000
"""Rows shown of one record: by themes or parties a small file could fill a disk."""
_COLUMNS = "year currency kind stage amount remainder record file line stated reference document"


def explained(
    registry: Registry, dimensions: tuple[Dimension, ...], view: View, entries: tuple[Entry, ...]
) -> tuple[Table, tuple[Note, ...]]:
    """Return a row for each line or budget row behind a total, in the order of the files.

    `file` is relative to the registry's root; `document` is the reference's title and publisher.
    A note says of which records only the first rows are shown.
    """
    own = _COLUMNS.split()
    keys = [place for place, one in enumerate(dimensions) if one.column not in own]
    names = " ".join([*(dimensions[place].column for place in keys), *own])

    line = line_of(registry)
    rows: list[Row] = []
    shown: Counter[str] = Counter()
    for entry in entries:
        record = entry.agreement.id
        groups = values_of(dimensions, view, entry) if shown[record] <= MOST_ROWS else ()
        row = _row(entry, line) if groups else ()
        for values in groups:
            shown[record] += 1
            if shown[record] > MOST_ROWS:
                break
            rows.append((*(values[place] for place in keys), *row))
    cut = [record for record, count in shown.items() if count > MOST_ROWS]
    message = f"of {{n}} only the first {MOST_ROWS:,} rows behind the sums are shown"
    notes = (note("explain-cut", cut, message),) if cut else ()
    table = Table(columns(names, right=["amount", "line"]), tuple(rows), title="Behind the sums")
    return table, notes


def _row(entry: Entry, line: LineOf) -> Row:
    agreement, origin = entry.agreement, entry.origin
    return (
        entry.year,
        entry.currency,
        entry.kind,
        entry.stage,
        Amount(entry.amount, entry.currency),
        entry.remainder,
        agreement.id,
        agreement.path,
        line(agreement.path, origin.list_name, origin.index),
        shortened(origin.stated, 150) if origin.stated else None,
        origin.reference,
        _document(entry, origin),
    )


def _document(entry: Entry, origin: Money) -> str | None:
    for reference in entry.agreement.references:
        if reference.id == origin.reference:
            publisher = f" ({reference.publisher})" if reference.publisher else ""
            # It stands beside every figure: a title of pages would fill gigabytes.
            return shortened(f"{reference.title}{publisher}", 150)
    return None
