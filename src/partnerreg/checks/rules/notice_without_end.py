"""A notice period that nothing can be counted from.

Notice is counted back from the end, and the end is unknown. Where no end is agreed, the end is
open.

Bad:
    period: {start: 2020, end: unknown}
    notice: P3M
Good:
    period: {start: 2020, end: open}
    notice: P3M
"""

from collections.abc import Iterator

from partnerreg.checks.rule import Finding, RecordFile

CODE = "PR213"
NAME = "notice-without-end"
SEVERITY = "warning"
NEEDS = ("period",)


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield a notice period beside an unknown end."""
    agreement = file.agreement
    if agreement is None or agreement.notice is None:
        return
    if agreement.end.is_unknown:
        yield Finding(
            ("notice",),
            "the end is unknown, so no day of notice follows",
            "write end: open where no end is agreed",
        )
