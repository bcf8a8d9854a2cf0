"""Select which money `totals` counts."""

from datetime import date
from typing import get_args

from msgspec import Struct
from msgspec.structs import replace

from partnerreg.base.errors import Failure
from partnerreg.calc.convert import Method
from partnerreg.calc.entry import Entry
from partnerreg.calc.spread import Spread
from partnerreg.model.codelists import codes
from partnerreg.model.parts import Line, Money
from partnerreg.model.records import Agreement
from partnerreg.model.registry import Registry
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


class MoneySelection(Struct, frozen=True):
    """What to count: stages, kinds, years (inclusive), how to spread, what to convert into.

    `currency` is an ISO 4217 code. Yearly money of open and renewing agreements is counted through
    the as-of year, or the later year `through`. `sources` and `recipients` are the organisations of
    the types asked for: see `with_types`. Raises `Failure` (2) for values that cannot be meant.
    """

    filters: Filters = Filters()
    stage: str = ""
    kind: str = "all"
    years: tuple[int, int] | None = None
    spread: Spread = "none"
    currency: str | None = None
    method: Method = Method("average")
    through: int | None = None
    source_type: tuple[str, ...] = ()
    recipient_type: tuple[str, ...] = ()
    sources: frozenset[str] | None = None
    recipients: frozenset[str] | None = None

    def __post_init__(self) -> None:
        if self.stage:
            known_value("--stage", self.stage, tuple(filter(None, STAGES)))
        known_value("--funding-kind", self.kind, KINDS)
        for option, types in (("source", self.source_type), ("recipient", self.recipient_type)):
            for one in types:
                known_value(f"--{option}-type", one, codes("organisation_type"))
        if self.years and not 1 <= self.years[0] <= self.years[1] <= 9999:
            raise Failure(f"--year: {self.years[0]}..{self.years[1]} are no years")
        known_value("--spread", self.spread, get_args(Spread))
        if self.currency is not None:
            such_as = "three letters of ISO 4217, such as SEK or EUR"
            known_value("--in", self.currency, codes("currency"), such_as)


def with_types(wanted: MoneySelection, registry: Registry) -> MoneySelection:
    """Return the selection with the organisations that are of the types it asks for."""

    def of(types: tuple[str, ...]) -> frozenset[str] | None:
        every = registry.organisations.values()
        return frozenset(one.id for one in every if one.type in types) if types else None

    return replace(wanted, sources=of(wanted.source_type), recipients=of(wanted.recipient_type))


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
        early = int(text) < as_of.year
        why = f"is before {as_of.year}" if early else "is a hundred years on, or more"
        message = f"--through: {text} {why}"
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
    """Whether an entry is of a stage, kind, source, recipient and label that was asked for."""
    return (
        entry.stage in STAGES[wanted.stage]
        and of_kind(entry, wanted.kind)
        and from_source(entry, wanted)
        and to_recipient(entry.recipient, wanted)
        and has_labels(entry.agreement, entry.origin, wanted.filters.labels)
    )


def is_asked_for(agreement: Agreement, money: Money, wanted: MoneySelection) -> bool:
    """Whether a line or budget row, also one of unknown amount, is of what was asked for.

    A budget row has no source, and its stage is that of the agreement.
    """
    if isinstance(money, Line):
        stage = "planned" if agreement.is_planned else money.stage
        named = _is_source(money.source_organisation, money.source_unit, wanted)
        recipient = agreement.recipient_of(money)
    else:
        stage = "planned" if agreement.is_planned else "agreed"
        named = not asks_for_sources(wanted)
        recipient = agreement.usual_recipient(None)
    named &= to_recipient(recipient, wanted)
    is_kind = wanted.kind == "all" or money.kind in {None, wanted.kind}
    is_labelled = has_labels(agreement, money, wanted.filters.labels)
    return named and is_kind and is_labelled and stage in STAGES[wanted.stage]


def of_kind(entry: Entry, kind: str) -> bool:
    """Whether an entry is of a kind; one that may be either is only among all."""
    return kind in ("all", entry.kind)


def asks_for_sources(wanted: MoneySelection) -> bool:
    """Whether only money of some sources is asked for: what is not attributed is then left out."""
    return bool(wanted.filters.source or wanted.source_type)


def from_source(entry: Entry, wanted: MoneySelection) -> bool:
    """Whether an entry comes from one of the sources asked for; from any where none is."""
    return _is_source(entry.source or "", entry.unit, wanted)


def _is_source(organisation: str, unit: str | None, wanted: MoneySelection) -> bool:
    named = wanted.filters.source
    if wanted.sources is not None and organisation not in wanted.sources:
        return False
    return not named or any(names_unit(one, organisation, unit) for one in named)


def to_recipient(recipient: str | None, wanted: MoneySelection) -> bool:
    """Whether money goes to one of the recipients asked for; to any where none is."""
    if wanted.recipients is not None and recipient not in wanted.recipients:
        return False
    return not wanted.filters.recipient or recipient in wanted.filters.recipient


def in_years(entry: Entry, years: tuple[int, int] | None) -> bool:
    """Whether an entry belongs to a span of years; a sum without a year belongs to none."""
    return years is None or (entry.year is not None and years[0] <= entry.year <= years[1])
