"""Expand an agreement's funding into amounts by year.

Budget rows are totals that a document states; lines say who pays. What the lines do not
explain of a budget is the remainder: see `calc.remainder`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnerreg.calc.entry import Entry
from partnerreg.calc.remainder import Unclear, remainders
from partnerreg.calc.years import Remark, years
from partnerreg.model.parts import Budget, Money
from partnerreg.model.records import Agreement


@dataclass(frozen=True, slots=True)
class Expansion:
    """One agreement's money: its entries, and how they were read.

    `readings` are remarks with the line or row that they are about, `unknown` the lines and rows
    without an amount, `overspent` the entries (with negative amounts) where lines come to more
    than the budget, `unclear` the rows of which it cannot be known what is left.
    """

    entries: tuple[Entry, ...] = ()
    readings: tuple[tuple[Money, Remark], ...] = ()
    unknown: tuple[Money, ...] = ()
    overspent: tuple[Entry, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    bounded: tuple[Money, ...] = ()

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Every remark once."""
        return tuple(dict.fromkeys(remark for _, remark in self.readings))


def expand(agreement: Agreement, as_of: date) -> Expansion:
    """Return all money of an agreement as known on `as_of`; none where it was declined.

    Where the agreement itself is only planned or applied for, all its money is planned.
    """
    return expand_each(agreement, lambda _: as_of)


def expand_each(agreement: Agreement, as_of: Callable[[Money], date]) -> Expansion:
    """Return all money of an agreement, each line or row as known on a day of its own."""
    money = agreement.money
    if agreement.stage == "declined" or not money:
        return Expansion()
    readings: list[tuple[Money, Remark]] = []

    def years_of(one: Money) -> Iterable[int | None]:
        if one.per is None:
            return (one.year,)
        if one.per == "term":
            return (None,)
        read = years(one, agreement, as_of(one))
        readings.extend((one, remark) for remark in read.remarks)
        return read.years

    lines = [
        Entry(
            agreement,
            line,
            year,
            line.amount,
            agreement.currency_of(line) or "",
            line.kind,
            "planned" if agreement.is_planned else line.stage,
            line.source_organisation,
            line.source_unit,
            agreement.recipient_of(line),
        )
        for line in agreement.lines
        if line.amount is not None
        for year in years_of(line)
    ]
    rows = [
        (row.amount is not None, _row(agreement, row, year))
        for row in agreement.budget
        for year in years_of(row)
    ]
    left, unclear = remainders(
        agreement,
        [row for is_known, row in rows if is_known],
        lines,
        [row for is_known, row in rows if not is_known],
    )
    return Expansion(
        entries=(*lines, *(entry for entry in left if entry.amount > 0)),
        readings=tuple(readings),
        unknown=tuple(one for one in money if one.amount is None),
        overspent=tuple(entry for entry in left if entry.amount < 0),
        unclear=unclear,
        bounded=tuple(one for one in money if one.bound != "exact"),
    )


def _row(agreement: Agreement, row: Budget, year: int | None) -> Entry:
    """Return a budget row as an entry of its own, with its whole amount (0 where unknown)."""
    return Entry(
        agreement,
        row,
        year,
        row.amount or Decimal(0),
        agreement.currency_of(row) or "",
        row.kind,
        "planned" if agreement.is_planned else "agreed",
        recipient=agreement.usual_recipient(None),
        remainder=True,
    )


def missing_years(agreement: Agreement, expansion: Expansion, as_of: date) -> list[int]:
    """Return the years within a known period that have no figure, where others have one.

    An open end counts through the as-of year. Records with sums for a term are whole.
    """
    have = {entry.year for entry in expansion.entries}
    have |= {one.year for one in expansion.unknown}
    first, last = agreement.period.start.first, agreement.period.end.last
    if not have or None in have or (last is None and not agreement.period.end.is_open):
        return []
    known = {year for year in have if year is not None}
    start = first.year if first else min(known)
    end = last.year if last else as_of.year
    if agreement.ended and agreement.ended.date.last:
        end = min(end, agreement.ended.date.last.year)
    return [year for year in range(start, end + 1) if year not in known]
