"""Write a report as plain text: aligned, never wrapped or cut, no colour."""

from partnerreg.base.printable import clean
from partnerreg.output.cells import padded, width, words
from partnerreg.output.note_lines import note_lines
from partnerreg.output.report import NOTHING, Report, Table

GAP = "  "
_WIDEST = 200
"""A cell beyond this pushes on its own line only: one long title does not pad ten thousand."""


def render(report: Report) -> str:
    """Return the report as text for pipes, files and logs."""
    parts = [clean(report.title), *(_table(table) for table in report.shown or (NOTHING,))]
    lines = note_lines(report)
    if lines:
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _table(table: Table) -> str:
    rows, footer = words(table)
    head = [column.heading for column in table.columns]
    if not rows:
        return f"{table.title}\nnothing" if table.title else "nothing"
    widths = [
        min(max(map(width, column)), _WIDEST) for column in zip(head, *rows, *footer, strict=True)
    ]
    lines = [_line(head, widths, table), *(_line(row, widths, table) for row in rows)]
    if footer:
        lines.append(GAP.join("-" * w for w in widths))
        lines += (_line(row, widths, table) for row in footer)
    return "\n".join([table.title, *lines] if table.title else lines)


def _line(cells: list[str], widths: list[int], table: Table) -> str:
    aligned = [
        padded(cell, w, right=column.align == "right")
        for cell, w, column in zip(cells, widths, table.columns, strict=True)
    ]
    return GAP.join(aligned).rstrip()
