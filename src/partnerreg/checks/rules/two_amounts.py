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
from partnerreg.model.parts import Line

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
        later = max(
            (one for one in (line, first) if one.per == "year" or one.year),
            key=lambda one: (_start(one), one.per != "year", one.index),
            default=line,
        )
        earlier = first if later is line else line
        if earlier.per == "year" and _start(earlier) < _start(later):
            hint = (
                f"if the fee changed, give funding line {earlier.index + 1} to: {_start(later) - 1}"
            )
        if {line.stage, first.stage} == {"agreed", "paid"}:
            hint = (
                "if one is paid out of the other, lower the agreed one to the rest, or use payments"
            )
        both = _shown(line.amount + first.amount, currency)
        message = f"counted besides funding line {first.index + 1}: {both} together"
        if (line.stage == "planned") != (first.stage == "planned"):
            message += ", where planned money is counted too"
        yield Finding(("funding", "lines", line.index), message, hint)


def _start(line: Line) -> int:
    """Return the first year of a line that is for years; 0 where that is the period's."""
    return line.year or (line.from_.first.year if line.from_ and line.from_.first else 0)


def _shown(amount: Decimal, currency: str) -> str:
    return f"{shown(amount, minor_digits(currency))} {currency}".strip()
