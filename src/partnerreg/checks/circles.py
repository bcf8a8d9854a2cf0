"""Find circles among links between records."""

from collections.abc import Iterator, Mapping
from itertools import islice

MAX_CIRCLES = 1_000
"""Circles that are told; records that point to each other densely have millions."""


def circles(links: Mapping[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the circles of links in order, each once, beginning with its first id."""
    return sorted(set(islice(_circles(links), MAX_CIRCLES)))


def _circles(links: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
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
