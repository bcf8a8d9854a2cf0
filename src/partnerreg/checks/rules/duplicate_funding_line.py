"""The same money stands here twice.

Two lines of the same source, recipient, time, currency, kind, `what` and amount would be counted
twice, whatever their stages: a line that has been paid replaces the one that was agreed. A
`per: year` line also covers the single years within it. Different amounts are another matter: see
PR222.

Bad:
    funding:
      currency: SEK
      lines:
        - {source: a-town, year: 2020, amount: 100}
        - {source: a-town, year: 2020, amount: 100, stage: paid}
Good:
    funding:
      currency: SEK
      lines:
        - {source: a-town, year: 2020, amount: 100, what: rent}
        - {source: a-town, year: 2020, amount: 100, what: wages}
"""

from collections.abc import Iterator

from partnerreg.checks.rule import Finding, RecordFile
from partnerreg.checks.same_money import same_money

CODE = "PR202"
NAME = "duplicate-funding-line"
SEVERITY = "error"
NEEDS = ("period", "ended", "renewal")


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield the later of two lines that mean the same money."""
    for line, first in same_money(file.agreement, equal=True):
        yield Finding(
            ("funding", "lines", line.index),
            f"the same money as funding line {first.index + 1}: it would be counted twice",
            "keep one of the two; if both are true, say in what how they differ",
        )
