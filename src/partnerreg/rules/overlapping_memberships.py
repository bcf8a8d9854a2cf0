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

from partnerreg.census import Census
from partnerreg.rule import Finding
from partnerreg.tellings import membership

CODE = "PR307"
NAME = "overlapping-memberships"
SEVERITY = "error"


def check(census: Census, _as_of: date) -> Iterator[Finding]:
    """Yield the later of two memberships that are not known to be apart."""
    earlier: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for place, (member, network, first, last) in census.of(membership):
        if place.path in census.invalid:
            continue
        others = earlier.setdefault((member, network), [])
        clash = next((id_ for id_, start, end in others if start <= last and first <= end), None)
        others.append((place.id, first, last))
        if clash:
            yield Finding(
                ("member",),
                f"{member} is already a member of {network}: {clash}",
                "remove one of the two, or say when the earlier one ended",
                path=place.path,
            )
