"""One case number, two agreements.

The same number in the same organisation's register usually means that one matter was recorded
twice. Where an agreement follows the other, it is the same matter, and nothing is said.

Bad:
    # partnerships/first.yaml
    title: First
    case_numbers:
      - {organisation: a-town, number: KS-2019/1}
    # partnerships/second.yaml
    title: Second
    case_numbers:
      - {organisation: a-town, number: KS-2019/1}
Good:
    # partnerships/first.yaml
    title: First
    case_numbers:
      - {organisation: a-town, number: KS-2019/1}
    # partnerships/second.yaml
    title: Second
    case_numbers:
      - {organisation: a-town, number: KS-2019/2}
"""

from collections.abc import Iterator
from datetime import date

from partnerreg.collation import folded
from partnerreg.model import Agreement
from partnerreg.registry import Registry
from partnerreg.rule import Finding

CODE = "PR306"
NAME = "case-number-reused"
SEVERITY = "warning"


def check(registry: Registry, _as_of: date) -> Iterator[Finding]:
    """Yield the later use of each number, spaces and case aside."""
    first: dict[tuple[str | None, str], Agreement] = {}
    for agreement in registry.agreements:
        for case in agreement.case_numbers:
            owner = first.setdefault((case.organisation, folded(case.number)), agreement)
            related = owner.id in agreement.follows or agreement.id in owner.follows
            if owner is not agreement and not related:
                yield Finding(
                    ("case_numbers", case.index, "number"),
                    f"{owner.id} has the same case number",
                    "is it the same agreement?",
                    path=agreement.path,
                )
