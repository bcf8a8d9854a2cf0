"""Two organisations whose names differ only in case, accents or spacing.

They are probably one, and their sums are told apart for nothing.

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

from partnerreg.checks.facts import RegistryFacts
from partnerreg.checks.rule import Finding

CODE = "PR308"
NAME = "similar-names"
SEVERITY = "warning"


def check(registry: RegistryFacts, _as_of: date) -> Iterator[Finding]:
    """Yield the later of two organisations of one name in one country."""
    first: dict[str, tuple[str, str | None]] = {}
    for place, facts in registry:
        if facts.name is None:
            continue
        other, its_country = first.setdefault(facts.name, (place.id, facts.country))
        apart = its_country and facts.country and its_country != facts.country
        if other != place.id and not apart:
            message = f"{other} has the same name, but for case, accents or spacing"
            hint = "keep one of the two files, or tell the names apart"
            yield Finding(("name",), message, hint, path=place.path)
