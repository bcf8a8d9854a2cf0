"""`Rows`: a list as rows of cells, and how CSV text becomes one."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import Struct

Cell = str | Decimal | date | None
"""Text, a spreadsheet's own number or day, or nothing."""

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 200_000
MOST_CELL = 32_767
"""Letters in a cell: what a spreadsheet holds."""
_OTHER_ENCODINGS = ("cp1252", "cp1250", "cp850", "iso8859_2")
_DELIMITERS = ";,|\t"


class Fault(Struct, frozen=True):
    """What is wrong with a list, and in which of its rows (1 is the first); 0 is none."""

    row: int
    message: str
    hint: str | None = None


class Row(Struct, frozen=True):
    """One row: its number in the list, and its cells by heading."""

    number: int
    cells: dict[str, Cell]


class Rows(Struct, frozen=True):
    """A list: its headings and rows, and what is wrong with it."""

    headings: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()


def from_csv(raw: bytes, *, encoding: str | None, delimiter: str | None, header: int) -> Rows:
    """Return the rows of CSV text; its encoding is UTF-8 unless it is named, never guessed."""
    text = _decoded(raw, encoding)
    if isinstance(text, Fault):
        return Rows(faults=(text,))
    nul = text.find("\0")
    if nul >= 0:
        line = text.count("\n", 0, nul) + 1
        return Rows(faults=(Fault(line, "there is a NUL character in the text", "remove it"),))
    lines = text.split("\n", header)
    heading = lines[header - 1] if len(lines) >= header else ""
    mark = delimiter or _most_frequent(heading)
    csv.field_size_limit(MOST_CELL)
    reader = csv.reader(io.StringIO(text), delimiter=mark, strict=True)
    return built(_numbered(reader), header)


def _numbered(reader: Any) -> Iterator[tuple[int, Sequence[Cell]] | Fault]:
    """Yield each row with the number of its first line."""
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            said = str(error)
            if "field limit" in said:
                said = f"a cell has more than {MOST_CELL} letters"
            yield Fault(begins, f"cannot be read as CSV: {said}", "look at its quotes")
            return
        yield begins, cells


def built(found: Iterable[tuple[int, Sequence[Cell]] | Fault], header: int) -> Rows:
    """Return the rows below the headings; empty rows are passed over."""
    headings: tuple[str, ...] = ()
    rows: list[Row] = []
    faults: list[Fault] = []
    for place, one in enumerate(found, 1):
        if isinstance(one, Fault):
            faults.append(one)
            continue
        number, cells = one
        if place < header:
            continue
        if place == header:
            headings = tuple("" if cell is None else str(cell).strip() for cell in cells)
            while headings and not headings[-1]:
                headings = headings[:-1]
            faults += _of_headings(number, headings)
            if faults:
                break
            continue
        if len(rows) >= MOST_ROWS:
            faults.append(Fault(number, f"the list has more than {MOST_ROWS} rows", "part it"))
            break
        trimmed = [cell.strip() or None if isinstance(cell, str) else cell for cell in cells]
        if not any(cell is not None for cell in trimmed):
            continue
        beyond = [cell for cell in trimmed[len(headings) :] if cell is not None]
        if beyond or len(trimmed) < len(headings):
            message = f"the row has {len(trimmed)} cells, the headings are {len(headings)}"
            hint = "header: names the row of headings; a separator in a text needs quotes"
            faults.append(Fault(number, message, hint))
            continue
        wide = [cell for cell in trimmed if isinstance(cell, str) and len(cell) > MOST_CELL]
        if wide:
            faults.append(Fault(number, f"a cell has more than {MOST_CELL} letters"))
            continue
        rows.append(Row(number, dict(zip(headings, trimmed, strict=False))))
    if not headings and not faults:
        faults.append(Fault(0, "the list is empty", "it needs a row of headings"))
    return Rows(headings, tuple(rows), tuple(faults))


def _of_headings(number: int, headings: Sequence[str]) -> Iterator[Fault]:
    for place, heading in enumerate(headings, 1):
        if not heading:
            yield Fault(number, f"the heading of column {place} is empty", "give it a name")
    for heading, count in Counter(headings).items():
        if heading and count > 1:
            yield Fault(number, f"the heading {heading} stands there {count} times", "rename one")


def _most_frequent(heading: str) -> str:
    """Return the separator that stands most often among the headings, outside of quotes."""
    bare = re.sub(r'"[^"]*"', "", heading)
    return max(_DELIMITERS, key=bare.count) if any(m in bare for m in _DELIMITERS) else ","


def _decoded(raw: bytes, encoding: str | None) -> str | Fault:
    """Return the text; where the encoding is another one, what some would make of the line."""
    if encoding is None and raw[:3] == b"\xef\xbb\xbf":
        raw = raw[3:]
    elif encoding is None and raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        encoding = "utf-16"
    try:
        text = raw.decode(encoding or "utf-8")
        text.encode("utf-8")  # some encodings have halves of characters
    except LookupError:
        return Fault(0, f"there is no encoding {encoding}", "such as cp1252, or utf-8")
    except UnicodeEncodeError:
        return Fault(0, f"the text is not {encoding}", "name the encoding it was saved in")
    except UnicodeDecodeError as error:
        number = raw.count(b"\n", 0, error.start) + 1
        line = raw.split(b"\n")[number - 1][:120]
        shown = "; ".join(
            f"{name}: {line.decode(name, 'replace').strip()}" for name in _OTHER_ENCODINGS
        )
        return Fault(number, f"the text is not {encoding or 'UTF-8'}", f"as encoding {shown}")
    except UnicodeError:
        return Fault(0, f"the text is not {encoding}", "name the encoding it was saved in")
    return text
