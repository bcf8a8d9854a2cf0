"""Two organisations whose names differ only in case, accents or spacing.

They are probably one, and their sums are told apart for nothing. Organisations of different
countries, and those whose identifiers differ, are two.

Bad:
    # organisations/b-club.yaml
    name: B Club
    type: association
    # organisations/b-club-2.yaml
    name: b  club
    type: association
Good:
    # organisations/b-club.yaml
    name: B Club
    type: association
    # organisations/d-club.yaml
    name: D Club
    type: association
"""

from collections.abc import Iterator
from datetime import date

from partnerreg.checks.facts import Facts, RegistryFacts
from partnerreg.checks.rule import Finding

CODE = "PR308"
NAME = "similar-names"
SEVERITY = "warning"

_MOST_COMPARED = 100
"""Organisations of one name that are compared with each other."""


def check(registry: RegistryFacts, _as_of: date) -> Iterator[Finding]:
    """Yield each organisation of whose name and country an earlier one is."""
    same_name: dict[str, list[tuple[str, Facts]]] = {}
    for place, facts in registry:
        if facts.name is None:
            continue
        earlier = same_name.setdefault(facts.name, [])
        other = next((name for name, its in earlier if _may_be_one(its, facts)), None)
        if len(earlier) < _MOST_COMPARED:
            earlier.append((place.id, facts))
        if other:
            message = f"{other} has the same name, but for case, accents or spacing"
            hint = "keep one of the two files, or tell the names apart"
            yield Finding(("name",), message, hint, path=place.path)


def _may_be_one(one: Facts, other: Facts) -> bool:
    """Whether nothing tells two organisations of one name apart."""
    if one.country and other.country and one.country != other.country:
        return False
    numbers = [{number[1:] for number in facts.identifiers} for facts in (one, other)]
    return not (all(numbers) and numbers[0].isdisjoint(numbers[1]))
