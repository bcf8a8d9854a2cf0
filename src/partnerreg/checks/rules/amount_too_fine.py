"""An amount is finer than its currency's smallest unit.

SEK has two decimals, JPY none (ISO 4217). Often a point that separates thousands was meant.

Bad:
    funding:
      currency: SEK
      lines:
        - {source: a-town, year: 2020, amount: 670.000}
Good:
    funding:
      currency: SEK
      lines:
        - {source: a-town, year: 2020, amount: 670000}
"""

from collections.abc import Iterator
from decimal import Decimal

from partnerreg.base.problems import Path
from partnerreg.checks.rule import Finding, RecordFile
from partnerreg.model.codelists import minor_digits
from partnerreg.model.parts import Line

CODE = "PR205"
NAME = "amount-too-fine"
SEVERITY = "error"


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield each amount with more decimals than its currency has."""
    agreement = file.agreement
    if agreement is None:
        return
    for money in agreement.money:
        payments = money.payments if isinstance(money, Line) else ()
        digits = [_decimals(money.amount), *(_decimals(one.amount) for one in payments)]
        currency = agreement.currency_of(money) if any(digits) else None
        if currency is None:
            continue
        allowed = minor_digits(currency)
        where: Path = ("funding", money.list_name, money.index)
        places = [where, *((*where, "payments", one.index) for one in payments)]
        for place, decimals in zip(places, digits, strict=True):
            if decimals > allowed:
                yield Finding(
                    (*place, "amount"),
                    f"{decimals} decimals; {currency} has {allowed}",
                    "the point is the decimal point; thousands are written together",
                )


def _decimals(amount: Decimal | None) -> int:
    return -min(int(amount.as_tuple().exponent), 0) if amount is not None else 0
