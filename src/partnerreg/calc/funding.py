"""What an agreement's funding means: who pays how much in which year, and what is left over.

Budget rows are totals that a document states; lines say who pays. What the lines do not
explain of a budget is the remainder, per record, currency and calendar year.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from partnerreg.calc.years import Remark, years
from partnerreg.model.funding_lines import FundingKind, Line, Money
from partnerreg.model.records import Agreement

Stage = Literal["planned", "agreed", "paid"]


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
    stage: Stage
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
    money: tuple[Money, ...] = (*agreement.lines, *agreement.budget)
    if agreement.stage == "declined" or not money:
        return Expansion()
    remarks: list[Remark] = []
    lines = [
        Entry(
            agreement,
            line,
            year,
            line.amount,
            line.currency or "",
            line.kind,
            _stage(agreement, line),
            line.source,
            line.unit,
            line.recipient,
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


def _stage(agreement: Agreement, line: Line) -> Stage:
    return "planned" if agreement.is_planned else line.stage


def _when(
    money: Money, agreement: Agreement, as_of: date, remarks: list[Remark]
) -> Iterable[int | None]:
    when = money.when
    if when.per is None:
        return (when.year,)
    if when.per == "term":
        return (None,)
    read = years(when, agreement, as_of)
    remarks.extend(read.remarks)
    return read.years


def _remainders(
    agreement: Agreement, row: Money, row_years: Iterable[int | None], explained: "_Explained"
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
        row.currency or "",
        row.kind,
        "planned" if agreement.is_planned else "agreed",
        recipient=agreement.network,
        remainder=True,
    )
    for year in row_years:
        left = row.amount - sum(
            explained.get((row.currency, kind, year), Decimal(0))
            for kind in ((row.kind,) if row.kind else ("cash", "in-kind"))
        )
        yield replace(blank, year=year, amount=left)


_Explained = dict[tuple[str | None, FundingKind | None, int | None], Decimal]
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
