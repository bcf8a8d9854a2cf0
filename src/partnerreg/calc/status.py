"""Compute an agreement's status on a given day."""

from datetime import date
from typing import Literal, get_args

from partnerreg.calc.term import effective_end
from partnerreg.model.dates import Duration, PartialDate, shifted
from partnerreg.model.records import Agreement

Status = Literal[
    "declined",
    "ended",
    "planned",
    "upcoming",
    "expired",
    "suspended",
    "expiring",
    "active",
    "unknown",
]
STATUSES: tuple[Status, ...] = get_args(Status)
IN_FORCE = frozenset({"active", "expiring", "suspended", "unknown"})


def status(agreement: Agreement, as_of: date, expiring_within: Duration) -> Status:
    """Return the first status that fits at the end of the day `as_of`.

    `expiring_within` counts from `as_of`, both days included. An agreement that was ended on
    an unknown day has ended.
    """
    if agreement.stage == "declined":
        return "declined"
    if has_ended(agreement, as_of):
        return "ended"
    if agreement.is_planned:
        return "planned"
    start = known_start(agreement)
    if start.first and start.first > as_of:
        return "upcoming"
    end = effective_end(agreement, as_of)
    if end and end.day < as_of:
        return "expired"
    if agreement.stage == "suspended" or is_suspended(agreement, as_of):
        return "suspended"
    if end and end.day <= shifted(as_of, expiring_within):
        return "expiring"
    if agreement.period.start.is_known or end or agreement.end.is_open:
        return "active"
    return "active" if agreement.stage == "admitted" else "unknown"


def has_ended(agreement: Agreement, day: date) -> bool:
    """Whether somebody ended it before `day`; an end on an unknown day counts as before."""
    ended = agreement.ended
    return ended is not None and (ended.date.last is None or ended.date.last < day)


def is_suspended(agreement: Agreement, first: date, last: date | None = None) -> bool:
    """Whether the time from `first` through `last` (that day, without it) lies in a suspension.

    One without a known last day holds until further notice; one of unknown beginning is passed
    over.
    """
    return any(
        one.from_.first is not None
        and one.from_.first <= first
        and (one.to is None or one.to.last is None or (last or first) <= one.to.last)
        for one in agreement.suspended
    )


def active_on(agreement: Agreement, day: date) -> Literal["yes", "perhaps", "no"]:
    """Say whether an agreement held on `day`; perhaps, where that rests on an unknown date.

    It held unless it is planned, applied or declined, had ended, or is known to start later or
    to end earlier. Where no start is known it did not hold before it was admitted, else signed.
    """
    if agreement.stage == "declined" or agreement.is_planned:
        return "no"
    ended = agreement.ended
    if ended and ended.date.last and ended.date.last < day:
        return "no"
    start = known_start(agreement)
    if start.first and start.first > day:
        return "no"
    end = effective_end(agreement, day)
    if end and end.day < day:
        return "no"
    unsure = (
        not start.is_known
        or (end is None and not agreement.end.is_open)
        or (ended is not None and ended.date.last is None)
    )
    return "perhaps" if unsure else "yes"


def known_start(agreement: Agreement) -> PartialDate:
    """Return the start of the period; where that is unknown the admission, else the signature."""
    start = agreement.period.start
    for stand_in in (agreement.admitted, agreement.signed):
        if not start.is_known and stand_in and stand_in.is_known:
            start = stand_in
    return start
