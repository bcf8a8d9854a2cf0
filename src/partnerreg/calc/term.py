"""Compute when an agreement ends: recorded end, tacit renewal, an end by somebody's act."""

from collections.abc import Callable
from datetime import date

from msgspec import Struct

from partnerreg.model.dates import Duration, Precision, end_shifted
from partnerreg.model.records import Agreement

_MANY = 4_000_000
"""More terms of one day than the calendar has days."""


class End(Struct, frozen=True):
    """The last day of a term (inclusive), how exactly it is known, and what follows by itself.

    `renewals` says after how many tacit renewals the term is: 0 for the first one.
    """

    day: date
    precision: Precision
    renews: bool = False
    renewals: int = 0


def effective_end(agreement: Agreement, at: date) -> End | None:
    """Return the end of the term that holds at `at`; None where it is unknown or open.

    With tacit renewal it is the first term's end on or after `at`, after at most `times`
    renewals and not past `until`. It never lies after the last day of `ended.date`; where that is
    unknown an open or tacit end is unknown too.
    """
    ended = agreement.ended.date if agreement.ended else None
    if ended and ended.last is None and is_tacit(agreement):
        return None
    end = _renewed(agreement, at)
    if ended and ended.last and ended.precision and (end is None or ended.last <= end.day):
        return End(ended.last, ended.precision)
    return end


def is_tacit(agreement: Agreement) -> bool:
    """Whether the agreement renews itself, and by how much is known."""
    renewal = agreement.renewal
    return bool(renewal and renewal.mode == "tacit" and renewal.term and not renewal.term.is_zero)


def nth_end(agreement: Agreement, renewals: int) -> date | None:
    """Return the last day after that many tacit renewals; None where the end is not known."""
    end, renewal = agreement.end.last, agreement.renewal
    if end is None or renewal is None or renewal.term is None:
        return end
    moved = end_shifted(end, renewal.term, renewals)
    until = renewal.until.last if renewal.until else None
    return max(end, min(moved, until)) if until else moved


def notice_day(end: date, notice: Duration) -> date:
    """Return the last day for giving notice, counted back from the day after the end."""
    return end_shifted(end, notice, -1)


def term_with_notice_from(agreement: Agreement, notice: Duration, at: date) -> End | None:
    """Return the first term's end whose last day of notice is on or after `at`.

    Of a tacitly renewing agreement; a notice longer than a term looks several terms ahead. None
    where no term that renews has one. A term that somebody's act ends does not renew.
    """
    found = _with_notice(agreement, notice, at) if is_tacit(agreement) else None
    ended = agreement.ended.date if agreement.ended else None
    if found is None or not found.renews:
        return None
    if ended and (ended.last is None or ended.last <= found.day):
        return None
    return found


def first_end_with_notice(agreement: Agreement, notice: Duration, at: date) -> date | None:
    """Return the end of the first term that notice given on `at` can still end (inclusive).

    Of a tacitly renewing agreement; None where the last day of notice has passed for good.
    """
    found = _with_notice(agreement, notice, at)
    return found.day if found else None


def last_end(agreement: Agreement) -> date | None:
    """Return the last day after every renewal that the record allows (inclusive).

    That is `until` or the end after `times` terms, whichever is earlier. With neither it is the
    recorded end where renewals must be agreed; a tacit renewal then has no last.
    """
    end, renewal = agreement.end.last, agreement.renewal
    if end is None or renewal is None:
        return end
    limits = [renewal.until.last] if renewal.until and renewal.until.last else []
    if renewal.term and renewal.times is not None:
        limits.append(end_shifted(end, renewal.term, renewal.times))
    if limits:
        return max(end, min(limits))
    return None if renewal.mode == "tacit" else end


def _renewed(agreement: Agreement, at: date) -> End | None:
    recorded = agreement.end
    if recorded.last is None or recorded.precision is None:
        return None
    if not is_tacit(agreement):
        return End(recorded.last, recorded.precision)
    return _first_term(agreement, lambda end: end >= at)


def _with_notice(agreement: Agreement, notice: Duration, at: date) -> End | None:
    found = _first_term(agreement, lambda end: notice_day(end, notice) >= at)
    return found if found and notice_day(found.day, notice) >= at else None


def _first_term(agreement: Agreement, reached: Callable[[date], bool]) -> End | None:
    """Return the first term whose end has reached something, else the last there is.

    Of a tacitly renewing agreement; None where its end is not known.
    """
    most = _most_renewals(agreement)

    def is_reached(renewals: int) -> bool:
        end = nth_end(agreement, renewals)
        return end is None or reached(end)

    return _nth(agreement, _first(is_reached, most, agreement), most)


def _most_renewals(agreement: Agreement) -> int:
    renewal = agreement.renewal
    return _MANY if renewal is None or renewal.times is None else renewal.times


def _nth(agreement: Agreement, renewals: int, most: int) -> End | None:
    """Return the end after that many renewals, as exactly as the date it comes from is known."""
    day, further = nth_end(agreement, renewals), nth_end(agreement, renewals + 1)
    recorded, renewal = agreement.end, agreement.renewal
    if day is None or further is None or recorded.precision is None:
        return None
    precision = recorded.precision
    until = renewal.until if renewal else None
    if renewals and until and until.precision and renewal and renewal.term:
        assert recorded.last
        if end_shifted(recorded.last, renewal.term, renewals) > day:
            precision = until.precision
    return End(day, precision, renewals < most and further > day, renewals)


def _first(reached: Callable[[int], bool], most: int, agreement: Agreement) -> int:
    """Return the fewest renewals (at most `most`) that reach a day, by bisection.

    Where `until` or the calendar holds the end back, further renewals change nothing.
    """
    low, high = 0, most
    while low < high:
        middle = (low + high) // 2
        if reached(middle) or nth_end(agreement, middle) == nth_end(agreement, middle + 1):
            high = middle
        else:
            low = middle + 1
    return low
