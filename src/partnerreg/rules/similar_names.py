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

from partnerreg.collation import folded
from partnerreg.model import Organisation
from partnerreg.registry import Registry
from partnerreg.rule import Finding

CODE = "PR308"
NAME = "similar-names"
SEVERITY = "warning"


def check(registry: Registry, _as_of: date) -> Iterator[Finding]:
    """Yield the later of two organisations of one name in one country."""
    first: dict[str, Organisation] = {}
    for organisation in registry.organisations.values():
        other = first.setdefault(folded(organisation.name), organisation)
        apart = other.country and organisation.country and other.country != organisation.country
        if other is not organisation and not apart:
            message = f"{other.id} has the same name, but for case, accents or spacing"
            hint = "keep one of the two files, or tell the names apart"
            yield Finding(("name",), message, hint, path=organisation.path)
