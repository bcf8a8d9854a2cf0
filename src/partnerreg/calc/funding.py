"""Expand an agreement's funding into amounts by year.

Budget rows are totals that a document states; lines say who pays. What the lines do not
explain of a budget is the remainder: see `calc.remainder`.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from partnerreg.calc.entry import Entry
from partnerreg.calc.remainder import Unclear, remainders
from partnerreg.calc.years import Remark, years
from partnerreg.model.parts import Budget, FundingStage, Line, Money
from partnerreg.model.records import Agreement


class Expansion(Struct, frozen=True):
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


def expand(agreement: Agreement, as_of: date, through: int | None = None) -> Expansion:
    """Return all money of an agreement as known on `as_of`; none where it was declined.

    Where the agreement itself is only planned or applied for, all its money is planned. Yearly
    money of an open or renewing agreement is counted through the as-of year, or a later `through`.
    """
    return expand_each(agreement, lambda _: as_of, through)


def expand_each(
    agreement: Agreement, as_of: Callable[[Money], date], through: int | None = None
) -> Expansion:
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
        read = years(one, agreement, as_of(one), through)
        readings.extend((one, remark) for remark in read.remarks)
        return read.years

    lines: list[Entry] = []
    for line in agreement.lines:
        if line.amount is not None or line.payments:
            for year in years_of(line):
                whole = _whole(agreement, line, year)
                lines += _parts(whole, line) if line.payments else (whole,)
    rows = [
        (row.amount is not None, _row(agreement, row, year))
        for row in agreement.budget
        for year in years_of(row)
    ]
    left, unclear = remainders(
        agreement,
        [row for is_known, row in rows if is_known],
        [one for one in lines if not one.is_repayment] if agreement.budget else [],
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


def _whole(agreement: Agreement, line: Line, year: int | None) -> Entry:
    """Return a line's amount as one entry. In a planned agreement all is planned."""
    amount = line.amount or Decimal(0)
    return Entry(
        agreement,
        line,
        year,
        -amount if line.repayment else amount,
        agreement.currency_of(line) or "",
        line.kind,
        "planned" if agreement.is_planned else line.stage,
        line.source_organisation,
        line.source_unit,
        agreement.recipient_of(line),
        payments=line.payments,
    )


def _parts(whole: Entry, line: Line) -> Iterator[Entry]:
    """Yield what has been paid of a line's amount as paid, the rest as the line's stage.

    Of an unknown amount what has been paid is known.
    """
    agreement, sign = whole.agreement, -1 if line.repayment else 1
    paid = tuple(one for one in line.payments if one.paid)
    part = sign * sum((one.amount for one in paid if one.amount), Decimal(0))
    rest = whole.amount - part if line.amount is not None else Decimal(0)
    if line.amount is not None and (agreement.is_planned or not part):
        yield whole
        return
    if part:
        stage: FundingStage = "planned" if agreement.is_planned else "paid"
        yield replace(whole, amount=part, stage=stage, payments=paid)
    if rest:
        still_open = tuple(one for one in line.payments if not one.paid)
        yield replace(whole, amount=rest, payments=still_open)


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
    have = {entry.year for entry in expansion.entries if entry.amount >= 0}  # no repayments
    have |= {one.year for one in expansion.unknown}
    first, last = agreement.period.start.first, agreement.end.last
    if not have or None in have or (last is None and not agreement.end.is_open):
        return []
    known = {year for year in have if year is not None}
    start = first.year if first else min(known)
    end = last.year if last else as_of.year
    if agreement.ended and agreement.ended.date.last:
        end = min(end, agreement.ended.date.last.year)
    return [year for year in range(start, end + 1) if year not in known]
