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
from itertools import islice

from partnerreg.checks.facts import RegistryFacts
from partnerreg.checks.rule import Finding

CODE = "PR305"
NAME = "follows-circle"
SEVERITY = "error"
MAX_CIRCLES = 1_000
"""Circles that are told; records that follow each other densely have millions."""


def check(registry: RegistryFacts, _as_of: date) -> Iterator[Finding]:
    """Yield each circle once, at its first record by id."""
    followed = {place.id: facts.follows for place, facts in registry if facts.follows}
    paths = {place.id: place.path for place, facts in registry if facts.follows}
    for circle in sorted(set(islice(_circles(followed), MAX_CIRCLES))):
        message = f"a circle: {' follows '.join([*circle, circle[0]])}"[:190]
        yield Finding(("follows",), message, "remove one link", path=paths[circle[0]])


def _circles(links: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield the circle behind each link back to the trail, turned to begin at its first id."""
    done: set[str] = set()
    for start in sorted(links):
        trail: dict[str, None] = {}  # in order, and quick to look into
        pending = [(start, iter(links[start]))] if start not in done else []
        while pending:
            name, rest = pending[-1]
            if len(trail) < len(pending):
                trail[name] = None
            followed = next(rest, None)
            if followed is None:
                done.add(name)
                trail.popitem()
                pending.pop()
            elif followed in trail:
                circle = list(trail)
                circle = circle[circle.index(followed) :]
                first = circle.index(min(circle))
                yield (*circle[first:], *circle[:first])
            elif followed not in done and followed in links:
                pending.append((followed, iter(links[followed])))
