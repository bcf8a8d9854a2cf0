"""Read a sheet of a workbook (XLSX): numbers exactly, days as days, nothing guessed."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from xml.etree import ElementTree as ET

from partnerreg.authoring.importing.table import MOST_ROWS, Cell, Fault, Rows, built

_MOST_UNPACKED = 512 * 1024 * 1024
_MOST_TIMES = 200
"""How many times larger than its file a workbook may be unpacked: beyond is a bomb."""
_MOST_FAULTS = 20
_UNREADABLE = (ValueError, OSError, OverflowError, KeyError, NotImplementedError)
_MOST_COLUMNS = 2_000
_MOST_CELLS = 5_000_000
"""Cells of the rectangle that a sheet's corners span: a single one far out fills memory."""
_DIGITS = 15
"""Significant digits that a workbook keeps."""
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)


def from_workbook(raw: bytes, *, sheet: str | None, header: int) -> Rows:
    """Return the rows of a sheet, the first one without a name.

    A formula whose value was never stored is a fault: what it would come to is not known.
    """
    fault = _bomb(raw)
    if fault:
        return Rows(faults=(fault,))
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

    unreadable = (CalamineError, ET.ParseError, zipfile.BadZipFile, *_UNREADABLE)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        names = book.sheet_names
        if sheet is not None and sheet not in names:
            hint = f"its sheets: {', '.join(names)}"
            return Rows(faults=(Fault(0, f"the workbook has no sheet {sheet}", hint),))
        if not names:
            return Rows(faults=(Fault(0, "the workbook has no sheet"),))
        place = names.index(sheet) if sheet is not None else 0
        faults = tuple(islice(_faults_of_sheet(raw, names[place]), _MOST_FAULTS))
        if faults:
            return Rows(faults=faults)
        cells = book.get_sheet_by_index(place).to_python(skip_empty_area=False)
    except unreadable as error:
        said = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
        return Rows(faults=(Fault(0, f"the workbook cannot be read: {said}"),))
    return built(_rows(cells), header)


def _rows(cells: Sequence[Sequence[Any]]) -> Iterator[tuple[int, Sequence[Cell]] | Fault]:
    for number, row in enumerate(cells, 1):
        yield number, [_cell(cell) for cell in row]


def _cell(value: Any) -> Cell:
    """Return a cell: every number comes as a float, whose shortest text is what was typed."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        whole = number.to_integral_value()
        return Decimal(int(whole)) if number == whole else number
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value
    if isinstance(value, time | timedelta):
        return str(value)
    return str(value)


def _bomb(raw: bytes) -> Fault | None:
    """Return what is wrong with a workbook's packing: it may unpack to more than memory holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            whole = sum(one.file_size for one in packed.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return Fault(0, "the file is no workbook", "save it as .xlsx, or as CSV")
    if whole > _MOST_UNPACKED or (whole > 16 * 1024 * 1024 and whole > _MOST_TIMES * len(raw)):
        message = f"the workbook would unpack to {whole // 1024 // 1024} MB"
        return Fault(0, message, "save the sheet that you need as CSV")
    return None


def _faults_of_sheet(raw: bytes, name: str) -> Iterator[Fault]:
    """Yield what cannot be read in a sheet: formulas without a value, errors, numbers out of range.

    The file says what the reader does not: whether a cell without a value has a formula.
    """
    rows = columns = 0
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        path = _path_of_sheet(packed, name)
        if path is None:
            return
        number = column = 0
        with packed.open(path) as file:
            for _, node in ET.iterparse(file):  # noqa: S314  (its size is bounded above)
                tag = node.tag.rpartition("}")[2]
                if tag == "row":
                    number = column = 0
                    rows = max(rows, _row_number(node.get("r"), rows + 1))
                    node.clear()
                    continue
                if tag != "c":
                    continue
                found = _CELL.fullmatch(node.get("r") or "")
                if node.get("r") and not found:
                    yield Fault(0, f"the sheet has a cell {node.get('r')}, which there cannot be")
                    return
                column = _column_number(found[1]) if found else column + 1
                number = int(found[2]) if found else number
                rows, columns = max(rows, number), max(columns, column)
                if (
                    rows > MOST_ROWS + 1_000
                    or columns > _MOST_COLUMNS
                    or rows * columns > _MOST_CELLS
                ):
                    yield Fault(rows, f"the sheet reaches to row {rows}, column {columns}", _EMPTY)
                    return
                wrong = _wrong_cell(node)
                if wrong:
                    where = node.get("r") or f"column {column}"
                    yield Fault(number or rows + 1, f"{where} {wrong[0]}", wrong[1])
                node.clear()


_EMPTY = "remove what lies far out, or save the list as CSV"


def _wrong_cell(node: Any) -> tuple[str, str | None] | None:
    """Return what is wrong with a cell, and what to do; None where nothing is."""
    parts = {child.tag.rpartition("}")[2]: (child.text or "").strip() for child in node}
    value, kind = parts.get("v", ""), node.get("t", "n")
    if "f" in parts and not value and kind != "inlineStr":
        return "holds a formula without a value", "open it in a spreadsheet, and save it"
    if kind == "e":
        return f"holds an error ({value})", "mend the formula, and save it"
    if kind == "n" and value:
        if not _NUMBER.fullmatch(value):
            return f"holds {value[:20]}, which is no number", None
        digits = value.lower().partition("e")[0].replace(".", "").lstrip("-0")
        if len(digits.rstrip("0")) > _DIGITS + 2:
            return f"has more digits than a workbook keeps ({value[:24]})", "make it text"
    return None


_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?([eE][-+]?[0-9]{1,2})?", re.ASCII)


def _row_number(text: str | None, usual: int) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 9 else usual


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _path_of_sheet(packed: zipfile.ZipFile, name: str) -> str | None:
    """Return where a sheet lies in the workbook's package, by its name."""
    book = ET.fromstring(packed.read("xl/workbook.xml"))  # noqa: S314  (as far as memory holds)
    links = ET.fromstring(packed.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for node in book.iter():
        if node.tag.rpartition("}")[2] == "sheet" and node.get("name") == name:
            ids = (value for key, value in node.attrib.items() if key.endswith("}id"))
            target = targets.get(next(ids, ""), "")
            path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            return path if path in packed.namelist() else None
    return None
