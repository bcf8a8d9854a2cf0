"""A unit that its organisation does not have.

`organisation/unit`, and the `units` of a party, name slugs under the organisation's `units`.

Bad:
    parties:
      - {organisation: a-town, role: public-partner, units: [culture-bord]}
Good:
    parties:
      - {organisation: a-town, role: public-partner, units: [culture-board]}
"""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from partnerreg.base.limits import MAX_PROBLEMS
from partnerreg.base.suggest import nearest
from partnerreg.checks.facts import RegistryFacts
from partnerreg.checks.rule import Finding

CODE = "PR303"
NAME = "unknown-unit"
SEVERITY = "error"


def check(registry: RegistryFacts, _as_of: date) -> Iterator[Finding]:
    """Yield each unit that is not in its organisation's file, unless that file is faulty."""
    owners = {
        place.id: (place.path, facts.units)
        for place, facts in registry
        if facts.units is not None and place.path not in registry.invalid
    }
    for place, facts in registry:
        unknown = (
            (where, organisation, unit)
            for where, organisation, unit in facts.mentions
            if unit is not None and organisation in owners and unit not in owners[organisation][1]
        )
        for where, organisation, unit in islice(unknown, MAX_PROBLEMS):
            path, slugs = owners[organisation]
            near = nearest(unit, slugs)
            hint = f"did you mean {near}?" if near else f"add it under units in {path}"
            message = f"{organisation} has no unit {unit}"
            yield Finding(where, message, hint, path=place.path)
