"""An agreement's dates that somebody must know of: ends, notice, decisions, milestones."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from partnerreg.dates import Duration, PartialDate, Precision
from partnerreg.model import Agreement
from partnerreg.term import End, effective_end, is_tacit, notice_day

Event = Literal["end", "notice", "decide", "milestone"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """One date: `day` is the last it may mean, `first` the earliest.

    `if_nothing` says what happens where nobody acts: ends, renews, option-lapses, or None.
    """

    agreement: Agreement
    event: Event
    day: date
    first: date
    precision: Precision
    if_nothing: str | None = None
    milestone: str | None = None


def deadlines(agreement: Agreement, at: date) -> Iterator[Deadline]:
    """Yield the deadlines of the term that holds at `at`, and every open milestone with a date.

    Where the day for giving notice of a tacitly renewed term has passed at `at`, the next
    term's is yielded.
    """
    end = effective_end(agreement, at)
    if end:
        yield _at(agreement, "end", end, "renews" if end.renews else "ends")
        yield from _notice(agreement, end, at)
        yield from _decision(agreement, end)
    for milestone in agreement.milestones:
        due = milestone.due
        if milestone.done is None and due.first and due.last and due.precision:
            yield Deadline(
                agreement, "milestone", due.last, due.first, due.precision, milestone=milestone.id
            )


def _at(agreement: Agreement, event: Event, end: End, if_nothing: str | None) -> Deadline:
    return Deadline(
        agreement, event, end.day, _first(end.day, end.precision), end.precision, if_nothing
    )


def _notice(agreement: Agreement, end: End, at: date) -> Iterator[Deadline]:
    """Notice matters where something renews, or where the record does not say."""
    mode = agreement.renewal.mode if agreement.renewal else None
    if agreement.notice is None or mode in {"none", "express"} or _was_ended(agreement, end):
        return
    if mode is None:
        day = notice_day(end.day, agreement.notice)
        yield _at(agreement, "notice", End(day, end.precision), None)
        return
    if not end.renews:
        return
    day = notice_day(end.day, agreement.notice)
    if day < at and is_tacit(agreement):
        later = effective_end(
            agreement, date.fromordinal(min(end.day.toordinal() + 1, date.max.toordinal()))
        )
        if later is None or not later.renews or later.day <= end.day:
            return
        day = notice_day(later.day, agreement.notice)
    yield _at(agreement, "notice", End(day, end.precision), "renews")


def _decision(agreement: Agreement, end: End) -> Iterator[Deadline]:
    renewal = agreement.renewal
    if renewal is None or renewal.decide_by is None or _was_ended(agreement, end):
        return
    if_nothing = {"express": "option-lapses", "tacit": "renews"}.get(renewal.mode or "")
    by = renewal.decide_by
    if isinstance(by, Duration):
        yield _at(agreement, "decide", End(notice_day(end.day, by), end.precision), if_nothing)
    elif by.first and by.last and by.precision:
        yield Deadline(agreement, "decide", by.last, by.first, by.precision, if_nothing)


def _was_ended(agreement: Agreement, end: End) -> bool:
    """Whether that end is by somebody's act: nothing renews and no notice is due any more."""
    ended: PartialDate | None = agreement.ended.date if agreement.ended else None
    return ended is not None and ended.last == end.day


def _first(day: date, precision: Precision) -> date:
    """Return the first day that a date of this precision may mean."""
    if precision == "day":
        return day
    return day.replace(day=1) if precision == "month" else day.replace(month=1, day=1)
