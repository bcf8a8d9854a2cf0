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

from partnerreg.registry import Registry
from partnerreg.rule import Finding

CODE = "PR305"
NAME = "follows-circle"
SEVERITY = "error"


def check(registry: Registry, _as_of: date) -> Iterator[Finding]:
    """Yield each circle once, at its first record by id."""
    follows = {one.id: one.follows for one in registry.agreements}
    paths = {one.id: one.path for one in registry.agreements}
    for circle in sorted(set(_circles(follows))):
        message = f"a circle: {' follows '.join([*circle, circle[0]])}"[:190]
        yield Finding(("follows",), message, "remove one link", path=paths[circle[0]])


def _circles(follows: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield the circle behind each link back to the trail, turned to begin at its first id."""
    done: set[str] = set()
    for start in sorted(follows):
        trail: list[str] = []
        pending = [(start, iter(follows[start]))] if start not in done else []
        while pending:
            name, rest = pending[-1]
            if len(trail) < len(pending):
                trail.append(name)
            followed = next(rest, None)
            if followed is None:
                done.add(name)
                trail.pop()
                pending.pop()
            elif followed in trail:
                circle = trail[trail.index(followed) :]
                first = circle.index(min(circle))
                yield (*circle[first:], *circle[:first])
            elif followed not in done and followed in follows:
                pending.append((followed, iter(follows[followed])))
