"""Something ends before it starts.

The end of a period, of a party's time in it, of a suspension or of a funding line's span lies
before its start, or the agreement ended before it began. A start counts from its first day, an end
to its last.

Bad:
    period: {start: 2022, end: 2020}
Good:
    period: {start: 2020, end: 2022}
"""

from collections.abc import Iterator

from partnerreg.base.problems import Path
from partnerreg.checks.rule import Finding, RecordFile
from partnerreg.model.dates import PartialDate

CODE = "PR203"
NAME = "ends-before-start"
SEVERITY = "error"


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield each end whose last day lies before the first day of its start."""
    agreement = file.agreement
    if agreement is None:
        return
    period = agreement.period
    if period.length and period.length.is_zero:
        message = "a length of no time ends before it starts"
        yield Finding(("period", "length"), message, "write it as in P3Y, or leave it out")
    yield from _misplaced(("period", "end"), period.start, period.end)
    if agreement.ended:
        yield from _misplaced(("ended", "date"), period.start, agreement.ended.date)
    for party in agreement.parties:
        yield from _misplaced(("parties", party.index, "to"), party.from_, party.to)
    for pause in agreement.suspended:
        yield from _misplaced(("suspended", pause.index, "to"), pause.from_, pause.to)
    for money in agreement.money:
        where = ("funding", money.list_name, money.index, "to")
        yield from _misplaced(where, money.from_, money.until)


def _misplaced(
    where: Path, start: PartialDate | None, end: PartialDate | None
) -> Iterator[Finding]:
    if start and end and start.first and end.last and end.last < start.first:
        message = f"ends {end.text}, before the start {start.text}"
        yield Finding(where, message, "check both dates in the document")
