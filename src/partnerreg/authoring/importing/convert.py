"""Read the cells of a list: days, numbers and codes, as its mapping says, never as a guess."""

import re
from datetime import date
from decimal import Decimal

from partnerreg.authoring.importing.table import Cell
from partnerreg.model import dates

_DIGITS = re.compile(r"[0-9]+", re.ASCII)
_SPACES = "[ \u00a0\u202f\u2009']"
_NUMBERS = {
    mark: re.compile(
        rf"[0-9]{{1,3}}(?:(?:{other}|{_SPACES})[0-9]{{3}})+(?:{re.escape(mark)}[0-9]+)?"
        rf"|[0-9]+(?:{re.escape(mark)}[0-9]+)?"
    )
    for mark, other in ((".", ","), (",", r"\."))
}
_MIDNIGHT = r"(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?"
_APART = re.compile(rf"([0-9]{{1,4}})[-./]([0-9]{{1,2}})[-./]([0-9]{{1,4}}){_MIDNIGHT}")
_PLACES = {"YMD": (1, 2, 3), "DMY": (3, 2, 1), "MDY": (3, 1, 2)}
_MOST_DIGITS = 15
"""Before the point: what a record's number may have."""
_WORDS = frozenset({"unknown", "open"})


class Unreadable(ValueError):  # noqa: N818  (what the cell is)
    """A cell that cannot be read as its mapping says; the message is for people."""


def text_of(cell: Cell) -> str | None:
    """Return a cell as text; a number as it was typed."""
    if cell is None:
        return None
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):  # one beyond measure would be a text of a gigabyte
        return format(cell, "f") if cell.is_finite() and abs(cell.adjusted()) < 40 else str(cell)
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def day_of(cell: Cell, order: str) -> str | int | None:
    """Return a date as a record has it: a day, a month or a year, unknown or open.

    `order` is that of a day's parts: YMD, DMY or MDY. Raises `Unreadable`.
    """
    if cell is None:
        return None
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        if cell.is_finite() and 1000 <= cell <= 2999 and cell == cell.to_integral_value():
            return int(cell)
        message = f"{str(cell)[:40]} is a number: give its column a date's format"
        raise Unreadable(message)
    if cell in _WORDS:
        return cell
    if re.fullmatch(r"[1-9][0-9]{3}", cell, re.ASCII):
        return int(cell)
    if re.fullmatch(r"[1-9][0-9]{3}-[0-9]{2}", cell, re.ASCII):
        return _checked(cell)
    found = _APART.fullmatch(cell)
    if not found:
        raise Unreadable(f"{cell[:40]} is no date in the order {order}")
    year, month, day = (found[place] for place in _PLACES[order])
    if len(year) != 4:
        raise Unreadable(f"{cell[:40]} is no date in the order {order}")
    return _checked(f"{year}-{int(month):02}-{int(day):02}")


def number_of(cell: Cell, decimal: str) -> Decimal | int | str | None:
    """Return an amount exactly, or `unknown`; `decimal` is the decimal mark.

    The other mark, a space or an apostrophe may part thousands. Raises `Unreadable`.
    """
    if cell is None:
        return None
    if isinstance(cell, date):
        raise Unreadable(f"{cell.isoformat()} is a date, not an amount")
    if isinstance(cell, Decimal):
        if not cell.is_finite() or cell.adjusted() >= _MOST_DIGITS:
            raise Unreadable(f"{str(cell)[:40]} has more than {_MOST_DIGITS} digits")
        if cell < 0:
            raise Unreadable(f"{format(cell, 'f')} is negative: a repayment is a line of its own")
        return _short(cell)
    if cell == "unknown":
        return cell
    if not _NUMBERS[decimal].fullmatch(cell):
        mark = "point" if decimal == "." else "comma"
        raise Unreadable(f"{cell[:40]} is no number with a decimal {mark}")
    whole, _, part = cell.partition(decimal)
    digits = "".join(_DIGITS.findall(whole)).lstrip("0") or "0"
    if len(digits) > _MOST_DIGITS or len(part) > _MOST_DIGITS:
        raise Unreadable(f"{cell[:40]} has more than {_MOST_DIGITS} digits")
    return _short(Decimal(f"{digits}.{part}" if part else digits))


def code_of(cell: Cell, width: int | None) -> str | None:
    """Return a register's number as text; one that lost its zeros gets them back by `width`.

    Raises `Unreadable` for one that is longer.
    """
    text = text_of(cell)
    if text is None or width is None:
        return text
    if len(text) > width:
        raise Unreadable(f"the code {text[:40]} has more than {width} characters")
    return text.rjust(width, "0") if text.isascii() and text.isalnum() else text


def _short(number: Decimal) -> Decimal | int:
    return int(number) if number == number.to_integral_value() else number


def _checked(text: str) -> str:
    try:
        dates.parse(text)
    except ValueError as error:
        raise Unreadable(str(error)) from None
    return text
