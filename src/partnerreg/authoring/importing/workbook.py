"""Read a sheet of a workbook (XLSX): numbers exactly, days as days, nothing guessed."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from partnerreg.authoring.importing.table import Cell, Fault, Rows, built

_MOST_UNPACKED = 512 * 1024 * 1024
_MOST_TIMES = 200
"""How many times larger than its file a workbook may be unpacked: beyond is a bomb."""
_WITHOUT_VALUE = re.compile(
    rb"<c\b[^>]*\br=\"([A-Z]{1,3}[0-9]{1,7})\"[^>]*>\s*<f[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>"
)


def from_workbook(raw: bytes, *, sheet: str | None, header: int) -> Rows:
    """Return the rows of a sheet, the first one without a name.

    A formula whose value was never stored is a fault: what it would come to is not known.
    """
    fault = _bomb(raw)
    if fault:
        return Rows(faults=(fault,))
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        names = book.sheet_names
        if sheet is not None and sheet not in names:
            hint = f"its sheets: {', '.join(names)}"
            return Rows(faults=(Fault(0, f"the workbook has no sheet {sheet}", hint),))
        if not names:
            return Rows(faults=(Fault(0, "the workbook has no sheet"),))
        place = names.index(sheet) if sheet is not None else 0
        found = book.get_sheet_by_index(place)
        cells = found.to_python(skip_empty_area=False)
    except (CalamineError, ValueError, OSError, OverflowError) as error:
        said = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
        return Rows(faults=(Fault(0, f"the workbook cannot be read: {said}"),))
    faults = tuple(_without_values(raw, place))
    if faults:
        return Rows(faults=faults)
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


def _without_values(raw: bytes, place: int) -> Iterator[Fault]:
    """Yield the formulas of the sheet that have no stored value."""
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        sheets = (n for n in packed.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", n))
        names = sorted(sheets, key=lambda name: int(re.findall(r"\d+", name)[-1]))
        if place >= len(names):
            return
        text = packed.read(names[place])
    for found in list(_WITHOUT_VALUE.finditer(text))[:20]:
        where = found[1].decode("ascii")
        number = int(re.sub(r"[A-Z]+", "", where))
        message = f"{where} holds a formula without a value"
        yield Fault(number, message, "open it in a spreadsheet, save it, and import again")
