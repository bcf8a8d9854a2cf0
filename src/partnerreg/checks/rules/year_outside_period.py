"""Money belongs to a year outside the agreement's period.

It is counted all the same. A tacitly renewed agreement has no last year; money that was paid in the
year after the end is often the last instalment, and no fault. Planned money may lie in the years of
an option.

Bad:
    period: {start: 2020, end: 2022}
    funding:
      currency: SEK
      lines:
        - {source: a-town, year: 2024, amount: 100}
Good:
    period: {start: 2020, end: 2022}
    funding:
      currency: SEK
      lines:
        - {source: a-town, year: 2022, amount: 100}
"""

from collections.abc import Iterator
from datetime import MAXYEAR

from partnerreg.calc.term import is_tacit, last_end
from partnerreg.checks.rule import Finding, RecordFile
from partnerreg.model.parts import Line, Money

CODE = "PR211"
NAME = "year-outside-period"
SEVERITY = "warning"
NEEDS = ("period", "ended", "renewal")


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield each line and budget row with a year before the start or after the end."""
    agreement = file.agreement
    if agreement is None:
        return
    first, last = agreement.period.start.first, agreement.end.last
    if is_tacit(agreement):
        last = None
    if agreement.ended and agreement.ended.date.last:
        last = min(last or agreement.ended.date.last, agreement.ended.date.last)
    if first and last and last < first:
        return  # PR203 speaks of it, and the years follow from that
    options = None if agreement.ended else last_end(agreement)
    for money in agreement.money:
        allowed = last.year if last else MAXYEAR
        if isinstance(money, Line) and money.stage == "paid" and money.year and last:
            allowed += 1
        if isinstance(money, Line) and money.stage == "planned" and options:
            allowed = max(allowed, options.year)
        for key, year in _years(money):
            if (first and year < first.year) or year > allowed:
                yield Finding(
                    ("funding", money.list_name, money.index, key),
                    f"{year} lies outside the agreement's period",
                    "check the year, or the period",
                )


def _years(money: Money) -> Iterator[tuple[str, int]]:
    if money.year:
        yield "year", money.year
    if money.from_ and money.from_.first:
        yield "from", money.from_.first.year
    until = money.until
    if until and until.last:
        yield "to", until.last.year
