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

from partnerreg.base.limits import MAX_FAULTS
from partnerreg.base.suggest import nearest
from partnerreg.checks.census import Census
from partnerreg.checks.facts import mentions
from partnerreg.checks.rule import Finding

CODE = "PR302"
NAME = "unknown-organisation"
SEVERITY = "error"


def check(census: Census, _as_of: date) -> Iterator[Finding]:
    """Yield each use of an organisation's id that no file has, with the nearest that one has."""
    known = census.known_organisations
    for place, named in census.of(mentions):
        unknown = ((where, one) for where, one, _ in named if one not in known)
        for where, organisation in islice(unknown, MAX_FAULTS):
            near = nearest(organisation, census.organisation_ids)
            hint = f"did you mean {near}?" if near else f"add organisations/{organisation}.yaml"
            message = f"there is no organisation {organisation}"
            yield Finding(tuple(where), message, hint, path=place.path)
