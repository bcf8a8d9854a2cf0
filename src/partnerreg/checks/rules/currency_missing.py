"""An amount in no currency.

The line, the funding or the registry's settings must name one.

Bad:
    # settings.yaml
    title: A registry without a currency
    # partnerships/sample.yaml
    funding:
      lines:
        - {source: a-town, year: 2020, amount: 100}
Good:
    # settings.yaml
    title: A registry without a currency
    # partnerships/sample.yaml
    funding:
      currency: SEK
      lines:
        - {source: a-town, year: 2020, amount: 100}
"""

from collections.abc import Iterator

from partnerreg.checks.rule import Finding, RecordFile
from partnerreg.model.parts import Money

CODE = "PR218"
NAME = "currency-missing"
SEVERITY = "error"
NEEDS = ("funding",)


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield the first amount that names no currency and inherits none."""
    agreement = file.agreement
    if agreement is None:
        return
    rows: list[Money] = [*agreement.budget, *agreement.lines]
    for money in rows:
        if agreement.currency_of(money) is None:
            yield Finding(
                ("funding", money.list_name, money.index, "amount"),
                "the amount has no currency",
                "add currency: CODE under funding, or in settings.yaml; ISO 4217, such as SEK",
            )
            return
