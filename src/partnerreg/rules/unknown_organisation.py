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

from partnerreg.mentions import organisations_named
from partnerreg.nearest import nearest
from partnerreg.registry import Registry
from partnerreg.rule import Finding

CODE = "PR302"
NAME = "unknown-organisation"
SEVERITY = "error"


def check(registry: Registry, _as_of: date) -> Iterator[Finding]:
    """Yield each use of an organisation's id that no file has, with the nearest that one has."""
    known = registry.known_organisations
    for record in registry.records:
        for where, organisation, _ in organisations_named(record):
            if organisation not in known:
                near = nearest(organisation, registry.organisation_ids)
                file = f"organisations/{organisation}.yaml"
                hint = f"did you mean {near}?" if near else f"add {file}"
                message = f"there is no organisation {organisation}"
                yield Finding(where, message, hint, path=record.path)
