"""Two memberships of one member in one network at one time.

An organisation is a member once. Where it left and came back, the earlier membership says when it
ended; what is not known to be apart overlaps. Planned, applied and declined ones do not count.

Bad:
    # memberships/a.yaml
    member: a-town
    network: c-network
    stage: admitted
    # memberships/b.yaml
    member: a-town
    network: c-network
    stage: admitted
Good:
    # memberships/a.yaml
    member: a-town
    network: c-network
    stage: admitted
    ended: {date: 2015, reason: withdrew}
    # memberships/b.yaml
    member: a-town
    network: c-network
    stage: admitted
    admitted: 2018
"""

from collections.abc import Iterator
from datetime import date

from partnerreg.base.layout import Place
from partnerreg.checks.facts import Membership, RegistryFacts
from partnerreg.checks.rule import Finding

CODE = "PR307"
NAME = "overlapping-memberships"
SEVERITY = "error"


def check(registry: RegistryFacts, _as_of: date) -> Iterator[Finding]:
    """Yield the later of two memberships that are not known to be apart."""
    pairs: dict[tuple[str, str], list[tuple[Membership, Place]]] = {}
    for place, facts in registry:
        own = facts.membership
        if own and place.path not in registry.invalid:
            pairs.setdefault((own.member, own.network), []).append((own, place))
    for (member, network), memberships in pairs.items():
        latest: tuple[date, Place] | None = None  # the one that lasts longest so far
        for own, place in sorted(memberships, key=lambda one: (one[0].first, one[1].path)):
            if latest and own.first <= latest[0]:
                yield Finding(
                    ("member",),
                    f"{member} is already a member of {network}: {latest[1].id}",
                    "remove one of the two, or say when the earlier one ended",
                    path=place.path,
                )
            if latest is None or own.last > latest[0]:
                latest = (own.last, place)
