"""One case number, two agreements.

The same number in the same organisation's register usually means that one matter was recorded
twice. Nothing is said where one agreement follows the other, where their other parties differ (one
tender, several suppliers), and of placeholders such as "none", "brak" or "saknas".

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
from partnerreg.checks.facts import RegistryFacts
from partnerreg.checks.rule import Finding

CODE = "PR306"
NAME = "case-number-reused"
SEVERITY = "warning"

_PLACEHOLDERS = frozenset(
    {"", "-", "–", "?", "0", "none", "n/a", "na", "unknown", "missing", "tbd"}
    | {"brak", "nie dotyczy", "b/d", "saknas", "inget", "okänt", "okant", "ej aktuellt"}
)


def check(registry: RegistryFacts, _as_of: date) -> Iterator[Finding]:
    """Yield the later use of each number by the same parties, spaces and case aside."""
    followed = {place.path: facts.follows for place, facts in registry}
    first: dict[tuple[object, ...], Place] = {}
    for place, facts in registry:
        for case in facts.cases:
            if case.number in _PLACEHOLDERS:
                continue
            others = frozenset(facts.parties) - {case.organisation}
            owner = first.setdefault((case.organisation, case.number, others), place)
            related = owner.id in followed[place.path] or place.id in followed[owner.path]
            if owner is not place and not related:
                yield Finding(
                    ("case_numbers", case.index, "number"),
                    f"{owner.id} has the same case number",
                    "is it the same agreement?",
                    path=place.path,
                )
