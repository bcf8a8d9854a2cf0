"""An agreement that the registry does not have.

`follows` names partnerships and memberships by the names of their files.

Bad:
    follows: [sample-2019]
Good:
    # partnerships/sample-2019.yaml
    title: Sample 2019
    # partnerships/sample.yaml
    title: Sample
    follows: [sample-2019]
"""

from collections.abc import Iterator
from datetime import date

from partnerreg.base.limits import MAX_PROBLEMS
from partnerreg.base.suggest import nearest
from partnerreg.checks.facts import RegistryFacts
from partnerreg.checks.rule import Finding

CODE = "PR304"
NAME = "unknown-agreement"
SEVERITY = "error"


def check(registry: RegistryFacts, _as_of: date) -> Iterator[Finding]:
    """Yield each followed id that no partnership and no membership has."""
    known = frozenset(registry.agreement_ids)
    for place, facts in registry:
        unknown = [(index, one) for index, one in enumerate(facts.follows) if one not in known]
        for index, one in unknown[:MAX_PROBLEMS]:
            near = nearest(one, registry.agreement_ids)
            hint = f"did you mean {near}?" if near else "add its record, or remove the id"
            message = f"there is no agreement {one}"
            yield Finding(("follows", index), message, hint, path=place.path)
