"""An organisation that the registry does not have.

Parties, members, networks, sources, recipients, responsible organisations, case numbers and
contacts name organisations by the names of their files. An organisation whose own file is faulty
is known all the same.

Bad:
    parties:
      - {organisation: a-twon, role: public-partner}
Good:
    parties:
      - {organisation: a-town, role: public-partner}
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

CODE = "PR302"
NAME = "unknown-organisation"
SEVERITY = "error"


def check(registry: Registry, _as_of: date) -> Iterator[Finding]:
    """Yield each use of an organisation's id that no file has, with the nearest that one has."""
    for record in registry.records:
        yield from islice(_unknown(record, registry), MAX_FAULTS)


def _unknown(record: Record, registry: Registry) -> Iterator[Finding]:
    for where, organisation, _ in organisations_named(record):
        if organisation not in registry.known_organisations:
            near = nearest(organisation, registry.organisation_ids)
            hint = f"did you mean {near}?" if near else f"add organisations/{organisation}.yaml"
            message = f"there is no organisation {organisation}"
            yield Finding(where, message, hint, path=record.path)
