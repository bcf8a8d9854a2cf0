"""Select which money `totals` counts."""

from dataclasses import dataclass
from datetime import date
from typing import get_args

from partnerreg.base.errors import Failure
from partnerreg.calc.convert import Method
from partnerreg.calc.entry import Entry
from partnerreg.calc.spread import Spread
from partnerreg.model.codelists import codes
from partnerreg.model.parts import Line, Money
from partnerreg.model.records import Agreement
from partnerreg.reports.arguments import day, known_value
from partnerreg.reports.filters import Filters, has_labels, names_unit

STAGES: dict[str, frozenset[str]] = {
    "": frozenset({"agreed", "paid"}),
    "all": frozenset({"planned", "agreed", "paid"}),
    "planned": frozenset({"planned"}),
    "agreed": frozenset({"agreed"}),
    "paid": frozenset({"paid"}),
}
KINDS = ("cash", "in-kind", "all")


@dataclass(frozen=True, slots=True)
class MoneySelection:
    """What to count: stages, kinds, years (inclusive), how to spread, what to convert into.

    `currency` is an ISO 4217 code. Yearly money of open and renewing agreements is counted through
    the as-of year, or the later year `through`. Raises `Failure` (2) for values that cannot be
    meant.
    """

    filters: Filters = Filters()
    stage: str = ""
    kind: str = "all"
    years: tuple[int, int] | None = None
    spread: Spread = "none"
    currency: str | None = None
    method: Method = Method("average")
    through: int | None = None

    def __post_init__(self) -> None:
        if self.stage:
            known_value("--stage", self.stage, tuple(filter(None, STAGES)))
        known_value("--funding-kind", self.kind, KINDS)
        if self.years and not 1 <= self.years[0] <= self.years[1] <= 9999:
            raise Failure(f"--year: {self.years[0]}..{self.years[1]} are no years")
        known_value("--spread", self.spread, get_args(Spread))
        if self.currency is not None:
            such_as = "three letters of ISO 4217, such as SEK or EUR"
            known_value("--in", self.currency, codes("currency"), such_as)


def through_year(year: int | str | None, as_of: date) -> int | None:
    """Return the year that open and renewing agreements are counted through.

    Raises `Failure` (2) for one before the as-of year, or a hundred years on.
    """
    if year is None:
        return None
    text = str(year)
    if not (text.isascii() and text.isdecimal() and len(text) == 4):
        raise Failure(f"--through: {text[:40]} is not a year", hint="write YYYY")
    if not as_of.year <= int(text) < as_of.year + 100:
        message = f"--through: {text} is before {as_of.year} or a hundred years on"
        raise Failure(message, hint=f"a year from {as_of.year}, the year of --as-of")
    return int(text)


def method_of(rate: str | date) -> Method:
    """Return the method that `average`, `end` or a day (YYYY-MM-DD) names.

    Raises `Failure` (2) for anything else.
    """
    if isinstance(rate, date):
        return Method("day", rate)
    return Method(rate) if rate in {"average", "end"} else Method("day", day("--rate", rate))


def is_wanted(entry: Entry, wanted: MoneySelection) -> bool:
    """Whether an entry is of a stage, kind, source and label that was asked for."""
    return (
        entry.stage in STAGES[wanted.stage]
        and of_kind(entry, wanted.kind)
        and from_source(entry, wanted.filters.source)
        and has_labels(entry.agreement, entry.origin, wanted.filters.labels)
    )


def is_asked_for(agreement: Agreement, money: Money, wanted: MoneySelection) -> bool:
    """Whether a line or budget row, also one of unknown amount, is of what was asked for.

    A budget row has no source, and its stage is that of the agreement.
    """
    if isinstance(money, Line):
        stage = "planned" if agreement.is_planned else money.stage
        sources = wanted.filters.source
        named = not sources or any(
            names_unit(one, money.source_organisation, money.source_unit) for one in sources
        )
    else:
        stage = "planned" if agreement.is_planned else "agreed"
        named = not wanted.filters.source
    is_kind = wanted.kind == "all" or money.kind in {None, wanted.kind}
    is_labelled = has_labels(agreement, money, wanted.filters.labels)
    return named and is_kind and is_labelled and stage in STAGES[wanted.stage]


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
