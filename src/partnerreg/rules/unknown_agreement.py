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

from partnerreg.nearest import nearest
from partnerreg.registry import Registry
from partnerreg.rule import Finding
from partnerreg.yaml_profile import MAX_FAULTS

CODE = "PR304"
NAME = "unknown-agreement"
SEVERITY = "error"


def check(registry: Registry, _as_of: date) -> Iterator[Finding]:
    """Yield each followed id that no partnership and no membership has."""
    known = frozenset(registry.agreement_ids)
    for agreement in registry.agreements:
        unknown = [(n, one) for n, one in enumerate(agreement.follows) if one not in known]
        for index, followed in unknown[:MAX_FAULTS]:
            near = nearest(followed, registry.agreement_ids)
            hint = f"did you mean {near}?" if near else "add its record, or remove the id"
            message = f"there is no agreement {followed}"
            yield Finding(("follows", index), message, hint, path=agreement.path)
