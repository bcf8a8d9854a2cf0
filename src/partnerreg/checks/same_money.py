"""Find funding lines that mean the same money, or differ in nothing but their amount."""

from collections.abc import Iterator
from datetime import date

from partnerreg.calc.day_independent import last_mentioned
from partnerreg.calc.years import times
from partnerreg.model.parts import Line
from partnerreg.model.records import Agreement

_MOST_COMPARED = 50
"""Lines of one source and time that are compared with each other; more are one finding each."""


def same_money(agreement: Agreement | None, *, equal: bool) -> Iterator[tuple[Line, Line]]:
    """Yield each line with the first earlier one of the same source, recipient, time and so on.

    With `equal` the amounts are equal too, without it they differ. Lines of unknown amount equal
    none. A `per: year` line has the time of each of its years.
    """
    if agreement is None or len(agreement.lines) < 2:
        return
    lines = [line for line in agreement.lines if line.amount is not None]
    if len({(line.source, line.kind, line.what, line.repayment) for line in lines}) == len(lines):
        return  # as in most records: each is for something else
    horizon = last_mentioned(agreement)
    seen: dict[tuple[object, ...], list[Line]] = {}
    for line in lines:
        same = (
            line.source,
            agreement.recipient_of(line),
            agreement.currency_of(line),
            line.kind,
            line.what,
            line.repayment,
        )
        first: Line | None = None
        for time in _times(line, agreement, horizon):
            earlier = seen.setdefault((*same, time), [])
            found = (one for one in earlier if (one.amount == line.amount) is equal)
            first = first or next(found, None)
            if len(earlier) < _MOST_COMPARED:
                earlier.append(line)
        if first:
            yield line, first


def _times(line: Line, agreement: Agreement, horizon: date) -> Iterator[object]:
    """Yield the years of a line; for a sum the first and last day of its term."""
    for year in times(line, agreement, horizon):
        first = line.from_ or agreement.period.start
        last = line.until or agreement.end
        yield year or (first.first, last.last)
