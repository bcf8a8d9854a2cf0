"""The latest decision on the end and the period do not agree.

A decision that extends an agreement sets its end. Where the latest one that names an end names
another than the period does, one of the two was forgotten.

Bad:
    period: {start: 2020, end: 2022}
    decisions:
      - {date: 2022-10-01, kind: extend, end: 2024}
Good:
    period: {start: 2020, end: 2024}
    decisions:
      - {date: 2022-10-01, kind: extend, end: 2024}
"""

from collections.abc import Iterator
from datetime import date

from partnerreg.checks.rule import Finding, RecordFile

CODE = "PR231"
NAME = "decision-end-differs"
SEVERITY = "warning"
NEEDS = ("period", "signed", "decisions")


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield the latest decision with an end, where that is not the period's."""
    agreement = file.agreement
    if agreement is None:
        return
    setting = [one for one in agreement.decisions if one.end and not one.end.is_unknown]
    if not setting:
        return
    # Of several of one day the later in the list is the later.
    latest = max(setting, key=lambda one: (one.date.last or date.min, one.index))
    assert latest.end
    if (latest.end.last, latest.end.is_open) != (agreement.end.last, agreement.end.is_open):
        yield Finding(
            ("decisions", latest.index, "end"),
            f"this decision set the end to {latest.end.text}; the period says {agreement.end.text}",
            "write the end that holds in period.end",
        )
