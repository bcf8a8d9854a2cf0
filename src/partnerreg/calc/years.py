"""Compute the calendar years of a `per: year` amount."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from partnerreg.calc.term import effective_end, is_tacit
from partnerreg.model.parts import Money
from partnerreg.model.records import Agreement

MOST_YEARS = 100
"""The longest recorded span of yearly money that is believed: a slip of the pen fills centuries."""
MOST_OPEN_YEARS = 300
"""The longest span of yearly money without an agreed end."""


class Remark(Struct, frozen=True):
    """How a reading went beyond the record: a note's code, the year it turns on."""

    code: str
    year: int


class Years(Struct, frozen=True):
    """The years of one amount; a problem where the record does not say enough."""

    years: range = range(0)
    remarks: tuple[Remark, ...] = ()
    problem: str | None = None


class _Side(Struct, frozen=True):
    year: int | None = None
    remarks: tuple[Remark, ...] = ()
    problem: str | None = None
    recorded: int | None = None  # the first year that is sure, where the start is not known


def years(money: Money, agreement: Agreement, as_of: date, through: int | None = None) -> Years:
    """Return the years of a `per: year` amount as known on `as_of`.

    `from` and `to` (inclusive) go before the period; a side of the period that is used must lie
    on a year's boundary. An unknown start leaves only the end's year, an unknown end only the
    start's, where the year of `ended.date` does not stand in for it. An open end and tacit renewal
    run through the as-of year, or through a later year `through`; with an unknown start they begin
    with the as-of year or the recorded end. Nothing lies after the year of `ended.date`.
    """
    limit = date(through, 12, 31) if through and through > as_of.year else as_of
    first, last = _first(money, agreement), _last(money, agreement, as_of, limit)
    problem = first.problem or last.problem
    if problem is None and first.year is None and last.year is None:
        problem = "neither the first nor the last year is known"
    if problem:
        return Years(problem=problem)
    remarks = list(first.remarks)
    if first.year is None:
        assert last.year is not None
        start, end = last.recorded or last.year, last.year
        remarks.append(Remark("start-unknown", start))
    elif last.year is None:
        start = end = first.year
        remarks.append(Remark("end-unknown", end))
    else:
        start, end = first.year, last.year
    if any(one.code == "continued" for one in last.remarks):
        end = min(end, start + MOST_OPEN_YEARS - 1)
    elif end - start >= MOST_YEARS:
        return Years(problem=f"more than {MOST_YEARS} years, which no agreement lasts")
    ended = agreement.ended.date.last if agreement.ended else None
    if ended and ended.year < end:
        end = ended.year
        if first.year is None:
            start = min(start, end) if agreement.end.is_open else end
        remarks = [*first.remarks, Remark("ended", end)]
    elif start > end:
        # What begins after an end that lies behind has its warning (PR211).
        remarks += [Remark("not-yet", start)] if start > limit.year else []
    else:
        remarks += last.remarks
    return Years(range(start, end + 1), tuple(remarks))


def _first(money: Money, agreement: Agreement) -> _Side:
    if money.from_ and money.from_.first:
        return _Side(money.from_.first.year)
    start = agreement.period.start.first
    if start is None:
        return _Side()
    if (start.month, start.day) != (1, 1):
        return _Side(problem=f"the period starts within {start.year}; from is needed")
    return _Side(start.year)


def _last(money: Money, agreement: Agreement, as_of: date, limit: date) -> _Side:
    until = money.until
    if until and until.last:
        return _Side(until.last.year)
    end = agreement.end
    if (
        agreement.ended
        and agreement.ended.date.last is None
        and (end.is_open or is_tacit(agreement))
    ):
        return _Side()  # it has ended, nobody knows when
    if end.is_open:
        return _Side(limit.year, (Remark("continued", limit.year),), recorded=as_of.year)
    if end.last is None:
        ended = agreement.ended.date.last if agreement.ended else None
        return _Side(ended.year, (Remark("ended", ended.year),)) if ended else _Side()
    if (end.last.month, end.last.day) != (12, 31):
        return _Side(problem=f"the period ends within {end.last.year}; to is needed")
    if is_tacit(agreement):
        renewed = effective_end(agreement, limit)
        year = min(limit.year, renewed.day.year) if renewed else end.last.year
        if year > end.last.year:
            return _Side(year, (Remark("continued", year),), recorded=end.last.year)
    return _Side(end.last.year)


def times(money: Money, agreement: Agreement, as_of: date) -> Iterable[int | None]:
    """Return the years that an amount is for; of a sum for the term the one None."""
    if money.per == "term":
        return (None,)
    if money.per == "year":
        return years(money, agreement, as_of).years
    return (money.year,)
