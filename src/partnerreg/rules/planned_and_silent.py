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

from partnerreg.dates import Duration, shifted
from partnerreg.registry import Registry
from partnerreg.rule import Finding

CODE = "PR309"
NAME = "planned-and-silent"
SEVERITY = "warning"


def check(registry: Registry, as_of: date) -> Iterator[Finding]:
    """Yield each planned agreement whose latest known step lies more than a year back."""
    for agreement in registry.agreements:
        if not agreement.is_planned:
            continue
        steps = [agreement.decided, agreement.applied, agreement.signed]
        steps += [decision.date for decision in agreement.decisions]
        days = [step.last for step in steps if step and step.last]
        if days and shifted(max(days), Duration(12, 0)) < as_of:
            yield Finding(
                ("stage",),
                f"still {agreement.stage}, and nothing new since {max(days)}",
                "record what came of it: agreed, admitted or declined",
                path=agreement.path,
            )
