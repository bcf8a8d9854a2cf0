"""Agreements that follow each other in a circle.

A follower comes after what it follows, so the chain must have a beginning.

Bad:
    # partnerships/first.yaml
    title: First
    follows: [second]
    # partnerships/second.yaml
    title: Second
    follows: [first]
Good:
    # partnerships/first.yaml
    title: First
    # partnerships/second.yaml
    title: Second
    follows: [first]
"""

from collections.abc import Iterator
from datetime import date

from partnerreg.checks.circles import circles
from partnerreg.checks.facts import RegistryFacts
from partnerreg.checks.rule import Finding

CODE = "PR305"
NAME = "follows-circle"
SEVERITY = "error"


def check(registry: RegistryFacts, _as_of: date) -> Iterator[Finding]:
    """Yield each circle once, at its first record by id."""
    followed = {place.id: facts.follows for place, facts in registry if facts.follows}
    paths = {place.id: place.path for place, facts in registry if facts.follows}
    for circle in circles(followed):
        message = f"a circle: {' follows '.join([*circle, circle[0]])}"[:190]
        yield Finding(("follows",), message, "remove one link", path=paths[circle[0]])
