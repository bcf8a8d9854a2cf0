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
    settled: set[str] = set()
    for start in sorted(follows):
        trail: list[str] = []
        pending = [(start, 0)]
        while pending:
            name, depth = pending.pop()
            del trail[depth:]
            if name in trail:
                circle = trail[trail.index(name) :]
                if min(circle) == circle[0]:
                    message = f"a circle: {' follows '.join([*circle, name])}"[:190]
                    yield Finding(("follows",), message, "remove one link", path=paths[name])
                continue
            if name in settled or name not in follows:
                continue
            trail.append(name)
            pending.extend((followed, depth + 1) for followed in follows[name])
        settled.update(trail)
