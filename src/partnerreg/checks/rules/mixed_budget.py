"""Yearly budgets beside sums for the whole term.

In one currency a record states its budget by year or for the term. A sum for the term belongs to
no year, so it cannot be held against a year's budget.

Bad:
    funding:
      currency: SEK
      budget:
        - {year: 2020, amount: 100}
      lines:
        - {source: a-town, per: term, amount: 60}
Good:
    funding:
      currency: SEK
      budget:
        - {year: 2020, amount: 100}
      lines:
        - {source: a-town, year: 2020, amount: 60}
"""

from collections.abc import Iterator

from partnerreg.checks.rule import Finding, RecordFile

CODE = "PR216"
NAME = "mixed-budget"
SEVERITY = "error"


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield each sum for a term in a currency that has yearly budgets."""
    agreement = file.agreement
    if agreement is None:
        return
    yearly = {agreement.currency_of(row) for row in agreement.budget if row.per != "term"}
    for money in agreement.money:
        currency = agreement.currency_of(money)
        if money.per == "term" and currency in yearly:
            yield Finding(
                ("funding", money.list_name, money.index, "per"),
                f"a sum for the term beside yearly budgets in {currency}",
                "state both by year, or both for the term",
            )
