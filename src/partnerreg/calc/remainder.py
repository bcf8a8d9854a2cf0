"""Compute what the lines of an agreement leave over of its budgets.

A row for a year is compared with the lines of that year, a row for the whole term with all lines,
a row for a part of the term with the lines whose time lies within it. Nothing is left over where
that cannot be known: where lines are in another currency, or overlap a part.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct, field
from msgspec.structs import replace

from partnerreg.calc.entry import Entry, span_of, term_of
from partnerreg.model.parts import FundingKind
from partnerreg.model.records import Agreement

Time = int | tuple[date, date]
"""A calendar year, or the first and last day of a part of the term; unbounded for the whole."""


class Unclear(Struct, frozen=True):
    """A budget row of which it cannot be known what is left, and why: a note's code.

    `row` is what the document states, `lines` what stands beside it: lines in other currencies
    (`remainder-mixed-currency`) or that overlap a part of the term (`remainder-crosses-part`).
    """

    code: str
    row: Entry
    lines: tuple[Entry, ...]


class _Group(Struct):
    """Lines of one time, currency and kind: what rows are compared with."""

    year: int | None
    first: date
    last: date
    currency: str
    kind: FundingKind | None
    lines: list[Entry] = field(default_factory=list)
    amount: Decimal = Decimal(0)

    def is_within(self, time: Time) -> bool:
        if isinstance(time, int):
            return self.year == time
        return time[0] <= self.first and self.last <= time[1]

    def crosses(self, time: Time) -> bool:
        """Whether the time overlaps a part of the term without lying in it."""
        if isinstance(time, int) or self.is_within(time):
            return False
        return self.first <= time[1] and time[0] <= self.last


def remainders(
    agreement: Agreement,
    rows: Sequence[Entry],
    lines: Iterable[Entry],
    unknown: Iterable[Entry] = (),
) -> tuple[list[Entry], tuple[Unclear, ...]]:
    """Return what is left of each row (negative where lines come to more), and what is unclear.

    `rows` are budget rows as entries with their whole amounts, `unknown` rows without one. Planned
    lines of an agreed agreement explain nothing.
    """
    if not rows:
        return [], ()
    groups = _groups(one for one in lines if one.stage != "planned" or agreement.is_planned)
    by_year: dict[int | None, list[_Group]] = {}
    for group in groups:
        by_year.setdefault(group.year, []).append(group)
    budgeted = {(time_of(row), row.currency) for row in (*rows, *unknown)}
    left: list[Entry] = []
    unclear: list[Unclear] = []
    for row in rows:
        time = time_of(row)
        near = [
            group
            for group in (by_year.get(time, []) if isinstance(time, int) else groups)
            if (row.kind is None or row.kind == group.kind)
            and (group.currency == row.currency or (time, group.currency) not in budgeted)
        ]
        within = [group for group in near if group.is_within(time)]
        own = [group.amount for group in within if group.currency == row.currency]
        over = row.amount - sum(own, Decimal(0))
        foreign = [one for group in within if group.currency != row.currency for one in group.lines]
        crossing = [one for group in near if group.crosses(time) for one in group.lines]
        if over < 0:
            left.append(replace(row, amount=over))
            continue
        if foreign:
            unclear.append(Unclear("remainder-mixed-currency", row, tuple(foreign)))
        if crossing:
            unclear.append(Unclear("remainder-crosses-part", row, tuple(crossing)))
        if over and not (foreign or crossing):
            left.append(replace(row, amount=over))
    return left, tuple(unclear)


def time_of(row: Entry) -> Time:
    """Return the time that a budget row is for; a missing side is the period's, or unbounded."""
    if row.year is not None:
        return row.year
    if row.origin.from_ is None and row.origin.until is None:
        return date.min, date.max
    first, last = term_of(row)
    return first or date.min, last or date.max


def _groups(lines: Iterable[Entry]) -> list[_Group]:
    groups: dict[tuple[object, ...], _Group] = {}
    for line in lines:
        first, last = span_of(line)
        key = (line.year, first, last, line.currency, line.kind)
        group = groups.get(key)
        if group is None:
            group = groups[key] = _Group(
                line.year, first or date.min, last or date.max, line.currency, line.kind
            )
        group.lines.append(line)
        group.amount += line.amount
    return list(groups.values())
