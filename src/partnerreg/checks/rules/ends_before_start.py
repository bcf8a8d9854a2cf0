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
    pairs: list[tuple[Path, PartialDate | None, PartialDate | None]] = [
        (("period", "end"), period.start, period.end),
        (("ended", "date"), period.start, agreement.ended.date if agreement.ended else None),
    ]
    pairs += [(("parties", one.index, "to"), one.from_, one.to) for one in agreement.parties]
    pairs += [(("suspended", one.index, "to"), one.from_, one.to) for one in agreement.suspended]
    pairs += [
        (("funding", one.list_name, one.index, "to"), one.from_, one.until)
        for one in agreement.money
    ]
    if period.length and period.length.is_zero:
        message = "a length of no time ends before it starts"
        yield Finding(("period", "length"), message, "write it as in P3Y, or leave it out")
    for where, start, end in pairs:
        if start and end and start.first and end.last and end.last < start.first:
            message = f"ends {end.text}, before the start {start.text}"
            yield Finding(where, message, "check both dates in the document")
