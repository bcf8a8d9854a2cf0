"""Two memberships of one member in one network that may overlap, but need not.

Dates that are known by year or month only leave it open. Memberships that certainly overlap are an
error: see PR307.

Bad:
    # memberships/a.yaml
    member: a-town
    network: c-network
    stage: admitted
    ended: {date: 2019, reason: withdrew}
    # memberships/b.yaml
    member: a-town
    network: c-network
    stage: admitted
    admitted: 2019
Good:
    # memberships/a.yaml
    member: a-town
    network: c-network
    stage: admitted
    ended: {date: 2019-03, reason: withdrew}
    # memberships/b.yaml
    member: a-town
    network: c-network
    stage: admitted
    admitted: 2019-09
"""

from collections.abc import Iterator
from datetime import date

from partnerreg.checks.facts import RegistryFacts
from partnerreg.checks.membership_overlap import overlaps
from partnerreg.checks.rule import Finding

CODE = "PR312"
NAME = "memberships-may-overlap"
SEVERITY = "warning"


def check(registry: RegistryFacts, _as_of: date) -> Iterator[Finding]:
    """Yield the later of two memberships that are not known to be apart."""
    for place, earlier, own in overlaps(registry, certain=False):
        yield Finding(
            ("member",),
            f"{own.member} may still have been a member of {own.network} then: {earlier.id}",
            "if the documents give months or days, record them",
            path=place.path,
        )
