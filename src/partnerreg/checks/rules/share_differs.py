"""An amount that is not the stated share of the budget.

`share` is what the document says the source pays, in per cent of the budget of the same time. The
amount may differ by one smallest unit of the currency, for rounding. Nothing is checked where the
budget or the amount is unknown or inexact, or where there is more than one budget to choose from.

Bad:
    funding:
      currency: EUR
      budget:
        - {year: 2020, amount: 100000}
      lines:
        - {source: a-town, year: 2020, amount: 80000, share: 85}
Good:
    funding:
      currency: EUR
      budget:
        - {year: 2020, amount: 100000}
      lines:
        - {source: a-town, year: 2020, amount: 85000, share: 85}
"""

from collections.abc import Iterator
from decimal import Decimal

from partnerreg.calc.day_independent import last_mentioned
from partnerreg.calc.years import times
from partnerreg.checks.rule import Finding, RecordFile
from partnerreg.model.codelists import minor_digits
from partnerreg.model.money import shown
from partnerreg.model.parts import Money
from partnerreg.model.records import Agreement

CODE = "PR229"
NAME = "share-differs"
SEVERITY = "warning"
NEEDS = ("period", "ended", "renewal", "funding")

Time = tuple[object, ...]


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield each amount that differs from its share of the one budget row of its time."""
    agreement = file.agreement
    if agreement is None or not any(line.share is not None for line in agreement.lines):
        return
    budgets: dict[Time, list[Decimal | None]] = {}
    for row in agreement.budget:
        exact = row.amount if row.bound == "exact" else None
        budgets.setdefault(_time(row, agreement), []).append(exact)
    for line in agreement.lines:
        of = budgets.get(_time(line, agreement), [])
        if line.share is None or line.amount is None or line.bound != "exact" or len(of) != 1:
            continue
        (budget,) = of
        currency = agreement.currency_of(line) or ""
        unit = Decimal(1).scaleb(-minor_digits(currency))
        if budget is None or abs(line.amount - budget * line.share / 100) <= unit:
            continue
        due = shown(budget * line.share / 100, minor_digits(currency))
        yield Finding(
            ("funding", "lines", line.index, "share"),
            f"{line.share.normalize():f} per cent of the budget is {due} {currency}".rstrip(),
            "check the amount, the share and the budget in the document",
        )


def _time(money: Money, agreement: Agreement) -> Time:
    """Return the currency and time of an amount: its years, or of a sum its first and last day."""
    currency = agreement.currency_of(money)
    if money.per == "term":
        first = money.from_.first if money.from_ else agreement.period.start.first
        last = money.until.last if money.until else agreement.end.last
        return currency, first, last
    return currency, *times(money, agreement, last_mentioned(agreement))
