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

from partnerreg.mentions import organisations_named
from partnerreg.model import Record
from partnerreg.nearest import nearest
from partnerreg.registry import Registry
from partnerreg.rule import Finding
from partnerreg.yaml_profile import MAX_FAULTS

CODE = "PR303"
NAME = "unknown-unit"
SEVERITY = "error"


def check(registry: Registry, _as_of: date) -> Iterator[Finding]:
    """Yield each unit that is not in its organisation's file, unless that file is faulty."""
    for record in registry.records:
        yield from islice(_unknown(record, registry), MAX_FAULTS)


def _unknown(record: Record, registry: Registry) -> Iterator[Finding]:
    for where, organisation, unit in organisations_named(record):
        owner = registry.organisations.get(organisation)
        if unit is None or owner is None or owner.path in registry.invalid:
            continue
        units = tuple(slug for slug, _ in owner.units)
        if unit not in units:
            near = nearest(unit, units)
            hint = f"did you mean {near}?" if near else f"add it under units in {owner.path}"
            message = f"{organisation} has no unit {unit}"
            yield Finding(where, message, hint, path=record.path)
