"""Expand an agreement's funding into amounts by year, and compute what budgets leave over.

Budget rows are totals that a document states; lines say who pays. What the lines do not
explain of a budget is the remainder, per record, currency and calendar year.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from partnerreg.calc.years import Remark, years
from partnerreg.model.parts import Budget, FundingKind, FundingStage, Line, Money
from partnerreg.model.records import Agreement


@dataclass(frozen=True, slots=True)
class Entry:
    """An amount of one year (None: of the whole term), in its own currency.

    `origin` is the line, or for a remainder the budget row, that it comes from. A remainder has
    no source, and no kind where the budget covers both.
    """

    agreement: Agreement
    origin: Money
    year: int | None
    amount: Decimal
    currency: str
    kind: FundingKind | None
    stage: FundingStage
    source: str | None = None
    unit: str | None = None
    recipient: str | None = None
    remainder: bool = False


@dataclass(frozen=True, slots=True)
class Expansion:
    """One agreement's money: its entries, and how they were read.

    `unknown` are the lines and rows without an amount, `overspent` the entries (with negative
    amounts) where lines come to more than the budget.
    """

    entries: tuple[Entry, ...] = ()
    remarks: tuple[Remark, ...] = ()
    unknown: tuple[Money, ...] = ()
    overspent: tuple[Entry, ...] = ()
    bounded: tuple[Money, ...] = ()


def expand(agreement: Agreement, as_of: date) -> Expansion:
    """Return all money of an agreement as known on `as_of`; none where it was declined.

    Where the agreement itself is only planned or applied for, all its money is planned.
    """
    money = agreement.money
    if agreement.stage == "declined" or not money:
        return Expansion()
    remarks: list[Remark] = []
    lines = [
        Entry(
            agreement,
            line,
            year,
            line.amount,
            agreement.currency_of(line) or "",
            line.kind,
            _stage(agreement, line),
            line.source_organisation,
            line.source_unit,
            agreement.recipient_of(line),
        )
        for line in agreement.lines
        if line.amount is not None
        for year in _when(line, agreement, as_of, remarks)
    ]
    explained = _explained(agreement, lines) if agreement.budget else {}
    left = [
        entry
        for row in agreement.budget
        if row.amount is not None
        for entry in _remainders(agreement, row, _when(row, agreement, as_of, remarks), explained)
        if entry.amount
    ]
    return Expansion(
        entries=(*lines, *(entry for entry in left if entry.amount > 0)),
        remarks=tuple(dict.fromkeys(remarks)),
        unknown=tuple(one for one in money if one.amount is None),
        overspent=tuple(entry for entry in left if entry.amount < 0),
        bounded=tuple(one for one in money if one.bound != "exact"),
    )


def _stage(agreement: Agreement, line: Line) -> FundingStage:
    return "planned" if agreement.is_planned else line.stage


def _when(
    money: Money, agreement: Agreement, as_of: date, remarks: list[Remark]
) -> Iterable[int | None]:
    if money.per is None:
        return (money.year,)
    if money.per == "term":
        return (None,)
    read = years(money, agreement, as_of)
    remarks.extend(read.remarks)
    return read.years


def _remainders(
    agreement: Agreement, row: Budget, row_years: Iterable[int | None], explained: "_Explained"
) -> Iterator[Entry]:
    """Yield the row's amount less the lines it covers.

    A row for the whole term is compared with all lines of the record.
    """
    assert row.amount is not None
    blank = Entry(
        agreement,
        row,
        None,
        row.amount,
        agreement.currency_of(row) or "",
        row.kind,
        "planned" if agreement.is_planned else "agreed",
        recipient=agreement.network,
        remainder=True,
    )
    for year in row_years:
        left = row.amount - sum(
            explained.get((blank.currency, kind, year), Decimal(0))
            for kind in ((row.kind,) if row.kind else ("cash", "in-kind"))
        )
        yield replace(blank, year=year, amount=left)


_Explained = dict[tuple[str, FundingKind | None, int | None], Decimal]
"""What lines come to by currency, kind and year; under the year None all of them."""


def _explained(agreement: Agreement, lines: list[Entry]) -> _Explained:
    """Add up the lines that explain a budget: planned lines of an agreed agreement do not."""
    sums: _Explained = {}
    for line in lines:
        if line.stage != "planned" or agreement.is_planned:
            for year in {line.year, None}:
                key = (line.currency, line.kind, year)
                sums[key] = sums.get(key, Decimal(0)) + line.amount
    return sums


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
