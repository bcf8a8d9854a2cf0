"""A milestone was done before the agreement started.

One of the two dates is probably wrong.

Bad:
    period: {start: 2020, end: 2022}
    milestones:
      - {id: report, title: First report, due: 2020-12, done: 2019-12-01}
Good:
    period: {start: 2020, end: 2022}
    milestones:
      - {id: report, title: First report, due: 2020-12, done: 2020-12-01}
"""

from collections.abc import Iterator

from partnerreg.checks.rule import Finding, RecordFile

CODE = "PR209"
NAME = "milestone-before-start"
SEVERITY = "warning"


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield each milestone whose last possible day of doing lies before the start."""
    agreement = file.agreement
    if agreement is None or agreement.period.start.first is None:
        return
    for milestone in agreement.milestones:
        if (
            milestone.done
            and milestone.done.last
            and milestone.done.last < agreement.period.start.first
        ):
            yield Finding(
                ("milestones", milestone.index, "done"),
                f"done {milestone.done.text}, before the start {agreement.period.start.text}",
                "check both dates in the document",
            )
