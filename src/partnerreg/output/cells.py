"""Format cells as text for people, and measure their width on a terminal."""

import unicodedata
from functools import lru_cache

from partnerreg.base.printable import clean
from partnerreg.model.money import digits_shown, shown
from partnerreg.output.report import Amount, Cell, Row, Table

Words = list[str]
_FIRST_MARK = "\u0300"
"""Below it every character takes one column: what takes none or two comes later in Unicode."""


def words(table: Table) -> tuple[list[Words], list[Words]]:
    """Return the rows and the footer as text; one table's amounts all have the same decimals."""
    cells = [cell for row in (*table.rows, *table.footer) for cell in row]
    amounts = [cell for cell in cells if isinstance(cell, Amount)]
    digits: dict[str, int] = {}
    for currency in {amount.currency for amount in amounts}:
        own = [amount.value for amount in amounts if amount.currency == currency]
        digits[currency] = digits_shown(own, currency)
    return [_row(row, digits) for row in table.rows], [_row(row, digits) for row in table.footer]


def _row(row: Row, digits: dict[str, int]) -> Words:
    return [_word(cell, digits) for cell in row]


def _word(cell: Cell, digits: dict[str, int]) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Amount):
        return shown(cell.value, digits[cell.currency])
    if isinstance(cell, bool):
        return "yes" if cell else ""
    if isinstance(cell, tuple):
        return clean(", ".join(cell))
    return clean(str(cell))


def width(text: str) -> int:
    """Return the columns that `text` takes."""
    if text.isascii() or max(text) < _FIRST_MARK:
        return len(text)
    # The same words stand in many rows of a table.
    return _short_width(text) if len(text) < 300 else sum(map(_character_width, text))


def padded(text: str, columns: int, *, right: bool) -> str:
    """Return `text` filled with spaces to that many columns."""
    space = " " * (columns - width(text))
    return space + text if right else text + space


def wrapped(text: str, columns: int) -> list[str]:
    """Return `text` in lines of at most that many columns, broken at spaces where there are any.

    Nothing is lost; a mark stays with the letter that it stands on.
    """
    lines: list[str] = [""]
    for word in text.split(" "):
        gap = " " if lines[-1] else ""
        if width(lines[-1] + gap + word) <= columns:
            lines[-1] += gap + word
            continue
        if lines[-1]:
            lines.append("")
        for character in word:
            if width(lines[-1] + character) > columns:
                lines.append("")
            lines[-1] += character
    return lines


def _character_width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


@lru_cache(maxsize=4096)
def _short_width(text: str) -> int:
    return sum(map(_character_width, text))
