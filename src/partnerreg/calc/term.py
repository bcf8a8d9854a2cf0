"""Compute when an agreement ends: recorded end, tacit renewal, an end by somebody's act."""

from dataclasses import dataclass
from datetime import date

from partnerreg.model.dates import Duration, PartialDate, Precision, end_shifted
from partnerreg.model.records import Agreement

_MANY = 4_000_000
"""More terms of one day than the calendar has days."""


@dataclass(frozen=True, slots=True)
class End:
    """The last day of a term (inclusive), how exactly it is known, and what follows by itself."""

    day: date
    precision: Precision
    renews: bool = False


def effective_end(agreement: Agreement, at: date) -> End | None:
    """Return the end of the term that holds at `at`; None where it is unknown or open.

    With tacit renewal it is the first term's end on or after `at`, after at most `times`
    renewals and not past `until`. It never lies after the last day of `ended.date`.
    """
    end = _renewed(agreement, at)
    ended = agreement.ended.date if agreement.ended else None
    if ended and ended.last and ended.precision and (end is None or ended.last <= end.day):
        return End(ended.last, ended.precision)
    return end


def is_tacit(agreement: Agreement) -> bool:
    """Whether the agreement renews itself, and by how much is known."""
    renewal = agreement.renewal
    return bool(renewal and renewal.mode == "tacit" and renewal.term and not renewal.term.is_zero)


def nth_end(agreement: Agreement, renewals: int) -> date | None:
    """Return the last day after that many tacit renewals; None where the end is not known."""
    end, renewal = agreement.period.end.last, agreement.renewal
    if end is None or renewal is None or renewal.term is None:
        return end
    moved = end_shifted(end, renewal.term, renewals)
    until = renewal.until.last if renewal.until else None
    return max(end, min(moved, until)) if until else moved


def notice_day(end: date, notice: Duration) -> date:
    """Return the last day for giving notice, counted back from the day after the end."""
    return end_shifted(end, notice, -1)


def _renewed(agreement: Agreement, at: date) -> End | None:
    recorded: PartialDate = agreement.period.end
    if recorded.last is None or recorded.precision is None:
        return None
    if not is_tacit(agreement):
        return End(recorded.last, recorded.precision)
    renewal = agreement.renewal
    most = _MANY if renewal is None or renewal.times is None else renewal.times
    renewals = _first_reaching(agreement, at, most)
    day = nth_end(agreement, renewals) or recorded.last
    further = nth_end(agreement, renewals + 1)
    renews = renewals < most and further is not None and further > day
    return End(day, recorded.precision, renews)


def _first_reaching(agreement: Agreement, at: date, most: int) -> int:
    """Return the fewest renewals (at most `most`) whose end is on or after `at`, by bisection."""
    low, high = 0, most
    while low < high:
        middle = (low + high) // 2
        end = nth_end(agreement, middle)
        # Where `until` holds the end back, further renewals change nothing: stop at the first.
        if end is None or end >= at or end == nth_end(agreement, middle + 1):
            high = middle
        else:
            low = middle + 1
    return low
