"""The dimensions of `totals --by`: the values of an entry and their labels."""

from collections.abc import Callable
from datetime import date
from itertools import product

from msgspec import Struct

from partnerreg.base.errors import Failure
from partnerreg.calc.entry import Entry
from partnerreg.calc.status import status
from partnerreg.model.parts import Line
from partnerreg.model.registry import Registry
from partnerreg.reports.arguments import known_value

Value = str | None


class View(Struct, frozen=True):
    """What dimensions need besides the entry: registry, day, and whether units are apart."""

    registry: Registry
    as_of: date
    has_units: bool = True


class Dimension(Struct, frozen=True):
    """One way of telling totals apart.

    `values` returns an entry's values; several get the full amount each. `label` is what people
    see for a value, `none` what they see for none.
    """

    name: str
    title: str
    values: Callable[[View, Entry], tuple[Value, ...]]
    label: Callable[[View, str], str]
    none: str

    @property
    def column(self) -> str:
        """The name of its column for machines."""
        return self.name.partition(":")[0].replace("-", "_")


def _itself(_view: View, value: str) -> str:
    return value


def _organisation(view: View, value: str) -> str:
    organisation, _, unit = value.partition("/")
    return view.registry.unit_name(organisation, unit or None)


def _source(view: View, entry: Entry) -> tuple[Value, ...]:
    return (_with_unit(view, entry.source, entry.unit),)


def _responsible(view: View, entry: Entry) -> tuple[Value, ...]:
    organisation, _, unit = (entry.agreement.responsible or "").partition("/")
    return (_with_unit(view, organisation or None, unit or None),)


def _with_unit(view: View, organisation: str | None, unit: str | None) -> Value:
    if organisation and unit and view.has_units:
        return f"{organisation}/{unit}"
    return organisation


def _country(view: View, entry: Entry) -> tuple[Value, ...]:
    return (view.registry.country(entry.source) if entry.source else None,)


def _source_type(view: View, entry: Entry) -> tuple[Value, ...]:
    return (view.registry.type(entry.source) if entry.source else None,)


def _recipient_type(view: View, entry: Entry) -> tuple[Value, ...]:
    return (view.registry.type(entry.recipient) if entry.recipient else None,)


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
    Dimension("source-type", "Source", _source_type, _itself, "no type known"),
    Dimension("recipient-type", "Recipient", _recipient_type, _itself, "no type known"),
    Dimension("responsible", "Responsible", _responsible, _organisation, "nobody"),
    Dimension("currency", "Currency", lambda _, e: (e.currency,), _itself, "–"),
    Dimension("stage", "Stage", lambda _, e: (e.stage,), _itself, "–"),
)
_LABEL = "label:"


def _of_label(name: str) -> Dimension:
    """Return the dimension `label:KEY`: a line's own label, else its record's."""
    key = name.removeprefix(_LABEL)

    def values(_view: View, entry: Entry) -> tuple[Value, ...]:
        own = entry.origin.labels if isinstance(entry.origin, Line) else {}
        return (own.get(key, entry.agreement.labels.get(key)),)

    return Dimension(name, key, values, _itself, f"no {key}")


def values_of(
    dimensions: tuple[Dimension, ...], view: View, entry: Entry
) -> tuple[tuple[Value, ...], ...]:
    """Return the groups that an entry belongs to: a value of each dimension in each."""
    if len(dimensions) == 1:
        found = dimensions[0].values(view, entry)
        return (found,) if len(found) == 1 else tuple((value,) for value in found)
    return tuple(product(*(one.values(view, entry) for one in dimensions)))


class Grouping(Struct, frozen=True):
    """By what sums are told apart: one dimension or two, such as `recipient,source`.

    `depth` 1 leaves units out. Raises `Failure` (2) for values that cannot be meant.
    """

    by: str = "source"
    depth: int | str = 2

    def __post_init__(self) -> None:
        known_value("--depth", str(self.depth), ("1", "2"))
        names = [one.name.partition(":")[0] for one in self.dimensions]
        if len(names) > 2:
            raise Failure("--by: at most two dimensions", hint="such as --by recipient,source")
        if len(set(names)) < len(names):
            raise Failure(f"--by: {names[0]} is named twice", hint="name two different ones")

    @property
    def has_units(self) -> bool:
        """Whether an organisation's units are told apart."""
        return str(self.depth) == "2"

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """The dimensions, in order."""
        return tuple(_named(name.strip()) for name in self.by.split(","))


def _named(name: str) -> Dimension:
    if name.startswith(_LABEL) and len(name) > len(_LABEL):
        return _of_label(name)
    by_name = {one.name: one for one in DIMENSIONS}
    if name not in by_name:
        if name == "year":
            raise Failure("--by: years are the columns already", hint="--year 2020..2022 chooses")
        known_value("--by", name, tuple(by_name), "label:KEY")
        raise Failure(f"--by: {name} names no label", hint="write label:KEY")
    return by_name[name]
