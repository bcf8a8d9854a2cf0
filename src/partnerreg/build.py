"""Plain data that passed its schema to the model; what was refused is left out."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, TypeVar

from partnerreg import dates
from partnerreg.dates import UNKNOWN, Duration, PartialDate
from partnerreg.layout import Place
from partnerreg.model import (
    Agreement,
    CaseNumber,
    Contact,
    Decision,
    Ended,
    Identifier,
    Line,
    Milestone,
    Money,
    Organisation,
    Party,
    Period,
    Record,
    Reference,
    Renewal,
    Settings,
    When,
)

Data = dict[str, Any]
T = TypeVar("T")


def record(place: Place, data: Data, currency: str | None) -> Record:
    """Return the record that `data` describes.

    `currency` (ISO 4217) is meant where funding names none. List items that are None have been
    refused and are passed over; keys that are absent take the contract's defaults.
    """
    if place.kind == "organisation":
        return _organisation(place, data)
    return _agreement(place, data, currency)


def settings(data: Data) -> Settings:
    """Return the registry's settings."""
    within = data.get("expiring_within")
    return Settings(
        title=data.get("title", ""),
        currency=data.get("currency"),
        expiring_within=dates.parse_duration(within) if within else Settings().expiring_within,
    )


def _organisation(place: Place, data: Data) -> Organisation:
    network = data.get("network", {})
    return Organisation(
        id=place.id,
        path=place.path,
        name=data.get("name", place.id),
        type=data.get("type"),
        names=tuple(data.get("names", {}).items()),
        other_names=_texts(data, "other_names"),
        country=data.get("country"),
        part_of=data.get("part_of"),
        identifiers=_each(data, "identifiers", lambda i, d: Identifier(i, d["scheme"], d["id"])),
        units=tuple((slug, unit["name"]) for slug, unit in data.get("units", {}).items()),
        founded=_date(network, "founded"),
        founded_by=_texts(network, "founded_by"),
        members_stated=network.get("members_stated"),
        website=data.get("website"),
        references=_each(data, "references", _reference),
        labels=tuple(data.get("labels", {}).items()),
    )


def _agreement(place: Place, data: Data, currency: str | None) -> Agreement:
    membership = place.kind == "membership"
    funding = data.get("funding", {})
    own = funding.get("currency", currency)
    recipient = data.get("network") if membership else None
    period = data.get("period", {})
    ended = data.get("ended")
    return Agreement(
        id=place.id,
        path=place.path,
        kind="membership" if membership else "partnership",
        stage=data.get("stage", "agreed"),
        title=data.get("title"),
        summary=data.get("summary"),
        form=data.get("form"),
        member=data.get("member"),
        network=data.get("network"),
        category=data.get("category"),
        decided=_date(data, "decided"),
        applied=_date(data, "applied"),
        admitted=_date(data, "admitted"),
        parties=_each(data, "parties", _party),
        themes=tuple(dict.fromkeys(_texts(data, "themes"))),
        signed=_date(data, "signed"),
        period=Period(
            _date(period, "start") or UNKNOWN, _date(period, "end") or UNKNOWN, period.get("stated")
        ),
        ended=Ended(_date(ended, "date") or UNKNOWN, ended.get("reason")) if ended else None,
        notice=_duration(data, "notice"),
        renewal=_renewal(data["renewal"]) if "renewal" in data else None,
        follows=_texts(data, "follows"),
        responsible=data.get("responsible"),
        case_numbers=_each(
            data, "case_numbers", lambda i, d: CaseNumber(i, d["number"], d.get("organisation"))
        ),
        decisions=_each(
            data,
            "decisions",
            lambda i, d: Decision(i, _date(d, "date") or UNKNOWN, d.get("kind"), d.get("reference")),
        ),
        budget=_each(funding, "budget", lambda i, d: _budget(i, d, own)),
        lines=_each(funding, "lines", lambda i, d: _line(i, d, own, recipient)),
        milestones=_each(data, "milestones", _milestone),
        contacts=_each(data, "contacts", lambda i, d: Contact(i, d.get("organisation"))),
        references=_each(data, "references", _reference),
        checked=_date(data, "checked"),
        labels=tuple(data.get("labels", {}).items()),
    )


def _party(index: int, data: Data) -> Party:
    return Party(
        index,
        data["organisation"],
        data.get("role"),
        _texts(data, "units"),
        _date(data, "from"),
        _date(data, "to"),
    )


def _renewal(data: Data) -> Renewal:
    decide_by: PartialDate | Duration | None = None
    if "decide_by" in data:
        text = str(data["decide_by"])
        decide_by = dates.parse_duration(text) if text.startswith("P") else _date(data, "decide_by")
    return Renewal(
        mode=data.get("mode"),
        term=_duration(data, "term"),
        times=int(data["times"]) if "times" in data else None,
        until=_date(data, "until"),
        decide_by=decide_by,
    )


def _milestone(index: int, data: Data) -> Milestone:
    return Milestone(
        index,
        data["id"],
        data.get("title"),
        _date(data, "due") or UNKNOWN,
        _date(data, "done"),
        data.get("responsible"),
    )


def _reference(index: int, data: Data) -> Reference:
    return Reference(
        index,
        data["id"],
        data["title"],
        data.get("publisher"),
        _date(data, "published"),
        data.get("url"),
    )


def _when(data: Data) -> When:
    if "year" in data:
        return When(year=int(data["year"]))
    # In a line, `to` may instead name the recipient; a date is told by its shape.
    to = _date(data, "to") if dates.LOOKS_LIKE_DATE(str(data.get("to", ""))) else None
    return When(per=data.get("per"), from_=_date(data, "from"), to=to)


def _budget(index: int, data: Data, currency: str | None) -> Money:
    return Money(
        index,
        _when(data),
        _amount(data),
        data.get("currency", currency),
        data.get("kind"),
        data.get("stated"),
        data.get("bound", "exact"),
        data.get("reference"),
        data.get("note"),
    )


def _line(index: int, data: Data, currency: str | None, recipient: str | None) -> Line:
    source, _, unit = data["source"].partition("/")
    to = str(data.get("to", ""))
    named = to if to and not dates.LOOKS_LIKE_DATE(to) else None
    return Line(
        index,
        _when(data),
        _amount(data),
        data.get("currency", currency),
        data.get("kind", "cash"),
        data.get("stated"),
        data.get("bound", "exact"),
        data.get("reference"),
        data.get("note"),
        source=source,
        unit=unit or None,
        recipient=data.get("recipient") or named or recipient,
        stage=data.get("stage", "agreed"),
        what=data.get("what"),
        recipient_key="recipient" if "recipient" in data else "to",
    )


def _amount(data: Data) -> Decimal | None:
    amount = data["amount"]
    return None if isinstance(amount, str) else Decimal(amount)


def _date(data: Data, key: str) -> PartialDate | None:
    """Return a date; one that is on no calendar has its finding and counts as unknown."""
    if key not in data:
        return None
    try:
        return dates.parse(str(data[key]))
    except ValueError:
        return UNKNOWN


def _duration(data: Data, key: str) -> Duration | None:
    return dates.parse_duration(data[key]) if key in data else None


def _texts(data: Data, key: str) -> tuple[str, ...]:
    return tuple(text for text in data.get(key, ()) if text is not None)


def _each(data: Data, key: str, make: Callable[[int, Data], T]) -> tuple[T, ...]:
    return tuple(make(index, item) for index, item in _kept(data.get(key, ())))


def _kept(items: list[Any]) -> Iterator[tuple[int, Any]]:
    return ((index, item) for index, item in enumerate(items) if item is not None)
