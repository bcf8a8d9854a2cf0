"""Evaluate yearly funding independently of the as-of date.

For rules whose verdict must not change from day to day. Open ends and renewals make yearly money
depend on the as-of day, which decides how many years there are, not what a year holds. Past the
last year that a record mentions each year is like the next. (A budget for a whole term is another
matter: see the note `over-budget`.)
"""

from datetime import date

from msgspec.structs import replace

from partnerreg.model.dates import parse
from partnerreg.model.parts import Money
from partnerreg.model.records import Agreement


def last_mentioned(agreement: Agreement) -> date:
    """Return the end of the year after the last that the record's money and period mention."""
    return date(min(max(_years(agreement), default=2000) + 1, 9999), 12, 31)


def first_day(agreement: Agreement, money: Money) -> date:
    """Return a day of the first year that a yearly amount counts in, whatever the as-of date.

    With an open end the amount then counts once: it has not yet grown with the as-of date.
    """
    first = money.from_.first if money.from_ else agreement.period.start.first
    years = {first.year} if first else _years(agreement)
    return date(min(years, default=2000), 12, 31)


def at_every_year(agreement: Agreement) -> Agreement:
    """Return the agreement with its yearly money in every year that it may ever count in.

    With an unknown start and an open end only the as-of year counts: from the first year that
    the record mentions, every year is one.
    """
    if agreement.period.start.is_known or not agreement.end.is_open:
        return agreement
    first = parse(str(min(_years(agreement), default=last_mentioned(agreement).year)))
    return replace(agreement, period=replace(agreement.period, start=first))


def _years(agreement: Agreement) -> set[int]:
    years: set[int] = set()
    dates = [agreement.period.start, agreement.end]
    if agreement.ended:
        dates.append(agreement.ended.date)
    if agreement.renewal and agreement.renewal.until:
        dates.append(agreement.renewal.until)
    for money in agreement.money:
        if money.year:
            years.add(money.year)
        dates += [day for day in (money.from_, money.until) if day]
    years |= {day.year for one in dates for day in (one.first, one.last) if day}
    return years
