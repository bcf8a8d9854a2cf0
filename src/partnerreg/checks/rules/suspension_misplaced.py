"""A suspension that cannot be as it is recorded.

It lies outside of the agreement's time, or overlaps another one: then one of the dates is wrong.
What may be so, because a date is known by year or month only, is no fault.

Bad:
    period: {start: 2020, end: 2022}
    suspended:
      - {from: 2023-01-01, to: 2023-06-30}
Good:
    period: {start: 2020, end: 2022}
    suspended:
      - {from: 2021-01-01, to: 2021-06-30}
"""

from collections.abc import Iterator
from datetime import date

from partnerreg.calc.exits import latest_end
from partnerreg.checks.rule import Finding, RecordFile
from partnerreg.model.parts import Suspension

CODE = "PR226"
NAME = "suspension-misplaced"
SEVERITY = "error"
NEEDS = ("period", "ended", "renewal", "suspended")


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield each suspension outside of the agreement's time, or that overlaps an earlier one."""
    agreement = file.agreement
    if agreement is None or not agreement.suspended:
        return
    start, end = agreement.period.start.first, latest_end(agreement, date.min)
    earlier: list[Suspension] = []
    for one in agreement.suspended:
        where = ("suspended", one.index)
        first, last = one.from_.first, one.to.last if one.to else None
        if (start and last and last < start) or (end and first and first > end):
            yield Finding(
                where,
                "this suspension lies outside of the agreement's time",
                "check the dates of the suspension and of the period",
            )
        other = next((other for other in earlier if _overlap(one, other)), None)
        if other:
            yield Finding(
                where,
                f"this suspension overlaps suspension {other.index + 1}",
                "check the dates, or make one of the two",
            )
        earlier.append(one)


def _overlap(one: Suspension, other: Suspension) -> bool:
    """Whether two certainly share a day: neither can have ended before the other began."""
    return _earliest_end(one) >= _latest_start(other) and _earliest_end(other) >= _latest_start(one)


def _earliest_end(one: Suspension) -> date:
    if one.to is None:
        return date.max
    return max(one.to.first or date.min, one.from_.first or date.min)


def _latest_start(one: Suspension) -> date:
    last = one.to.last if one.to else None
    return min(one.from_.last or date.max, last or date.max)
