"""Tables and a summary of a change, for reviewers."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from partnerreg.base.collation import collated
from partnerreg.model.registry import Registry
from partnerreg.output.report import Amount, Column, Table
from partnerreg.reports.changes.records import RecordChange
from partnerreg.reports.changes.sums import DeadlineKey, Due, FundingCell, difference
from partnerreg.reports.changes.words import signed

Cells = dict[FundingCell, tuple[Decimal | None, Decimal | None]]
Days = dict[DeadlineKey, tuple[Due | None, Due | None]]

_IN_BRIEF = 8
_WORDS_IN_BRIEF = 8


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
        yield Table(heads, tuple(rows), title="Records", may_be_cut=True)


def funding_views(before: Registry, after: Registry, cells: Cells) -> Iterator[Table]:
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
        footers = [
            ("Total", "", "", word, None, None, Amount(total, currency))
            for word, total in _totals(own)
        ]
        heads = (
            Column("source", "Source", wrap=True),
            Column("year", "Year"),
            Column("kind", "Kind"),
            Column("stage", "Stage"),
            Column("before", "Before", "right"),
            Column("after", "After", "right"),
            Column("difference", "Difference", "right"),
        )
        yield Table(heads, tuple(rows), title=f"Funding, {currency}", footer=tuple(footers))


def _totals(cells: Cells) -> Iterator[tuple[str, Decimal]]:
    """Yield the difference of agreed and paid money, and apart from it that of planned money."""
    for planned, word in ((False, "agreed and paid"), (True, "planned")):
        own = [pair for cell, pair in cells.items() if (cell.stage == "planned") is planned]
        if own:
            yield word, sum((difference(*pair) for pair in own), Decimal(0))


def deadline_view(before: Registry, after: Registry, days: Days) -> Iterator[Table]:
    """Yield a table of the deadlines that moved, appeared or went."""
    titles = {one.id: side.title(one) for side in (before, after) for one in side.agreements}
    ordered = sorted(days, key=lambda key: (collated(titles.get(key.id, key.id)), str(key)))
    rows = [
        (
            titles.get(key.id, key.id),
            f"milestone {key.milestone}" if key.milestone else key.event,
            *(due.words if due else None for due in days[key]),
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
        yield Table(heads, tuple(rows), title="Deadlines", may_be_cut=True)


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
    lines += _money_in_brief(cells)
    if days:
        lines.append(f"Deadlines that moved, appeared or went: {len(days)}.")
    lines += map(_record_in_brief, records[:_IN_BRIEF])
    if len(records) > _IN_BRIEF:
        lines.append(f"and {len(records) - _IN_BRIEF} more records")
    return tuple(lines)


def _money_in_brief(cells: Cells) -> Iterator[str]:
    """Yield a line a currency, agreed and paid money apart from planned money, with its years."""
    for currency in sorted({cell.currency for cell in cells}):
        for planned, word in ((False, "Funding"), (True, "Planned funding")):
            by_year: dict[int | None, Decimal] = {}
            for cell, pair in cells.items():
                if cell.currency == currency and (cell.stage == "planned") is planned:
                    by_year[cell.year] = by_year.get(cell.year, Decimal(0)) + difference(*pair)
            years = ", ".join(
                f"{year or 'no year'} {signed(by_year[year], currency)}"
                for year in sorted(by_year, key=lambda year: (year is None, year or 0))
            )
            if by_year:
                whole = signed(sum(by_year.values(), Decimal(0)), currency)
                yield f"{word} in {currency}: {whole} ({years})."


def _record_in_brief(one: RecordChange) -> str:
    more = len(one.words) - _WORDS_IN_BRIEF
    words = [*one.words[:_WORDS_IN_BRIEF], *([f"and {more} more fields"] if more > 0 else [])]
    return f"{one.change} {one.title} ({one.id}): {'; '.join(words)}"


def _source(after: Registry, before: Registry, cell: FundingCell) -> str:
    if cell.source is None:
        return "not attributed"
    organisation, _, unit = cell.source.partition("/")
    known = after if organisation in after.organisations else before
    return known.unit_name(organisation, unit or None)
