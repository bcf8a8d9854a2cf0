"""Compute when one could get out of an agreement, and when it ends at the latest."""

from datetime import date, timedelta

from partnerreg.calc.status import Status
from partnerreg.calc.term import effective_end, first_end_with_notice, is_tacit, last_end
from partnerreg.model.dates import shifted
from partnerreg.model.parts import NoticeTo
from partnerreg.model.records import Agreement

_OVER = frozenset({"ended", "expired", "declined", "planned", "upcoming"})
_MONTHS: dict[NoticeTo, int] = {
    "month-end": 1,
    "quarter-end": 3,
    "half-year-end": 6,
    "year-end": 12,
}


def earliest_exit(agreement: Agreement, at: date, status: Status) -> date | None:
    """Return the last day on which it would hold if notice were given on `at` (inclusive).

    `status` is the agreement's on that day. None where there is nothing to get out of, or where
    it cannot be known. Never after the day on which somebody ended it.
    """
    if status in _OVER:
        return None
    day = _exit(agreement, at)
    ended = _ended(agreement)
    return min(day, ended) if day and ended else day


def _exit(agreement: Agreement, at: date) -> date | None:
    notice = agreement.notice
    if not agreement.end.is_known:
        return period_end(shifted(at, notice), agreement.notice_to) if notice else _ended(agreement)
    end = effective_end(agreement, at)
    if end is None or not end.renews:
        return end.day if end else None
    if notice is None:
        return None
    return first_end_with_notice(agreement, notice, at) or latest_end(agreement, at)


def _ended(agreement: Agreement) -> date | None:
    return agreement.ended.date.last if agreement.ended else None


def period_end(day: date, notice_to: NoticeTo) -> date:
    """Return the end of the month, quarter, half-year or year that a day lies in, or the day."""
    months = _MONTHS.get(notice_to)
    if months is None:
        return day
    last_month = -(-day.month // months) * months
    after = (day.year, last_month + 1) if last_month < 12 else (day.year + 1, 1)
    return date.max if after[0] > date.max.year else date(*after, 1) - timedelta(days=1)


def latest_end(agreement: Agreement, at: date) -> date | None:
    """Return the last day on which it can hold (inclusive), whatever is renewed; `at` is today.

    None where no end is agreed or known, and where it renews itself without limit; the day on
    which somebody ended it, where that is known, is then the latest.
    """
    ended = agreement.ended.date if agreement.ended else None
    nothing_renews = ended is not None and ended.last is None
    if nothing_renews and is_tacit(agreement):
        return None
    mode = agreement.renewal.mode if agreement.renewal else None
    if mode in {"tacit", "express"} and not nothing_renews:
        day = last_end(agreement)
    else:
        found = effective_end(agreement, at)
        day = found.day if found else None
    known = ended.last if ended else None
    return min(day, known) if day and known else day or known
