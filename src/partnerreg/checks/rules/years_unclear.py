"""A yearly amount whose years do not follow from the record.

`per: year` counts the calendar years of the period. Where a side of the period that is used lies
within a year, `from` or `to` must say whether that year counts; where start and end are unknown, no
year does. Contract years that are not calendar years are lines of `per: term` with dates. A span of
more than 100 years is not believed, without an agreed end of more than 200 by the year 2100; nor
are amounts that come to more than 10,000 in one record by then.

Bad:
    period: {start: 2020-07-01, end: 2022}
    funding:
      currency: SEK
      lines:
        - {source: a-town, per: year, amount: 100}
Good:
    period: {start: 2020-07-01, end: 2022}
    funding:
      currency: SEK
      lines:
        - {source: a-town, per: year, from: 2021, amount: 100}
"""

from collections.abc import Iterator
from datetime import date

from partnerreg.calc.years import years
from partnerreg.checks.rule import Finding, RecordFile

CODE = "PR215"
NAME = "years-unclear"
SEVERITY = "error"
NEEDS = ("period", "ended", "renewal")
# An open end is judged as if it were this day: a span that is then believed is believed before.
_LATE = date(2100, 12, 31)
_MOST_OPEN = 200
MOST_AMOUNTS = 10_000
"""Amounts of one year that one record may come to: a small file could else hold any number."""


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield each yearly amount that needs `from` or `to`."""
    agreement = file.agreement
    if agreement is None:
        return
    amounts = 0
    for money in agreement.money:
        if money.per != "year":
            continue
        where = ("funding", money.list_name, money.index, "per")
        read = years(money, agreement, _LATE)
        problem = read.problem
        if len(read.years) > _MOST_OPEN:
            problem = f"more than {_MOST_OPEN} years by 2100"
        if problem:
            yield Finding(
                where,
                f"the years of this amount are not clear: {problem}",
                "for calendar years add from: YYYY and to: YYYY; for contract years write a "
                "line of per: term with from and to as dates for each",
            )
        amounts += len(read.years)
        if amounts > MOST_AMOUNTS:
            yield Finding(
                where,
                f"the yearly amounts of this record come to more than {MOST_AMOUNTS:,} by 2100",
                "give them a to: YYYY, or part the record",
            )
            return
