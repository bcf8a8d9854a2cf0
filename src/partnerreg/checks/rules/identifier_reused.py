"""One number of a public register, two organisations.

They are probably one organisation, recorded twice. Units of one municipality may share its number.

Bad:
    # organisations/b-club.yaml
    name: B Club
    type: association
    identifiers:
      - {scheme: SE-ON, id: "802002-8711"}
    # organisations/b-club-2.yaml
    name: B Club of A-town
    type: association
    identifiers:
      - {scheme: SE-ON, id: "8020028711"}
Good:
    # organisations/b-club.yaml
    name: B Club
    type: association
    identifiers:
      - {scheme: SE-ON, id: "802002-8711"}
"""

from collections.abc import Iterator
from datetime import date

from partnerreg.checks.facts import RegistryFacts
from partnerreg.checks.rule import Finding

CODE = "PR311"
NAME = "identifier-reused"
SEVERITY = "warning"


def check(registry: RegistryFacts, _as_of: date) -> Iterator[Finding]:
    """Yield the later of two organisations with one identifier, spaces and hyphens aside."""
    first: dict[tuple[str, str], str] = {}
    for place, facts in registry:
        for index, scheme, number in facts.identifiers:
            other = first.setdefault((scheme, number), place.id)
            if other != place.id:
                yield Finding(
                    ("identifiers", index, "id"),
                    f"{other} has the same {scheme} number",
                    "is it the same organisation? Then keep one of the two files",
                    path=place.path,
                )
