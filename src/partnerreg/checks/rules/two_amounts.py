"""Two amounts of one source for one time.

Two lines of the same source, recipient, time, currency, kind and `what` with different amounts are
both counted. That is right for two instalments; it is wrong where one line says what was agreed and
the other what has been paid of it.

Bad:
    funding:
      currency: SEK
      lines:
        - {source: a-town, year: 2020, amount: 100}
        - {source: a-town, year: 2020, amount: 40, stage: paid}
Good:
    funding:
      currency: SEK
      lines:
        - {source: a-town, year: 2020, amount: 60, what: rest}
        - {source: a-town, year: 2020, amount: 40, stage: paid, what: first instalment}
"""

from collections.abc import Iterator
from decimal import Decimal

from partnerreg.checks.rule import Finding, RecordFile
from partnerreg.checks.same_money import same_money
from partnerreg.model.codelists import minor_digits
from partnerreg.model.money import shown

CODE = "PR222"
NAME = "two-amounts"
SEVERITY = "warning"
NEEDS = ("period", "ended", "renewal")


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield the later of two lines that differ in their amount alone, with the sum of both."""
    for line, first in same_money(file.agreement, equal=False):
        assert file.agreement
        assert line.amount is not None
        assert first.amount is not None
        currency = file.agreement.currency_of(line) or ""
        hint = "say in what how they differ, such as first and second instalment"
        if {line.stage, first.stage} == {"agreed", "paid"}:
            hint = (
                "if one is paid out of the other, lower the agreed one to the rest, or use payments"
            )
        both = _shown(line.amount + first.amount, currency)
        message = f"counted besides funding line {first.index + 1}: {both} together"
        if (line.stage == "planned") != (first.stage == "planned"):
            message += ", where planned money is counted too"
        yield Finding(("funding", "lines", line.index), message, hint)


def _shown(amount: Decimal, currency: str) -> str:
    return f"{shown(amount, minor_digits(currency))} {currency}".strip()
