"""A reference that the record does not have.

`reference` in funding and decisions names the id of an entry under `references`.

Bad:
    funding:
      currency: SEK
      lines:
        - {source: a-town, year: 2020, amount: 100, reference: pres}
    references:
      - {id: press, title: Press release}
Good:
    funding:
      currency: SEK
      lines:
        - {source: a-town, year: 2020, amount: 100, reference: press}
    references:
      - {id: press, title: Press release}
"""

from collections.abc import Iterator

from partnerreg.base.problems import Path
from partnerreg.base.suggest import nearest
from partnerreg.checks.rule import Finding, RecordFile

CODE = "PR219"
NAME = "unknown-reference"
SEVERITY = "error"
NEEDS = ("references",)


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield each use of a reference's id that is not listed."""
    agreement = file.agreement
    if agreement is None:
        return
    known = tuple(reference.id for reference in agreement.references)
    used: list[tuple[Path, str | None]] = [
        (("funding", money.list_name, money.index, "reference"), money.reference)
        for money in agreement.money
    ]
    used += [(("decisions", one.index, "reference"), one.reference) for one in agreement.decisions]
    for where, name in used:
        if name is not None and name not in known:
            near = nearest(name, known)
            hint = f"did you mean {near}?" if near else "add it under references"
            yield Finding(where, f"there is no reference {name} in this record", hint)
