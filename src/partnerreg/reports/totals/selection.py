"""Which money a report counts, and how."""

from dataclasses import dataclass

from partnerreg.calc.convert import Method
from partnerreg.calc.funding import Entry
from partnerreg.calc.spread import Spread
from partnerreg.reports.filters import Filters, names_unit

STAGES: dict[str, frozenset[str]] = {
    "": frozenset({"agreed", "paid"}),
    "all": frozenset({"planned", "agreed", "paid"}),
    "planned": frozenset({"planned"}),
    "agreed": frozenset({"agreed"}),
    "paid": frozenset({"paid"}),
}


@dataclass(frozen=True, slots=True)
class MoneyFilters:
    """What to count: stages, kinds, years (inclusive), how to spread, what to convert into."""

    filters: Filters = Filters()
    stage: str = ""
    kind: str = "all"
    years: tuple[int, int] | None = None
    spread: Spread = "none"
    target: str | None = None
    method: Method = Method("average")


def is_wanted(entry: Entry, wanted: MoneyFilters) -> bool:
    """Whether an entry is of a stage, kind and source that was asked for."""
    return (
        entry.stage in STAGES[wanted.stage]
        and of_kind(entry, wanted.kind)
        and from_source(entry, wanted.filters.source)
    )


def of_kind(entry: Entry, kind: str) -> bool:
    """Whether an entry is of a kind; one that may be either is only among all."""
    return kind in ("all", entry.kind)


def from_source(entry: Entry, sources: tuple[str, ...]) -> bool:
    """Whether an entry comes from one of the sources; from any where none is named."""
    if not sources:
        return True
    return any(names_unit(named, entry.source or "", entry.unit) for named in sources)


def in_years(entry: Entry, years: tuple[int, int] | None) -> bool:
    """Whether an entry belongs to a span of years; a sum without a year belongs to none."""
    return years is None or (entry.year is not None and years[0] <= entry.year <= years[1])
