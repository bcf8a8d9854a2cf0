"""Plain data that passed its schema to the model; what was refused is left out."""

from partnerreg.base.layout import Place
from partnerreg.model import dates
from partnerreg.model.build_funding import budget_row, funding_line
from partnerreg.model.build_values import Data, date_of, duration_of, each_of, shared, texts_of
from partnerreg.model.dates import UNKNOWN, Duration, PartialDate
from partnerreg.model.parts import (
    CaseNumber,
    Contact,
    Decision,
    Ended,
    Identifier,
    Milestone,
    Party,
    Period,
    Reference,
    Renewal,
)
from partnerreg.model.records import Agreement, Organisation, Record, Settings


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
        other_names=texts_of(data, "other_names"),
        country=data.get("country"),
        part_of=data.get("part_of"),
        identifiers=each_of(data, "identifiers", lambda i, d: Identifier(i, d["scheme"], d["id"])),
        units=tuple((slug, unit["name"]) for slug, unit in data.get("units", {}).items()),
        founded=date_of(network, "founded"),
        founded_by=texts_of(network, "founded_by"),
        members_stated=network.get("members_stated"),
        website=data.get("website"),
        references=each_of(data, "references", _reference),
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
        decided=date_of(data, "decided"),
        applied=date_of(data, "applied"),
        admitted=date_of(data, "admitted"),
        parties=each_of(data, "parties", _party),
        themes=tuple(dict.fromkeys(texts_of(data, "themes"))),
        signed=date_of(data, "signed"),
        period=Period(
            date_of(period, "start") or UNKNOWN,
            date_of(period, "end") or UNKNOWN,
            period.get("stated"),
        ),
        ended=Ended(date_of(ended, "date") or UNKNOWN, ended.get("reason")) if ended else None,
        notice=duration_of(data, "notice"),
        renewal=_renewal(data["renewal"]) if "renewal" in data else None,
        follows=texts_of(data, "follows"),
        responsible=data.get("responsible"),
        case_numbers=each_of(
            data, "case_numbers", lambda i, d: CaseNumber(i, d["number"], d.get("organisation"))
        ),
        decisions=each_of(
            data,
            "decisions",
            lambda i, d: Decision(
                i, date_of(d, "date") or UNKNOWN, d.get("kind"), d.get("reference")
            ),
        ),
        budget=each_of(funding, "budget", lambda i, d: budget_row(i, d, own)),
        lines=each_of(funding, "lines", lambda i, d: funding_line(i, d, own, recipient)),
        milestones=each_of(data, "milestones", _milestone),
        contacts=each_of(data, "contacts", lambda i, d: Contact(i, d.get("organisation"))),
        references=each_of(data, "references", _reference),
        checked=date_of(data, "checked"),
        labels=tuple(data.get("labels", {}).items()),
    )


def _party(index: int, data: Data) -> Party:
    return Party(
        index,
        shared(data["organisation"]),
        shared(data.get("role")),
        texts_of(data, "units"),
        date_of(data, "from"),
        date_of(data, "to"),
    )


def _renewal(data: Data) -> Renewal:
    decide_by: PartialDate | Duration | None = None
    if "decide_by" in data:
        text = str(data["decide_by"])
        decide_by = (
            dates.parse_duration(text) if text.startswith("P") else date_of(data, "decide_by")
        )
    return Renewal(
        mode=data.get("mode"),
        term=duration_of(data, "term"),
        times=int(data["times"]) if "times" in data else None,
        until=date_of(data, "until"),
        decide_by=decide_by,
    )


def _milestone(index: int, data: Data) -> Milestone:
    return Milestone(
        index,
        data["id"],
        data.get("title"),
        date_of(data, "due") or UNKNOWN,
        date_of(data, "done"),
        data.get("responsible"),
    )


def _reference(index: int, data: Data) -> Reference:
    return Reference(
        index,
        shared(data["id"]),
        data["title"],
        shared(data.get("publisher")),
        date_of(data, "published"),
        data.get("url"),
    )
