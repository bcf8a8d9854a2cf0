"""A party after its organisation was dissolved.

The agreement goes on past the last day on which the organisation existed. Somebody else has taken
its place, or the agreement ended.

Bad:
    # organisations/d-club.yaml
    name: D Club
    type: association
    dissolved: 2021-06-30
    # partnerships/a.yaml
    period: {start: 2020, end: 2023}
    parties:
      - {organisation: a-town}
      - {organisation: d-club}
Good:
    # organisations/d-club.yaml
    name: D Club
    type: association
    dissolved: 2021-06-30
    succeeded_by: [b-club]
    # partnerships/a.yaml
    period: {start: 2020, end: 2023}
    parties:
      - {organisation: a-town}
      - {organisation: d-club, to: 2021-06-30}
      - {organisation: b-club, from: 2021-07-01}
"""

from collections.abc import Iterator
from datetime import date

from partnerreg.base.limits import MAX_PROBLEMS
from partnerreg.checks.facts import RegistryFacts
from partnerreg.checks.rule import Finding

CODE = "PR314"
NAME = "party-dissolved"
SEVERITY = "warning"


def check(registry: RegistryFacts, _as_of: date) -> Iterator[Finding]:
    """Yield each party whose time goes on past the last day of its organisation."""
    dissolved = {place.id: facts for place, facts in registry if facts.dissolved}
    if not dissolved:
        return
    for place, facts in registry:
        told = 0
        for where, organisation, last in facts.party_spans:
            gone = dissolved.get(organisation)
            if gone and gone.dissolved and last > gone.dissolved and told < MAX_PROBLEMS:
                told += 1
                successors = " or ".join(gone.succeeded_by[:3])
                then = f", and {successors} from the day after" if successors else ""
                yield Finding(
                    where,
                    f"{organisation} was dissolved on {gone.dissolved}, and is a party after that",
                    f"give this party to: {gone.dissolved}{then}; or record that it ended",
                    path=place.path,
                )
