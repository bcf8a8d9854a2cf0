"""Two budgets for the same time.

A year (or the term) has one budget a currency, or one for cash and one in kind.

Bad:
    funding:
      currency: SEK
      budget:
        - {year: 2020, amount: 100}
        - {year: 2020, amount: 120}
Good:
    funding:
      currency: SEK
      budget:
        - {year: 2020, kind: cash, amount: 100}
        - {year: 2020, kind: in-kind, amount: 120}
"""

from collections.abc import Iterator

from partnerreg.calc.day_independent import last_mentioned
from partnerreg.calc.years import times
from partnerreg.checks.rule import Finding, RecordFile

CODE = "PR217"
NAME = "duplicate-budget"
SEVERITY = "error"
NEEDS = ("period", "ended", "renewal")


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield the later of two budget rows that cover the same time and kind."""
    agreement = file.agreement
    if agreement is None or len(agreement.budget) < 2:
        return
    horizon = last_mentioned(agreement)
    seen: dict[tuple[object, ...], int] = {}
    for row in agreement.budget:
        for time in times(row, agreement, horizon):
            kinds = (row.kind,) if row.kind else ("cash", "in-kind")
            first = min(
                seen.setdefault((agreement.currency_of(row), time, kind), row.index)
                for kind in kinds
            )
            if first != row.index:
                yield Finding(
                    ("funding", "budget", row.index),
                    f"the same time as budget row {first + 1}",
                    "keep one, or tell them apart with kind: cash and kind: in-kind",
                )
                break
