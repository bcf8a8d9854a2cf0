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

from partnerreg.base.layout import Place
from partnerreg.checks.census import Census
from partnerreg.checks.facts import cases, follows
from partnerreg.checks.rule import Finding

CODE = "PR306"
NAME = "case-number-reused"
SEVERITY = "warning"


def check(census: Census, _as_of: date) -> Iterator[Finding]:
    """Yield the later use of each number, spaces and case aside."""
    followed = {place.path: ids for place, ids in census.of(follows)}
    first: dict[tuple[str | None, str], Place] = {}
    for place, numbers in census.of(cases):
        for index, organisation, number in numbers:
            owner = first.setdefault((organisation, number), place)
            related = owner.id in followed.get(place.path, ())
            related = related or place.id in followed.get(owner.path, ())
            if owner is not place and not related:
                yield Finding(
                    ("case_numbers", index, "number"),
                    f"{owner.id} has the same case number",
                    "is it the same agreement?",
                    path=place.path,
                )
