"""Two budgets for the same time.

A year (or the term) has one budget a currency, or one for cash and one in kind. Budgets for parts
of the term (`per: term` with `from` and `to`) are different times where the parts do not overlap.

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
from datetime import date

from partnerreg.calc.day_independent import last_mentioned
from partnerreg.calc.years import times
from partnerreg.checks.rule import Finding, RecordFile
from partnerreg.model.parts import Budget
from partnerreg.model.records import Agreement

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
    years: dict[tuple[object, ...], int] = {}
    parts: dict[tuple[str | None, str], list[tuple[date, date, int]]] = {}
    for row in agreement.budget:
        currency = agreement.currency_of(row)
        kinds = (row.kind,) if row.kind else ("cash", "in-kind")
        if row.per == "term":
            first, last = _part(row, agreement)
            known = [part for kind in kinds for part in parts.setdefault((currency, kind), [])]
            other = min((i for a, b, i in known if a <= last and first <= b), default=None)
            for kind in kinds:
                parts[currency, kind].append((first, last, row.index))
        else:
            keys = [
                (currency, year, kind) for year in times(row, agreement, horizon) for kind in kinds
            ]
            other = min((years[key] for key in keys if key in years), default=None)
            years.update((key, row.index) for key in keys if key not in years)
        if other is not None:
            message = f"the same time as budget row {other + 1}"
            if row.per == "term" and (row.from_ or row.until):
                message = f"this part of the term overlaps budget row {other + 1}"
            yield Finding(
                ("funding", "budget", row.index),
                message,
                "keep one, or tell them apart with kind: cash and kind: in-kind",
            )


def _part(row: Budget, agreement: Agreement) -> tuple[date, date]:
    if row.from_ is None and row.until is None:
        return date.min, date.max
    first = row.from_.first if row.from_ else agreement.period.start.first
    last = row.to.last if row.to else agreement.end.last
    return first or date.min, last or date.max
