"""A signature, a check or a payment that is dated in the future.

It lies after today, and after the day of `--as-of`. Nobody can know yet that it took place.

Bad:
    signed: 9999-12-31
Good:
    signed: 2020-06-30
"""

from collections.abc import Iterator
from datetime import date

from partnerreg.checks.facts import RegistryFacts
from partnerreg.checks.rule import Finding

CODE = "PR313"
NAME = "date-in-future"
SEVERITY = "warning"


def check(registry: RegistryFacts, as_of: date) -> Iterator[Finding]:
    """Yield each date of something done that lies after today and the as-of day."""
    latest = max(as_of, registry.today)
    for place, facts in registry:
        for where, day in facts.done:
            if day > latest:
                yield Finding(
                    where,
                    f"{day} lies in the future",
                    "check the date; leave out what has not happened yet",
                    path=place.path,
                )
