"""Two memberships of one member in one network at one time.

An organisation is a member once. Where it left and came back, the earlier membership says when it
ended; what is not known to be apart overlaps. Planned, applied and declined ones do not count.

Bad:
    # memberships/a.yaml
    member: a-town
    network: c-network
    stage: admitted
    # memberships/b.yaml
    member: a-town
    network: c-network
    stage: admitted
Good:
    # memberships/a.yaml
    member: a-town
    network: c-network
    stage: admitted
    ended: {date: 2015, reason: withdrew}
    # memberships/b.yaml
    member: a-town
    network: c-network
    stage: admitted
    admitted: 2018
"""

from collections.abc import Iterator
from datetime import date

from partnerreg.model import Agreement
from partnerreg.registry import Registry
from partnerreg.rule import Finding
from partnerreg.status import known_start
from partnerreg.term import is_tacit, nth_end

CODE = "PR307"
NAME = "overlapping-memberships"
SEVERITY = "error"


def check(registry: Registry, _as_of: date) -> Iterator[Finding]:
    """Yield the later of two memberships that are not known to be apart."""
    pairs: dict[tuple[str, str], list[Agreement]] = {}
    for one in registry.valid_agreements:
        if one.member and one.network and one.stage in {"admitted", "suspended"}:
            pairs.setdefault((one.member, one.network), []).append(one)
    for memberships in pairs.values():
        for place, later in enumerate(memberships):
            clash = next((one for one in memberships[:place] if _overlap(one, later)), None)
            if clash:
                yield Finding(
                    ("member",),
                    f"{later.member} is already a member of {later.network}: {clash.id}",
                    "remove one of the two, or say when the earlier one ended",
                    path=later.path,
                )


def _overlap(one: Agreement, other: Agreement) -> bool:
    return not (_last(one) < _first(other) or _last(other) < _first(one))


def _first(membership: Agreement) -> date:
    return known_start(membership).first or date.min


def _last(membership: Agreement) -> date:
    ended = membership.ended.date.last if membership.ended else None
    end = membership.period.end.last
    if is_tacit(membership):
        end = nth_end(membership, 0) if _never_renews(membership) else None
    return min(end or date.max, ended or date.max)


def _never_renews(membership: Agreement) -> bool:
    return membership.renewal is not None and membership.renewal.times == 0
