"""The amount is not the figure that is stated.

`stated` holds the figure as the document writes it; Swedish, Polish and English number words and
separators are read. Where the document rounds or bounds it (cirka, ponad, up to, a range),
`bound` must say so. A derived amount says in `note` how it was reached, and is not compared.

Bad:
    funding:
      currency: SEK
      lines:
        - {source: a-town, year: 2020, amount: 15000000, stated: "1,5 miljoner kronor"}
Good:
    funding:
      currency: SEK
      lines:
        - {source: a-town, year: 2020, amount: 1500000, stated: "1,5 miljoner kronor"}
"""

from collections.abc import Iterator

from partnerreg.checks.rule import Finding, RecordFile
from partnerreg.checks.stated_figures import figures, inexact

CODE = "PR206"
NAME = "stated-differs"
SEVERITY = "error"


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield each amount that no reading of its stated figure gives."""
    agreement = file.agreement
    if agreement is None:
        return
    for money in agreement.money:
        if money.stated is None or money.amount is None or money.note is not None:
            continue
        where = ("funding", money.list_name, money.index)
        read = figures(money.stated)
        if read and not any(figure.allows(money.amount) for figure in read):
            values = " or ".join(f"{value:,f}" for figure in read for value in figure.values)
            yield Finding(
                (*where, "amount"),
                f"the amount {money.amount:,f} is not the stated {values}"[:190],
                "correct the amount, or say in note how it was derived",
            )
        elif (
            read and money.bound == "exact" and (bound := inexact(money.stated, read, money.amount))
        ):
            yield Finding(
                (*where, "stated"),
                "the stated figure is not exact, and the amount says that it is",
                f"add bound: {bound}",
            )
