"""Payments that do not fit their line.

The instalments of a line come to its amount or less; the rest is without a date. They stand on a
line for one year or for the term, since those of a yearly amount would be due once each year; and
a line with payments is agreed or planned, since what has been paid says so itself.

Bad:
    funding:
      currency: SEK
      lines:
        - source: a-town
          year: 2020
          amount: 100
          payments:
            - {due: 2020-02-28, amount: 60}
            - {due: 2020-08-31, amount: 60}
Good:
    funding:
      currency: SEK
      lines:
        - source: a-town
          year: 2020
          amount: 100
          payments:
            - {due: 2020-02-28, amount: 60, paid: 2020-03-02}
            - {due: 2020-08-31, amount: 40}
"""

from collections.abc import Iterator
from decimal import Decimal

from partnerreg.checks.rule import Finding, RecordFile
from partnerreg.model.codelists import minor_digits
from partnerreg.model.money import shown
from partnerreg.model.parts import Line
from partnerreg.model.records import Agreement

CODE = "PR228"
NAME = "payments-misfit"
SEVERITY = "error"


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield each line that its payments do not fit."""
    agreement = file.agreement
    for line in agreement.lines if agreement else ():
        if not line.payments:
            continue
        where = ("funding", "lines", line.index)
        if line.per == "year":
            message = "payments stand on the line of one year, not on a yearly amount"
            yield Finding((*where, "per"), message, "write a line with year: YYYY for each year")
        if line.stage == "paid":
            message = "a line with payments is agreed: what has been paid has its date in paid"
            yield Finding((*where, "stage"), message, "remove stage, and give each payment paid")
        assert agreement
        yield from _too_much(agreement, line)


def _too_much(agreement: Agreement, line: Line) -> Iterator[Finding]:
    together = sum((one.amount for one in line.payments if one.amount), Decimal(0))
    if line.amount is not None and together > line.amount:
        currency = agreement.currency_of(line) or ""
        excess = shown(together - line.amount, minor_digits(currency))
        yield Finding(
            ("funding", "lines", line.index, "amount"),
            f"the payments come to {excess} {currency} more than this amount".replace("  ", " "),
            "check the amount and the payments in the document",
        )
