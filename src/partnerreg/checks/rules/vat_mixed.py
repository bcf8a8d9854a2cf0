"""A budget and its lines of which one is with VAT and the other without.

What the lines leave over of the budget is then not what is left: the tax lies in one of the two.
VAT is never computed.

Bad:
    funding:
      currency: SEK
      budget:
        - {year: 2020, amount: 125, vat: included}
      lines:
        - {source: a-town, year: 2020, amount: 100, vat: excluded}
Good:
    funding:
      currency: SEK
      vat: excluded
      budget:
        - {year: 2020, amount: 100}
      lines:
        - {source: a-town, year: 2020, amount: 100}
"""

from collections.abc import Iterator

from partnerreg.checks.rule import Finding, RecordFile

CODE = "PR230"
NAME = "vat-mixed"
SEVERITY = "warning"

_OTHER = {"included": "excluded", "excluded": "included"}


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield the first line that differs in VAT from a budget row of its currency."""
    agreement = file.agreement
    if agreement is None or not agreement.budget:
        return
    budgets = {(agreement.currency_of(row), agreement.vat_of(row)) for row in agreement.budget}
    for line in agreement.lines:
        vat = agreement.vat_of(line)
        other = _OTHER.get(vat or "")
        if other and (agreement.currency_of(line), other) in budgets:
            yield Finding(
                ("funding", "lines", line.index),
                f"VAT is {vat} here, and {other} in the budget",
                "record both as the document states them, or leave the budget out",
            )
            return
