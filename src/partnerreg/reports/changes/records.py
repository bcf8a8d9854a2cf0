"""Describe what happened to each record between two versions."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from msgspec import Struct

from partnerreg.model.records import Agreement
from partnerreg.model.registry import Registry
from partnerreg.reports.changes.fields import FieldChange, changes
from partnerreg.reports.changes.pairing import Pair, Version, with_new_ids
from partnerreg.reports.changes.sums import difference, funding_cells, moved
from partnerreg.reports.changes.words import in_words

_EVIDENCE = ("decisions", "references")
_DEADLINES = ("period", "ended", "notice", "renewal", "milestones")
# Of a record that came or went, what a reader wants to know first.
_KEY_FACTS = (
    "form",
    "stage",
    "parties",
    "member",
    "network",
    "period",
    "funding",
    "milestones",
    "country",
)


class RecordChange(Struct, frozen=True):
    """What happened to one record, under its new id.

    `change` is added, removed, renamed or changed; `words` say what, for people. `weight` is
    the money that moved, whatever its currency; `currency` (ISO 4217) is meant where a line
    names none. `no_evidence` says that money or a deadline
    changed while no decision and no reference did.
    """

    id: str
    kind: str
    change: str
    title: str
    fields: tuple[FieldChange, ...]
    words: tuple[str, ...]
    weight: Decimal
    no_evidence: bool
    currency: str | None = None


def record_change(
    pair: Pair, base: Registry, head: Registry, as_of: date, ids: dict[str, str]
) -> RecordChange | None:
    """Return what happened to a record; None where only its bytes differ.

    `ids` are the new ids of records that were renamed.
    """
    fields = _fields(pair, ids)
    if not fields:
        return None
    version = pair.after or pair.before
    assert version is not None
    registry = head if pair.after else base
    change = _change(pair)
    money = moved(
        funding_cells(_agreements(base, pair.before), as_of, ids),
        funding_cells(_agreements(head, pair.after), as_of, {}),
    )
    funding = (version.data or {}).get("funding")
    own = funding.get("currency") if isinstance(funding, dict) else None
    currency = own if isinstance(own, str) else registry.settings.currency
    return RecordChange(
        id=version.place.id,
        kind=version.place.kind,
        change=change,
        title=_title(registry, version),
        fields=fields,
        words=tuple(
            in_words(one, registry, currency)
            for one in sorted(_fields_shown(change, fields), key=_money_first)
        ),
        weight=sum((abs(difference(*sums)) for sums in money.values()), Decimal(0)),
        no_evidence=_lacks_evidence(fields, bool(money)),
        currency=currency,
    )


def _fields(pair: Pair, ids: dict[str, str]) -> tuple[FieldChange, ...]:
    renamed: tuple[FieldChange, ...] = ()
    if pair.is_renamed and pair.before and pair.after:
        renamed = (FieldChange("id", pair.before.place.id, pair.after.place.id),)
    states = [_state(pair.before), _state(pair.after)]
    if "unreadable" in states:
        return (*renamed, FieldChange("file", states[0], states[1]))
    before = with_new_ids(pair.before.data, ids) if pair.before else {}
    return (*renamed, *changes(before, pair.after.data if pair.after else {}))


def _state(version: Version | None) -> str | None:
    if version is None:
        return None
    return "readable" if version.data is not None else "unreadable"


def _change(pair: Pair) -> str:
    if pair.before is None:
        return "added"
    if pair.after is None:
        return "removed"
    return "renamed" if pair.is_renamed else "changed"


def _fields_shown(change: str, fields: tuple[FieldChange, ...]) -> Iterator[FieldChange]:
    for field in fields:
        if change in {"changed", "renamed"} or field.field.startswith(_KEY_FACTS):
            yield field


def _money_first(field: FieldChange) -> tuple[int, Decimal]:
    """Sort a new id first, then money, the largest first, then the rest as it stands."""
    if field.field == "id":
        return 0, Decimal(0)
    if not field.field.startswith("funding."):
        return 2, Decimal(0)
    amounts = [
        Decimal(value)
        for side in (field.before, field.after)
        for value in [side.get("amount") if isinstance(side, dict) else side]
        if isinstance(value, int | Decimal)
    ]
    return 1, -max(amounts, default=Decimal(0))


def _agreements(registry: Registry, version: Version | None) -> list[Agreement]:
    if version is None:
        return []
    found = registry.valid_records_by_path.get(version.place.path)
    return [found] if isinstance(found, Agreement) else []


def _title(registry: Registry, version: Version) -> str:
    place = version.place
    if place.kind == "organisation":
        return registry.name(place.id)
    if place.kind == "settings":
        return registry.settings.title
    found = registry.records_by_path.get(place.path)
    return registry.title(found) if isinstance(found, Agreement) else place.id


def _lacks_evidence(fields: tuple[FieldChange, ...], money: bool) -> bool:
    if any(one.field.startswith(_EVIDENCE) for one in fields):
        return False
    return money or any(one.field.startswith(_DEADLINES) for one in fields)
