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
        currency = agreement.currency_of(money)
        where: Path = ("funding", money.list_name, money.index)
        amounts = [((*where, "amount"), money.amount)]
        if isinstance(money, Line):
            amounts += [
                ((*where, "payments", one.index, "amount"), one.amount) for one in money.payments
            ]
        for place, amount in amounts:
            if amount is None or currency is None:
                continue
            decimals = len(f"{amount:f}".partition(".")[2])
            allowed = minor_digits(currency)
            if decimals > allowed:
                yield Finding(
                    place,
                    f"{decimals} decimals; {currency} has {allowed}",
                    "the point is the decimal point; thousands are written together",
                )
