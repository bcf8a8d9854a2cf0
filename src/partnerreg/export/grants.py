"""Write agreements as 360Giving data (JSON): a grant for each line of money with its decision.

The fields are those of the 360Giving data standard 1.x, https://standard.threesixtygiving.org/.
Nothing is invented: what lacks a field that the standard requires is left out, and a note says so.
"""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from partnerreg.export.schema import Table
from partnerreg.output.report import Note
from partnerreg.reports.notes import note

_MARK = "\ue000"


def giving(tables: Sequence[Table]) -> tuple[bytes, tuple[Note, ...]]:
    """Return the grants as JSON, exact to the digit, and the note on what is no grant."""
    by_name = {table.name: table.to_dicts() for table in tables}
    agreements = {row["id"]: row for row in by_name["agreements"]}
    organisations = {row["id"]: row for row in by_name["organisations"]}
    identifiers = {
        row["organisation"]: f"{row['scheme']}-{row['identifier']}"
        for row in reversed(by_name["identifiers"])
    }
    awarded = {
        row["agreement"]: row["date_text"]
        for row in by_name["decisions"]
        if row["kind"] in {"approve", "fund"} and len(str(row["date_text"])) == 10
    }
    grants: list[dict[str, Any]] = []
    left: set[str] = set()
    for row in by_name["funding"]:
        agreement = agreements[row["agreement"]]
        awarded_on = awarded.get(agreement["id"])
        counts = row["kind"] == "cash" and row["stage"] in {"agreed", "paid"}
        counts = counts and not row["remainder"] and not row["repayment"]
        if not counts:
            continue
        parties = [
            _organisation(row[name], organisations, identifiers) for name in ("source", "recipient")
        ]
        summary = agreement["summary"]
        if awarded_on is None or summary is None or None in parties or not agreement["title"]:
            left.add(agreement["id"])
            continue
        grant: dict[str, Any] = {
            "id": f"{agreement['id']}-{row['position']}",
            "title": agreement["title"],
            "description": summary,
            "currency": row["currency"],
            "amountAwarded": _exact(row["amount"]),
            "awardDate": awarded_on,
            "recipientOrganization": [parties[1]],
            "fundingOrganization": [parties[0]],
        }
        spans = (("startDate", "start_first", "start_text"), ("endDate", "end_last", "end_text"))
        dates = {
            name: agreement[day].isoformat()
            for name, day, text in spans
            if agreement[day] and len(agreement[text]) == len("2020-01-01")
        }
        if dates:
            grant["plannedDates"] = [dates]
        grants.append(grant)
    message = (
        "{n} of which 360Giving requires more than is recorded are left out: a dated decision "
        "(approve or fund), a summary, and an identifier of funder and recipient"
    )
    notes = (note("not-a-grant", sorted(left), message),) if left else ()
    text = json.dumps({"grants": grants}, indent=2, ensure_ascii=False)
    return _unmarked(text).encode("utf-8"), notes


def _organisation(
    identity: str | None, organisations: dict[str, Any], identifiers: dict[str, str]
) -> dict[str, str] | None:
    found = organisations.get(identity or "")
    if found is None or identity not in identifiers:
        return None
    country = {"addressCountry": found["country"]} if found["country"] else {}
    return {"id": identifiers[identity], "name": found["name"], **country}


def _exact(amount: Decimal | int) -> str:
    """Return a number so that JSON has it as a number, to the digit: its quotes are taken away."""
    return f"{_MARK}{format(Decimal(amount), 'f')}{_MARK}"


def _unmarked(text: str) -> str:
    return text.replace(f'"{_MARK}', "").replace(f'{_MARK}"', "") + "\n"
