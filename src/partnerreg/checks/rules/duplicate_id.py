"""Two files with one id.

An id names one record in the whole registry, whatever its kind or subfolder. Names that differ
only in case are one name on many disks.

Bad:
    # partnerships/sample.yaml
    title: Sample
    # partnerships/old/sample.yaml
    title: Sample again
Good:
    # partnerships/sample.yaml
    title: Sample
    # partnerships/old/sample-2019.yaml
    title: Sample again
"""

from collections.abc import Iterator
from datetime import date

from partnerreg.checks.facts import RegistryFacts
from partnerreg.checks.rule import Finding

CODE = "PR301"
NAME = "duplicate-id"
SEVERITY = "error"


def check(registry: RegistryFacts, _as_of: date) -> Iterator[Finding]:
    """Yield every file whose id an earlier file has."""
    first: dict[str, str] = {}
    for place in registry.places:
        owner = first.setdefault(place.id.casefold(), place.path)
        if owner != place.path:
            message = f"the id {place.id} is taken by {owner}"
            yield Finding((), message, "rename one of the two files", path=place.path)
