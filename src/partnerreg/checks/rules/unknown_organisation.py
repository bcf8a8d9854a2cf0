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

from partnerreg.base.limits import MAX_PROBLEMS
from partnerreg.base.suggest import nearest
from partnerreg.checks.facts import RegistryFacts
from partnerreg.checks.rule import Finding

CODE = "PR302"
NAME = "unknown-organisation"
SEVERITY = "error"


def check(registry: RegistryFacts, _as_of: date) -> Iterator[Finding]:
    """Yield each use of an organisation's id that no file has, with the nearest that one has."""
    known = registry.known_organisations
    for place, facts in registry:
        unknown = ((where, one) for where, one, _ in facts.mentions if one not in known)
        for where, organisation in islice(unknown, MAX_PROBLEMS):
            near = nearest(organisation, registry.organisation_ids)
            hint = f"did you mean {near}?" if near else f"add organisations/{organisation}.yaml"
            message = f"there is no organisation {organisation}"
            yield Finding(where, message, hint, path=place.path)
