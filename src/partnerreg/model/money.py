"""Round amounts to a currency's minor unit, and format them."""

from decimal import Decimal
from typing import TYPE_CHECKING

from partnerreg.model.codelists import minor_digits

if TYPE_CHECKING:
    from fractions import Fraction


def rounded(amount: "Fraction", currency: str) -> Decimal:
    """Return `amount` rounded once, half to even, to the currency's minor unit (ISO 4217)."""
    digits = minor_digits(currency)
    # Built from text: arithmetic would round to the context's 28 digits.
    return Decimal(f"{round(amount * 10**digits)}E-{digits}")


def plain(amount: Decimal, currency: str) -> str:
    """Return `670000.00`: the currency's minor digits, a point, no separators."""
    return f"{amount:.{minor_digits(currency)}f}"


def shown(amount: Decimal, digits: int) -> str:
    """Return `670,000`, for people: thousands apart, `digits` decimals."""
    return f"{amount:,.{digits}f}"


def digits_shown(amounts: list[Decimal], currency: str) -> int:
    """Return the decimals a column needs: none where all its amounts are whole."""
    if all(amount == amount.to_integral_value() for amount in amounts):
        return 0
    return minor_digits(currency)
