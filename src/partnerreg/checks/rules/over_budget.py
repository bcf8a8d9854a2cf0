"""The lines come to more than the budget they lie in.

What is agreed and paid for a year must not exceed the total that a document states for that year;
else one of the figures is wrong, or the budget covers less than it says. Yearly money that grows
past a budget for the term as time goes by is no fault of the record: reports say so in a note.

Bad:
    funding:
      currency: SEK
      budget:
        - {year: 2020, amount: 100}
      lines:
        - {source: a-town, year: 2020, amount: 60}
        - {source: b-club, year: 2020, amount: 60}
Good:
    funding:
      currency: SEK
      budget:
        - {year: 2020, amount: 120}
      lines:
        - {source: a-town, year: 2020, amount: 60}
        - {source: b-club, year: 2020, amount: 60}
"""

from collections.abc import Iterator
from functools import partial

from partnerreg.calc.day_independent import at_every_year, first_day, last_mentioned
from partnerreg.calc.funding import expand, expand_each
from partnerreg.checks.rule import Finding, RecordFile
from partnerreg.model.money import plain

CODE = "PR204"
NAME = "over-budget"
SEVERITY = "error"
NEEDS = ("period", "ended", "renewal", "stage")


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield each budget row that its lines exceed."""
    agreement = file.agreement
    if agreement is None or not agreement.budget:
        return
    seen: set[int] = set()
    every_year = expand(at_every_year(agreement), last_mentioned(agreement)).overspent
    least = expand_each(agreement, partial(first_day, agreement)).overspent
    for over in (*(one for one in every_year if one.year), *(one for one in least if not one.year)):
        row = over.origin
        if row.index not in seen:
            seen.add(row.index)
            when = f" in {over.year}" if over.year else ""
            excess = plain(-over.amount, over.currency)
            yield Finding(
                ("funding", "budget", row.index, "amount"),
                f"the lines{when} exceed this budget by {excess} {over.currency}",
                "check the lines, or give the budget row the kind that it covers",
            )
