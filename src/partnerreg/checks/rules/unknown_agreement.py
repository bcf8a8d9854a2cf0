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

from partnerreg.base.limits import MAX_FAULTS
from partnerreg.base.suggest import nearest
from partnerreg.checks.census import Census
from partnerreg.checks.facts import follows
from partnerreg.checks.rule import Finding

CODE = "PR304"
NAME = "unknown-agreement"
SEVERITY = "error"


def check(census: Census, _as_of: date) -> Iterator[Finding]:
    """Yield each followed id that no partnership and no membership has."""
    known = frozenset(census.agreement_ids)
    for place, followed in census.of(follows):
        unknown = [(index, one) for index, one in enumerate(followed) if one not in known]
        for index, one in unknown[:MAX_FAULTS]:
            near = nearest(one, census.agreement_ids)
            hint = f"did you mean {near}?" if near else "add its record, or remove the id"
            message = f"there is no agreement {one}"
            yield Finding(("follows", index), message, hint, path=place.path)
