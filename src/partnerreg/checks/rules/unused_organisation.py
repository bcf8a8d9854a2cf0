"""An organisation that nothing refers to.

No agreement and no other organisation names it. Nothing is said while files cannot be read, since
they might.

Bad:
    # organisations/d-club.yaml
    name: D Club
    type: association
Good:
    # organisations/d-club.yaml
    name: D Club
    type: association
    # partnerships/sample.yaml
    parties:
      - {organisation: a-town}
      - {organisation: d-club}
"""

from collections.abc import Iterator
from datetime import date

from partnerreg.checks.facts import RegistryFacts
from partnerreg.checks.rule import Finding

CODE = "PR310"
NAME = "unused-organisation"
SEVERITY = "info"


def check(registry: RegistryFacts, _as_of: date) -> Iterator[Finding]:
    """Yield each organisation that no record names."""
    if registry.invalid:
        return
    named = {one for _, facts in registry for _, one, _ in facts.mentions}
    named |= {one for _, facts in registry for one in facts.founders}
    for place, facts in registry:
        if facts.units is not None and place.id not in named:
            message = "nothing refers to this organisation"
            hint = "remove the file, or name it where it takes part"
            yield Finding((), message, hint, path=place.path)
