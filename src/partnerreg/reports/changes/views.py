"""Tables and a summary of a change, for reviewers."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from partnerreg.base.collation import collated
from partnerreg.model.registry import Registry
from partnerreg.output.report import Amount, Column, Table
from partnerreg.reports.changes.records import RecordChange
from partnerreg.reports.changes.sums import DeadlineKey, FundingCell, difference
from partnerreg.reports.changes.words import signed

Cells = dict[FundingCell, tuple[Decimal | None, Decimal | None]]
Days = dict[DeadlineKey, tuple[date | None, date | None]]

_IN_BRIEF = 8


def record_view(records: Sequence[RecordChange]) -> Iterator[Table]:
    """Yield a table with a line for each thing that happened to a record."""
    rows = []
    for one in records:
        for place, words in enumerate(one.words or ("",)):
            first = place == 0
            rows.append(
                (
                    one.change if first else "",
                    one.id if first else "",
                    one.title if first else "",
                    words,
                )
            )
    heads = (
        Column("change", "Change"),
        Column("id", "Id"),
        Column("title", "Record", wrap=True),
        Column("what", "What", wrap=True),
    )
    if rows:
        yield Table(heads, tuple(rows), title="Records")


def funding_views(after: Registry, before: Registry, cells: Cells) -> Iterator[Table]:
    """Yield a table a currency: the sums that differ, the largest differences first."""
    first = after.settings.currency
    for currency in sorted(
        {cell.currency for cell in cells}, key=lambda code: (code != first, code)
    ):
        own = {cell: pair for cell, pair in cells.items() if cell.currency == currency}
        rows = [
            (
                _source(after, before, cell),
                str(cell.year or "no year"),
                cell.kind or "not stated",
                cell.stage,
                *(None if value is None else Amount(value, currency) for value in pair),
                Amount(difference(*pair), currency),
            )
            for cell, pair in own.items()
        ]
        total = sum((difference(*pair) for pair in own.values()), Decimal(0))
        heads = (
            Column("source", "Source", wrap=True),
            Column("year", "Year"),
            Column("kind", "Kind"),
            Column("stage", "Stage"),
            Column("before", "Before", "right"),
            Column("after", "After", "right"),
            Column("difference", "Difference", "right"),
        )
        footer = ("Total", "", "", "", None, None, Amount(total, currency))
        yield Table(heads, tuple(rows), title=f"Funding, {currency}", footer=(footer,))


def deadline_view(registry: Registry, days: Days) -> Iterator[Table]:
    """Yield a table of the deadlines that moved, appeared or went."""
    titles = {one.id: registry.title(one) for one in registry.agreements}
    ordered = sorted(days, key=lambda key: (collated(titles.get(key.id, key.id)), str(key)))
    rows = [
        (
            titles.get(key.id, key.id),
            f"milestone {key.milestone}" if key.milestone else key.event,
            *(day.isoformat() if day else None for day in days[key]),
        )
        for key in ordered
    ]
    heads = (
        Column("title", "Agreement", wrap=True),
        Column("event", "Event"),
        Column("before", "Before"),
        Column("after", "After"),
    )
    if rows:
        yield Table(heads, tuple(rows), title="Deadlines")


def summary(records: Sequence[RecordChange], cells: Cells, days: Days) -> tuple[str, ...]:
    """Return the change in brief: how much of what, then the largest changes."""
    if not (records or cells or days):
        return ("Nothing changed.",)
    counts = [
        f"{number} {name}"
        for name in ("added", "removed", "renamed", "changed")
        if (number := sum(one.change == name for one in records))
    ]
    lines = [f"Records: {', '.join(counts) or 'none'}."]
    for currency in sorted({cell.currency for cell in cells}):
        own = {cell: difference(*pair) for cell, pair in cells.items() if cell.currency == currency}
        by_year: dict[int | None, Decimal] = {}
        for cell, amount in own.items():
            by_year[cell.year] = by_year.get(cell.year, Decimal(0)) + amount
        years = ", ".join(
            f"{year or 'no year'} {signed(by_year[year], currency)}"
            for year in sorted(by_year, key=lambda year: (year is None, year or 0))
        )
        lines.append(
            f"Funding in {currency}: {signed(sum(own.values(), Decimal(0)), currency)} ({years})."
        )
    if days:
        lines.append(f"Deadlines that moved, appeared or went: {len(days)}.")
    told = [f"{one.change} {one.title} ({one.id}): {'; '.join(one.words[:4])}" for one in records]
    lines += told[:_IN_BRIEF]
    if len(told) > _IN_BRIEF:
        lines.append(f"and {len(told) - _IN_BRIEF} more records")
    return tuple(lines)


def _source(after: Registry, before: Registry, cell: FundingCell) -> str:
    if cell.source is None:
        return "not attributed"
    organisation, _, unit = cell.source.partition("/")
    known = after if organisation in after.organisations else before
    return known.unit_name(organisation, unit or None)
