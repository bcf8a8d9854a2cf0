"""Compare sums and deadlines of two versions of a registry."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeVar

from partnerreg.calc.deadlines import deadlines
from partnerreg.calc.funding import expand
from partnerreg.calc.status import status
from partnerreg.model.records import Agreement
from partnerreg.model.registry import Registry

_LEFT_OUT = frozenset({"ended", "declined", "planned"})
K = TypeVar("K")
V = TypeVar("V")


class FundingCell(NamedTuple):
    """What one sum is of: as in totals by source, of every stage; a remainder has no source."""

    source: str | None
    year: int | None
    currency: str
    kind: str | None
    stage: str


class DeadlineKey(NamedTuple):
    """Which deadline of which agreement."""

    id: str
    event: str
    milestone: str | None


def funding_cells(
    agreements: Iterable[Agreement], as_of: date, ids: dict[str, str]
) -> dict[FundingCell, Decimal]:
    """Return the sums of some agreements, organisations by their new ids."""
    cells: dict[FundingCell, Decimal] = defaultdict(Decimal)
    for agreement in agreements:
        for entry in expand(agreement, as_of).entries:
            source = ids.get(entry.source, entry.source) if entry.source else None
            if source and entry.unit:
                source = f"{source}/{entry.unit}"
            cell = FundingCell(source, entry.year, entry.currency, entry.kind, entry.stage)
            cells[cell] += entry.amount
    return dict(cells)


class Due(NamedTuple):
    """When a deadline is, and what happens where nobody acts."""

    day: date
    if_nothing: str | None

    @property
    def words(self) -> str:
        """The two for people: `2022-12-31 renews`."""
        return f"{self.day.isoformat()} {self.if_nothing or ''}".rstrip()


def deadlines_of(registry: Registry, as_of: date, ids: dict[str, str]) -> dict[DeadlineKey, Due]:
    """Return every deadline of agreements in force, agreements by their new ids."""
    within = registry.settings.expiring_within
    return {
        DeadlineKey(ids.get(one.id, one.id), found.event, found.milestone): Due(
            found.day, found.if_nothing
        )
        for one in registry.valid_agreements
        if status(one, as_of, within) not in _LEFT_OUT
        for found in deadlines(one, as_of)
    }


def moved(before: dict[K, V], after: dict[K, V]) -> dict[K, tuple[V | None, V | None]]:
    """Return what differs: the value before and after, None where it is absent."""
    keys = dict.fromkeys((*before, *after))
    pairs = {key: (before.get(key), after.get(key)) for key in keys}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


def difference(before: Decimal | None, after: Decimal | None) -> Decimal:
    """Return how much more it is after; absent counts as nothing."""
    return (after or Decimal(0)) - (before or Decimal(0))
