"""Organisations that succeed each other in a circle.

A successor takes over from an organisation that is gone, so the chain must have an end.

Bad:
    # organisations/d-club.yaml
    name: D Club
    type: association
    succeeded_by: [e-club]
    # organisations/e-club.yaml
    name: E Club
    type: association
    succeeded_by: [d-club]
Good:
    # organisations/d-club.yaml
    name: D Club
    type: association
    dissolved: 2021-06-30
    succeeded_by: [e-club]
    # organisations/e-club.yaml
    name: E Club
    type: association
"""

from collections.abc import Iterator
from datetime import date

from partnerreg.checks.circles import circles
from partnerreg.checks.facts import RegistryFacts
from partnerreg.checks.rule import Finding

CODE = "PR315"
NAME = "succession-circle"
SEVERITY = "error"


def check(registry: RegistryFacts, _as_of: date) -> Iterator[Finding]:
    """Yield each circle once, at its first organisation by id."""
    links = {place.id: facts.succeeded_by for place, facts in registry if facts.succeeded_by}
    paths = {place.id: place.path for place, facts in registry if facts.succeeded_by}
    for circle in circles(links):
        message = f"a circle: {' succeeded by '.join([*circle, circle[0]])}"[:190]
        yield Finding(("succeeded_by",), message, "remove one link", path=paths[circle[0]])
