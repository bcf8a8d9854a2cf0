"""A `notice_to` that has no effect.

It says to which day notice runs where no end is agreed. Where an end is agreed notice is counted
back from that, and without a notice period there is nothing to count.

Bad:
    period: {start: 2020, end: 2022}
    notice: P3M
    notice_to: quarter-end
Good:
    period: {start: 2020, end: open}
    notice: P3M
    notice_to: quarter-end
"""

from collections.abc import Iterator

from partnerreg.checks.rule import Finding, RecordFile

CODE = "PR227"
NAME = "notice-to-unused"
SEVERITY = "warning"
NEEDS = ("period", "notice", "notice_to")


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield a `notice_to` beside a known end, or without a notice period."""
    agreement = file.agreement
    if agreement is None or "notice_to" not in file.data:
        return
    if agreement.end.is_known:
        message = "an end is agreed: notice counts back from that"
        hint = "remove notice_to, or write end: open where no end is agreed"
        yield Finding(("notice_to",), message, hint, key=True)
    elif agreement.notice is None:
        message, hint = "there is no notice period to count", "add notice, such as notice: P3M"
        yield Finding(("notice_to",), message, hint, key=True)
