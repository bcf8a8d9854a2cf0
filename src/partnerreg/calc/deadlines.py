"""Compute an agreement's deadlines: end, notice, decision, open milestones."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from partnerreg.calc.term import End, effective_end, notice_day, term_with_notice_from
from partnerreg.model.dates import Duration, PartialDate, Precision
from partnerreg.model.money import digits_shown, shown
from partnerreg.model.records import Agreement

Event = Literal["end", "notice", "decide", "milestone", "payment"]


class Deadline(Struct, frozen=True):
    """One date: `day` is the last it may mean, `first` the earliest.

    `if_nothing` says what happens where nobody acts: ends, renews, option-lapses, or None. Of a
    payment `place` are the positions of the line and of the instalment in it, from 0, and `amount`
    is what is due (None: unknown), in `currency` (ISO 4217). `renewals` is the number of tacit
    renewals before the term that it belongs to.
    """

    agreement: Agreement
    event: Event
    day: date
    first: date
    precision: Precision
    if_nothing: str | None = None
    milestone: str | None = None
    place: tuple[int, int] | None = None
    amount: Decimal | None = None
    currency: str | None = None
    renewals: int = 0

    @property
    def words(self) -> str:
        """What falls due, for people."""
        if self.amount is not None and self.currency:
            digits = digits_shown([self.amount], self.currency)
            return f"payment {shown(self.amount, digits)} {self.currency}"
        return f"milestone {self.milestone}" if self.milestone else self.event

    def left(self, as_of: date) -> str:
        """Return the days left or gone by, for people; `≤` or `≥` where the day is not known."""
        days = (self.day - as_of).days
        exact = self.precision == "day"
        if days < 0:
            return f"{'' if exact else '≥ '}{-days} d ago"
        return f"{'' if exact else '≤ '}{days} d"


def deadlines(agreement: Agreement, at: date) -> Iterator[Deadline]:
    """Yield the deadlines of the term that holds at `at`, and every open milestone with a date.

    Of a tacitly renewing agreement the first day of notice on or after `at` is yielded, whichever
    term it belongs to.
    """
    end = effective_end(agreement, at)
    if end:
        yield _end(agreement, end)
        yield from _notice(agreement, end, at)
    yield from _decision(agreement, end)
    for milestone in agreement.milestones:
        due = milestone.due
        if milestone.done is None and due.first and due.last and due.precision:
            yield Deadline(
                agreement, "milestone", due.last, due.first, due.precision, milestone=milestone.id
            )


def open_payments(agreement: Agreement) -> Iterator[Deadline]:
    """Yield every instalment with a due date that has not been paid, as an event `payment`."""
    for line in agreement.lines:
        for payment in line.payments:
            due = payment.due
            if payment.paid is None and due.first and due.last and due.precision:
                yield Deadline(
                    agreement,
                    "payment",
                    due.last,
                    due.first,
                    due.precision,
                    place=(line.index, payment.index),
                    amount=payment.amount,
                    currency=agreement.currency_of(line),
                )


def _end(agreement: Agreement, end: End) -> Deadline:
    first = _first(end.day, end.precision)
    then = "renews" if end.renews else "ends"
    return Deadline(agreement, "end", end.day, first, end.precision, then, renewals=end.renewals)


def _before(
    agreement: Agreement, event: Event, end: End, length: Duration, if_nothing: str | None
) -> Deadline:
    """Return a deadline that is counted back from the end, as exactly as that is known."""
    day, first = notice_day(end.day, length), notice_day(_first(end.day, end.precision), length)
    return Deadline(agreement, event, day, first, end.precision, if_nothing, renewals=end.renewals)


def _notice(agreement: Agreement, end: End, at: date) -> Iterator[Deadline]:
    """Notice matters where something renews, or where the record does not say."""
    mode = agreement.renewal.mode if agreement.renewal else None
    notice = agreement.notice
    if notice is None or mode in {"none", "express"}:
        return
    if mode is None:
        if not _was_ended(agreement, end):
            yield _before(agreement, "notice", end, notice, None)
        return
    term = term_with_notice_from(agreement, notice, at)
    if term:
        yield _before(agreement, "notice", term, notice, "renews")


def _decision(agreement: Agreement, end: End | None) -> Iterator[Deadline]:
    """Yield the decision: a dated one whatever the end, one counted back where the end is known."""
    renewal = agreement.renewal
    if renewal is None or (end and _was_ended(agreement, end)):
        return
    tacitly = "renews" if end and end.renews else "ends"
    if_nothing = {"express": "option-lapses", "tacit": tacitly}.get(renewal.mode or "")
    if renewal.decide_before and end:
        yield _before(agreement, "decide", end, renewal.decide_before, if_nothing)
    by = renewal.decide_on
    if by and by.first and by.last and by.precision:
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
