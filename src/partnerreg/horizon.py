"""Days on which a record's money can be judged without asking what day it is.

Open ends and renewals make yearly money depend on the as-of day. Past the last year that a
record mentions nothing changes any more, so what holds on these days holds on every day.
"""

from datetime import date

from partnerreg.model import Agreement


def last_mentioned(agreement: Agreement) -> date:
    """Return the end of the year after the last that the record's money and period mention."""
    return date(min(max(_years(agreement), default=2000) + 1, 9999), 12, 31)


def days_that_matter(agreement: Agreement) -> list[date]:
    """Return the end of each year that the record mentions, and of the year after the last."""
    years = sorted(_years(agreement))
    return [*(date(year, 12, 31) for year in years), last_mentioned(agreement)]


def _years(agreement: Agreement) -> set[int]:
    years: set[int] = set()
    dates = [agreement.period.start, agreement.period.end]
    if agreement.ended:
        dates.append(agreement.ended.date)
    if agreement.renewal and agreement.renewal.until:
        dates.append(agreement.renewal.until)
    for money in (*agreement.lines, *agreement.budget):
        if money.when.year:
            years.add(money.when.year)
        dates += [day for day in (money.when.from_, money.when.to) if day]
    years |= {day.year for one in dates for day in (one.first, one.last) if day}
    return years
