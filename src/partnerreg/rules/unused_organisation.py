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

from partnerreg.mentions import organisations_named
from partnerreg.registry import Registry
from partnerreg.rule import Finding

CODE = "PR310"
NAME = "unused-organisation"
SEVERITY = "info"


def check(registry: Registry, _as_of: date) -> Iterator[Finding]:
    """Yield each organisation that no record names."""
    if registry.invalid:
        return
    named = {name for record in registry.records for _, name, _ in organisations_named(record)}
    named |= {founder for one in registry.organisations.values() for founder in one.founded_by}
    for organisation in registry.organisations.values():
        if organisation.id not in named:
            message = "nothing refers to this organisation"
            hint = "remove the file, or name it where it takes part"
            yield Finding((), message, hint, path=organisation.path)
