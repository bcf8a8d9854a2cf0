"""Two memberships of one member in one network at one time.

An organisation is a member once. Where it left and came back, the earlier membership says when it
ended. A membership that nobody ended holds on. Planned, applied and declined ones do not count.
Where dates are known by year or month only, so that the two may be apart, it is a warning: PR312.

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

from partnerreg.checks.facts import RegistryFacts
from partnerreg.checks.membership_overlap import overlaps
from partnerreg.checks.rule import Finding

CODE = "PR307"
NAME = "overlapping-memberships"
SEVERITY = "error"


def check(registry: RegistryFacts, _as_of: date) -> Iterator[Finding]:
    """Yield the later of two memberships that overlap however their dates are read."""
    for place, earlier, own in overlaps(registry, certain=True):
        yield Finding(
            ("member",),
            f"{own.member} is already a member of {own.network}: {earlier.id}",
            "if the earlier one ended, say when; if they are one, keep one of the two",
            path=place.path,
        )
