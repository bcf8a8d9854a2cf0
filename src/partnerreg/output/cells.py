"""Cells as text for people: amounts with thousands apart, missing values blank."""

from partnerreg.base.printable import clean
from partnerreg.model.money import digits_shown, shown
from partnerreg.output.report import Amount, Cell, Row, Table

Words = list[str]


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
