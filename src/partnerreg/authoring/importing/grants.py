"""Grants as 360Giving publishes them (JSON): each becomes a row, and needs no mapping.

The fields are those of the 360Giving data standard, https://standard.threesixtygiving.org/.
"""

import json
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from partnerreg.authoring.importing.mapping import Mapping, mapping_of
from partnerreg.authoring.importing.table import MOST_CELL, Cell, Fault, Row, Rows

_COLUMNS = (
    *("id", "title", "summary", "funder", "funder id", "recipient", "recipient id"),
    *("amount", "currency", "awarded", "start", "end", "url"),
)
_MOST_DEEP = 64


def mapping_for_grants(source: str) -> Mapping:
    """Return the mapping of a file of grants: agreements of funder and recipient."""
    whole = {"organisation": "funder", "role": "=funder", "key": {"column": "funder id"}}
    other = {"organisation": "recipient", "role": "=recipient", "key": {"column": "recipient id"}}
    return mapping_of(
        {
            "from": source,
            "into": "partnership",
            "key": {"column": "id"},
            "organisation": {"type": "=other"},
            "parties": [whole, other],
            "fields": {
                "title": "title",
                "summary": "summary",
                "form": "=grant-agreement",
                "signed": "awarded",
                "period.start": "start",
                "period.end": "end",
            },
            "lines": [
                {
                    "source": "funder",
                    "recipient": "recipient",
                    "per": "=term",
                    "amount": "amount",
                    "currency": "currency",
                }
            ],
            "reference": {"id": "grants", "title": f"Grants published as 360Giving data, {source}"},
        }
    )


def from_grants(raw: bytes) -> Rows:
    """Return a row for each grant; what is no grant, or goes to a person, is a fault."""
    try:
        whole = json.loads(
            raw,
            parse_float=_number,
            parse_int=_number,
            parse_constant=_no_constant,
            object_pairs_hook=_once,
        )
    except (ValueError, RecursionError) as error:
        said = str(error)[:120] or "it is nested too deeply"
        return Rows(faults=(Fault(0, f"the file is no JSON: {said}"),))
    grants = whole.get("grants") if isinstance(whole, dict) else whole
    if not isinstance(grants, list):
        return Rows(faults=(Fault(0, "the file has no list of grants", "as 360Giving has it"),))
    rows: list[Row] = []
    faults: list[Fault] = []
    for number, grant in enumerate(grants, 1):
        if not isinstance(grant, dict):
            faults.append(Fault(number, "this is no grant"))
            continue
        if not grant.get("recipientOrganization"):
            message = "the grant goes to no organisation: persons are not recorded"
            faults.append(Fault(number, message))
            continue
        cells = dict(zip(_COLUMNS, _cells(grant), strict=True))
        fault = _fault(grant, cells)
        if fault:
            faults.append(Fault(number, fault))
        else:
            rows.append(Row(number, cells))
    return Rows(_COLUMNS, tuple(rows), tuple(faults))


def _cells(grant: dict[str, Any]) -> Iterator[Cell]:
    funder = _first(grant.get("fundingOrganization"))
    recipient = _first(grant.get("recipientOrganization"))
    planned = _first(grant.get("plannedDates")) or _first(grant.get("actualDates"))
    yield _text(grant.get("id"))
    yield _text(grant.get("title"))
    yield _text(grant.get("description"))
    yield _text(funder.get("name"))
    yield _text(funder.get("id"))
    yield _text(recipient.get("name"))
    yield _text(recipient.get("id"))
    amount = grant.get("amountAwarded")
    yield amount if isinstance(amount, Decimal) else _text(amount)
    yield _text(grant.get("currency"))
    yield _day(grant.get("awardDate"))
    yield _day(planned.get("startDate"))
    yield _day(planned.get("endDate"))
    yield _text(grant.get("url"))


def _first(value: Any) -> dict[str, Any]:
    found = value[0] if isinstance(value, list) and value else value
    return found if isinstance(found, dict) else {}


def _fault(grant: dict[str, Any], cells: dict[str, Cell]) -> str | None:
    """Return why a grant cannot be taken as a row; None where it can."""
    if isinstance(grant.get("amountAwarded"), bool):
        return "amountAwarded is no number"
    for name in ("recipientOrganization", "fundingOrganization"):
        if isinstance(grant.get(name), list) and len(grant[name]) > 1:
            return f"it has more than one {name}: part it"
    for name, cell in cells.items():
        if isinstance(cell, str) and len(cell) > MOST_CELL:
            return f"its {name} has more than {MOST_CELL} letters"
        if isinstance(cell, str) and any("\ud800" <= letter <= "\udfff" for letter in cell):
            return f"its {name} holds half a character"
    return None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object's members; raises `ValueError` where one stands there twice."""
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return made


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, bool | list | dict):
        return None
    return str(value).strip() or None


def _day(value: Any) -> str | None:
    """Return a date without a time of day, which 360Giving allows."""
    text = _text(value)
    return text.partition("T")[0] if text else None


def _number(text: str) -> Decimal | str:
    """Return a number exactly; one beyond measure as text, which is then refused."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")
