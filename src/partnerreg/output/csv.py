"""Write a report as CSV, safe against spreadsheet formulas."""

import csv
import io
import re

from partnerreg.base.printable import clean
from partnerreg.model.money import plain
from partnerreg.output.report import Amount, Cell, Report

# Half of Europe's spreadsheets part cells at semicolons, some at tabs: what begins like a formula
# there, behind quotes and blanks too, is one.
_FORMULA = re.compile(r"(^|[,;\t\r\n])(?=[\s\"']*[=+\-@＝＋－＠]|\t)")


def render(report: Report) -> str:
    """Return the tidy rows as CSV; the notes are not part of it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in report.table.columns])
    writer.writerows([_cell(cell) for cell in row] for row in report.table.rows)
    return out.getvalue()


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Amount):
        return plain(cell.value, cell.currency)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int):
        return str(cell)
    text = ";".join(cell) if isinstance(cell, tuple) else cell
    return clean(_FORMULA.sub(r"\1'", text))
