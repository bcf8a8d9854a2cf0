"""A planned record with nothing new for a year after its decision.

It was decided or applied for more than a year before the as-of day, and no later decision,
application or admission is recorded. Either it came to nothing, or the record was forgotten.

Bad:
    # memberships/a.yaml
    member: a-town
    network: c-network
    stage: planned
    decided: 2018-03-01
Good:
    # memberships/a.yaml
    member: a-town
    network: c-network
    stage: admitted
    decided: 2018-03-01
    admitted: 2018-09-01
"""

from collections.abc import Iterator
from datetime import date

from partnerreg.checks.facts import RegistryFacts
from partnerreg.checks.rule import Finding
from partnerreg.model.dates import Duration, shifted

CODE = "PR309"
NAME = "planned-and-silent"
SEVERITY = "warning"


def check(registry: RegistryFacts, as_of: date) -> Iterator[Finding]:
    """Yield each planned agreement whose latest known step lies more than a year back."""
    for place, facts in registry:
        waiting = facts.waiting
        if waiting and shifted(waiting.since, Duration(12, 0)) < as_of:
            yield Finding(
                ("stage",),
                f"still {waiting.stage}, and nothing new since {waiting.since}",
                "record what came of it: agreed, admitted or declined",
                path=place.path,
            )
