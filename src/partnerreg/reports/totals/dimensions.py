"""The dimensions of `totals --by`: the values of an entry and their labels."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from partnerreg.calc.entry import Entry
from partnerreg.calc.status import status
from partnerreg.model.registry import Registry
from partnerreg.reports.arguments import known_value

Value = str | None


@dataclass(frozen=True, slots=True)
class View:
    """What dimensions need besides the entry: registry, day, and whether units are apart."""

    registry: Registry
    as_of: date
    has_units: bool = True


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way of telling totals apart.

    `values` returns an entry's values; several get the full amount each. `label` is what people
    see for a value, `none` what they see for none.
    """

    name: str
    title: str
    values: Callable[[View, Entry], tuple[Value, ...]]
    label: Callable[[View, str], str]
    none: str


def _itself(_view: View, value: str) -> str:
    return value


def _organisation(view: View, value: str) -> str:
    organisation, _, unit = value.partition("/")
    return view.registry.unit_name(organisation, unit or None)


def _source(view: View, entry: Entry) -> tuple[Value, ...]:
    if entry.source and entry.unit and view.has_units:
        return (f"{entry.source}/{entry.unit}",)
    return (entry.source,)


def _country(view: View, entry: Entry) -> tuple[Value, ...]:
    return (view.registry.country(entry.source) if entry.source else None,)


def _record_title(view: View, value: str) -> str:
    found = view.registry.agreements_by_id.get(value)
    return view.registry.title(found) if found else value


def _status(view: View, entry: Entry) -> tuple[Value, ...]:
    return (status(entry.agreement, view.as_of, view.registry.settings.expiring_within),)


DIMENSIONS = (
    Dimension("source", "Source", _source, _organisation, "not attributed"),
    Dimension(
        "recipient", "Recipient", lambda _, e: (e.recipient,), _organisation, "no recipient stated"
    ),
    Dimension("form", "Form", lambda _, e: (e.agreement.form,), _itself, "memberships"),
    Dimension(
        "theme",
        "Theme",
        lambda _, e: tuple(dict.fromkeys(e.agreement.themes)) or (None,),
        _itself,
        "no theme",
    ),
    Dimension("country", "Country", _country, _itself, "no country known"),
    Dimension(
        "party",
        "Party",
        lambda _, e: e.agreement.organisations or (None,),
        _organisation,
        "no party",
    ),
    Dimension(
        "network", "Network", lambda _, e: (e.agreement.network,), _organisation, "partnerships"
    ),
    Dimension("status", "Status", _status, _itself, "–"),
    Dimension("record", "Record", lambda _, e: (e.agreement.id,), _record_title, "–"),
    Dimension("record-kind", "Kind of record", lambda _, e: (e.agreement.kind,), _itself, "–"),
)


@dataclass(frozen=True, slots=True)
class Grouping:
    """By what sums are told apart: a dimension's name; `depth` 1 leaves units out of sources.

    Raises `Failure` (2) for values that cannot be meant.
    """

    by: str = "source"
    depth: int | str = 2

    def __post_init__(self) -> None:
        known_value("--depth", str(self.depth), ("1", "2"))
        _ = self.dimension

    @property
    def has_units(self) -> bool:
        """Whether an organisation's units are told apart."""
        return str(self.depth) == "2"

    @property
    def dimension(self) -> Dimension:
        """The dimension of that name."""
        by_name = {one.name: one for one in DIMENSIONS}
        return by_name[known_value("--by", self.by, tuple(by_name))]
