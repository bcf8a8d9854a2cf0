"""Spread sums for a whole term over calendar years."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

from msgspec.structs import replace

from partnerreg.calc.entry import Entry, term_of
from partnerreg.calc.years import MOST_YEARS
from partnerreg.model.money import rounded

Spread = Literal["none", "start", "days", "payments"]


def spread(entry: Entry, how: Spread) -> Iterator[Entry]:
    """Yield the entry's parts by year; the entry itself where it has a year or cannot be spread.

    `start` puts the sum into the start's year. `days` shares it out by inclusive days, rounding
    the running total, so that the parts make the sum to the last digit; not over centuries.
    `payments` puts each instalment into the year it falls due, else was paid; the rest has none.
    """
    first, last = term_of(entry)
    if how == "payments" and entry.year is None:
        yield from _by_payments(entry)
    elif how in {"none", "payments"} or entry.year is not None or first is None:
        yield entry
    elif how == "start":
        yield replace(entry, year=first.year)
    elif last is None or last < first or last.year - first.year >= MOST_YEARS:
        yield entry
    else:
        yield from _by_days(entry, first, last)


def _by_payments(entry: Entry) -> Iterator[Entry]:
    sums: dict[int, Decimal] = {}
    for payment in entry.payments:
        if payment.amount and payment.year:
            sums[payment.year] = sums.get(payment.year, Decimal(0)) + payment.amount
    sign = -1 if entry.is_repayment else 1
    rest = entry.amount - sign * sum(sums.values(), Decimal(0))
    for year, amount in sorted(sums.items()):
        yield replace(entry, year=year, amount=sign * amount)
    if rest or not sums:
        yield replace(entry, amount=rest)


def _by_days(entry: Entry, first: date, last: date) -> Iterator[Entry]:
    from fractions import Fraction  # noqa: PLC0415  (slow to import, and seldom needed)

    if not entry.amount:
        yield replace(entry, year=first.year)
        return
    days = last.toordinal() - first.toordinal() + 1
    daily, so_far = Fraction(entry.amount) / days, entry.amount * 0
    for year in range(first.year, last.year + 1):
        until = min(last, date(year, 12, 31)).toordinal() - first.toordinal() + 1
        total = rounded(daily * until, entry.currency)
        if total != so_far:
            yield replace(entry, year=year, amount=total - so_far)
        so_far = total
