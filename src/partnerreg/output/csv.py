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


DIALECTS = ("rfc", "excel")


def render(report: Report, dialect: str = "rfc") -> str:
    """Return the tidy rows as CSV; the notes are not part of it.

    The dialect `rfc` is RFC 4180 with plain line ends. `excel` is what a spreadsheet opens as a
    table where the decimal mark is a comma: a byte order mark, semicolons, decimal commas; names
    stand beside ids.
    """
    out = io.StringIO()
    table, mark, decimal = report.table, ",", "."
    if dialect == "excel":
        table, mark, decimal = report.with_names(), ";", ","
        out.write("\ufeff")
    writer = csv.writer(out, delimiter=mark, lineterminator="\n" if mark == "," else "\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([_cell(cell, decimal) for cell in row] for row in table.rows)
    return out.getvalue()


def _cell(cell: Cell, decimal: str = ".") -> str:
    if cell is None:
        return ""
    if isinstance(cell, Amount):
        return plain(cell.value, cell.currency).replace(".", decimal)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int):
        return str(cell)
    text = ";".join(cell) if isinstance(cell, tuple) else cell
    return clean(_FORMULA.sub(r"\1'", text))
