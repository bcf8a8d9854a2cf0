"""Write a report as a workbook (XLSX): sums are numbers, days are days, text stays text."""

import io
import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from partnerreg.base.printable import clean
from partnerreg.model.codelists import minor_digits
from partnerreg.model.money import plain
from partnerreg.output.report import Amount, Cell, Column, Report, Table

_EXACT = 15
"""Significant digits that a spreadsheet keeps: a longer sum is text."""
_MOST = 32_767
"""Letters in a cell."""
_FIRST = date(1900, 3, 1)
"""Before it a spreadsheet's calendar is wrong: such a day is text."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_NAME = re.compile(r"[\[\]:*?/\\']")
_WIDEST = 60
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  (the same answer is the same file)


def render(report: Report) -> bytes:
    """Return the tidy rows as a workbook: a sheet a table, and one of the notes."""
    named = report.with_names()
    sheets = [("Rows", named), *_further(report)]
    return workbook(report.title, [*sheets, ("Notes", _notes(report))])


def workbook(title: str, sheets: Iterable[tuple[str, Table]]) -> bytes:
    """Return a workbook of tables, each on a sheet of its name; the same bytes for the same."""
    import xlsxwriter  # noqa: PLC0415  (slow to import, and only workbooks need it)

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": clean(title)[:255], "created": _MADE})
        formats = _Formats(book)
        for name, table in sheets:
            _fill(book.add_worksheet(_NAME.sub(" ", name)[:31]), table, formats)
    return out.getvalue()


class _Formats:
    """The formats of a workbook's cells, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[str, Any] = {}
        self.head = book.add_format({"bold": True})

    def number(self, digits: int) -> Any:
        """Return the format of sums with that many decimals."""
        return self.of(f"#,##0.{'0' * digits}" if digits else "#,##0")

    def of(self, text: str) -> Any:
        """Return the format that a spreadsheet writes so."""
        if text not in self._made:
            self._made[text] = self._book.add_format({"num_format": text})
        return self._made[text]


def _fill(sheet: Any, table: Table, formats: _Formats) -> None:
    widths = [len(column.name) + 3 for column in table.columns]
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.name, formats.head)
    for number, row in enumerate(table.rows, 1):
        for place, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            shown = _write(sheet, number, place, cell, column, formats)
            widths[place] = max(widths[place], min(shown + 2, _WIDEST))
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)
    if table.columns:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _write(sheet: Any, row: int, place: int, cell: Cell, column: Column, formats: _Formats) -> int:
    """Write one cell, and return how wide it is."""
    if cell is None:
        return 0
    if isinstance(cell, Amount):
        text = plain(cell.value, cell.currency)
        if len(Decimal(text).as_tuple().digits) > _EXACT:
            sheet.write_string(row, place, text)
        else:
            digits = formats.number(minor_digits(cell.currency))
            sheet.write_number(row, place, float(cell.value), digits)
        return len(text) + len(text) // 3
    if isinstance(cell, bool):
        sheet.write_boolean(row, place, cell)
        return 5
    if isinstance(cell, int):
        sheet.write_number(row, place, cell)
        return len(str(cell))
    text = clean("; ".join(cell) if isinstance(cell, tuple) else cell)
    day = _day(text) if column.date else None
    if day is not None:
        sheet.write_datetime(row, place, day, formats.of("yyyy-mm-dd"))
    else:
        sheet.write_string(row, place, text if len(text) <= _MOST else f"{text[: _MOST - 1]}…")
    return max(map(len, text.split("\n")), default=0)


def _day(text: str) -> datetime | None:
    """Return a day that a spreadsheet knows; None for months, years and days before 1900."""
    if not _DAY.fullmatch(text):
        return None
    found = date.fromisoformat(text)
    return datetime(found.year, found.month, found.day) if found >= _FIRST else None  # noqa: DTZ001


def _further(report: Report) -> list[tuple[str, Table]]:
    return [
        (name.capitalize(), value)
        for name, value in report.extra.items()
        if isinstance(value, Table) and value.columns
    ]


def _notes(report: Report) -> Table:
    heads = (Column("code"), Column("message"), Column("records"))
    return Table(heads, tuple((note.code, note.message, note.records) for note in report.notes))
