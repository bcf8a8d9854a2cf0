"""Find memberships of one member in one network that overlap, or may."""

from collections.abc import Iterator

from partnerreg.base.layout import Place
from partnerreg.checks.facts import Membership, RegistryFacts

_MOST_COMPARED = 200
"""Memberships of one pair that are compared with each other."""


def overlaps(
    registry: RegistryFacts, *, certain: bool
) -> Iterator[tuple[Place, Place, Membership]]:
    """Yield each membership that overlaps an earlier one, with that one's place.

    With `certain` those that overlap however their dates are read; without it those that overlap
    in some reading only. Files with errors are passed over.
    """
    pairs: dict[tuple[str, str], list[tuple[Membership, Place]]] = {}
    for place, facts in registry:
        own = facts.membership
        if own and place.path not in registry.invalid:
            pairs.setdefault((own.member, own.network), []).append((own, place))
    for memberships in pairs.values():
        memberships.sort(key=lambda one: (one[0].first, one[1].path))
        for number, (own, place) in enumerate(memberships):
            earlier = memberships[max(0, number - _MOST_COMPARED) : number]
            sure = [other for before, other in earlier if _overlap(before, own)]
            may = [other for before, other in earlier if _may_overlap(before, own)]
            found = sure if certain else [] if sure else may
            if found:
                yield place, found[-1], own


def _overlap(one: Membership, other: Membership) -> bool:
    """Whether both hold on some day, however their dates are read."""
    return one.last_start <= other.first_end and other.last_start <= one.first_end


def _may_overlap(one: Membership, other: Membership) -> bool:
    return one.first <= other.last and other.first <= one.last
