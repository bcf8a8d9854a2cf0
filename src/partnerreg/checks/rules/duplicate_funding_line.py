"""The same money stands here twice.

Two lines of the same source, time, currency, kind and `what` would be counted twice. A line that
has been paid replaces the one that was agreed. A `per: year` line also covers the single years
within it.

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
from datetime import date

from partnerreg.calc.day_independent import last_mentioned
from partnerreg.calc.years import times
from partnerreg.checks.rule import Finding, RecordFile
from partnerreg.model.parts import Line
from partnerreg.model.records import Agreement

CODE = "PR202"
NAME = "duplicate-funding-line"
SEVERITY = "error"
NEEDS = ("period", "ended", "renewal")


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield the later of two lines that mean the same money."""
    agreement = file.agreement
    if agreement is None or len(agreement.lines) < 2:
        return
    seen: dict[tuple[object, ...], int] = {}
    horizon = last_mentioned(agreement)
    for line in agreement.lines:
        same = (line.source, agreement.currency_of(line), line.kind, line.what)
        for time in _times(line, agreement, horizon):
            first = seen.setdefault((*same, time), line.index)
            if first != line.index:
                yield Finding(
                    ("funding", "lines", line.index),
                    f"the same source, time, currency and kind as funding line {first + 1}",
                    "keep one of the two, or tell them apart with what",
                )
                break


def _times(line: Line, agreement: Agreement, horizon: date) -> Iterator[object]:
    """Yield the years of a line; for a sum the first and last day of its term."""
    for year in times(line, agreement, horizon):
        first = line.from_ or agreement.period.start
        last = line.until or agreement.period.end
        yield year or (first.first, last.last)
