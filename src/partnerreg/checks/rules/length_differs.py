"""A period whose length and end do not agree.

Both are recorded, and the length, counted from the start or else from the signature, leads to
another end. The recorded end is the one that counts.

Bad:
    period: {start: 2020, end: 2022, length: P2Y}
Good:
    period: {start: 2020, end: 2022, length: P3Y}
"""

from collections.abc import Iterator

from partnerreg.checks.rule import Finding, RecordFile
from partnerreg.model.dates import end_of

CODE = "PR225"
NAME = "length-differs"
SEVERITY = "warning"
NEEDS = ("period", "signed")


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield a length that leads to no day of the recorded end."""
    agreement = file.agreement
    if agreement is None:
        return
    period, length = agreement.period, agreement.period.length
    start = period.start if period.start.is_known else agreement.signed
    if length and period.end.is_open:
        hint = "remove the length, or write the end as unknown"
        yield Finding(("period", "length"), "an open end has no length", hint)
    elif length and start and start.is_known and period.end.first and period.end.last:
        told = end_of(start, length)
        if (
            told.last
            and told.first
            and not (period.end.first <= told.last and told.first <= period.end.last)
        ):
            yield Finding(
                ("period", "length"),
                f"{length.text} from {start.text} leads to {told.text}, not {period.end.text}",
                "check both in the document",
            )
