"""Assemble the report of `diff`: records, funding, deadlines."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import Struct

from partnerreg.base.layout import RATES
from partnerreg.model.codelists import minor_digits
from partnerreg.model.money import plain
from partnerreg.model.registry import Registry
from partnerreg.output.report import Amount, Cell, Note, Report, Table, columns
from partnerreg.reports.changes.fields import FieldChange
from partnerreg.reports.changes.pairing import new_ids, pairs
from partnerreg.reports.changes.records import RecordChange, record_change
from partnerreg.reports.changes.sums import (
    DeadlineKey,
    Due,
    FundingCell,
    deadlines_of,
    difference,
    funding_cells,
    moved,
)
from partnerreg.reports.changes.views import (
    Cells,
    Days,
    deadline_view,
    funding_views,
    record_view,
    summary,
)
from partnerreg.reports.notes import invalid_left_out, note
from partnerreg.reports.recorded import plainly

_AGREEMENTS = frozenset({"partnership", "membership"})


class Side(Struct, frozen=True):
    """One side of a comparison: its registry, and what people call it."""

    registry: Registry
    name: str


def diff(
    base: Side,
    head: Side,
    as_of: date,
    rates: RecordChange | None = None,
    *,
    bad_rates: bool = False,
) -> Report:
    """Return what differs from base to head, both judged on the day `as_of`.

    Organisations and agreements with a new id count as the same. Moving a file, the order of
    keys and of list items are no change. `rates` is what happened to the rates file; `bad_rates`
    says that it cannot be used. The largest changes of money come first.
    """
    before, after = base.registry, head.registry
    found = pairs(before, after)
    organisations = new_ids(found, frozenset({"organisation"}))
    ids = {**organisations, **new_ids(found, _AGREEMENTS)}
    records = [one for pair in found if (one := record_change(pair, before, after, as_of, ids))]
    records += [rates] if rates else []
    records.sort(key=lambda one: (-one.weight, one.kind, one.id))
    sums = moved(
        funding_cells(before.valid_agreements, as_of, organisations),
        funding_cells(after.valid_agreements, as_of, {}),
    )
    cells = {cell: sums[cell] for cell in sorted(sums, key=lambda cell: _largest(cell, sums[cell]))}
    days = moved(deadlines_of(before, as_of, ids), deadlines_of(after, as_of, {}))
    return Report(
        f"Changes from {base.name} to {head.name}, as of {as_of}",
        _rows(records, cells, days),
        (*_notes(before, after, records), *([_BAD_RATES] if bad_rates else ())),
        (
            *record_view(records),
            *funding_views(before, after, cells),
            *deadline_view(before, after, days),
        ),
        failed=bool(invalid_left_out(after)) or bad_rates,
        extra={
            "base": base.name,
            "head": head.name,
            "changes": [_change_json(one) for one in records],
            "funding": [_funding_json(cell, *pair) for cell, pair in cells.items()],
            "deadlines": [_deadline_json(key, *days[key]) for key in _ordered(days)],
        },
        rows_in_json=False,
        summary=summary(records, cells, days),
    )


def differs(report: Report) -> bool:
    """Whether a report of changes has any."""
    return bool(report.extra["changes"] or report.extra["funding"] or report.extra["deadlines"])


def _largest(
    cell: FundingCell, pair: tuple[Decimal | None, Decimal | None]
) -> tuple[Decimal, tuple[str, ...]]:
    return -abs(difference(*pair)), tuple(map(str, cell))


_BAD_RATES = Note("rates-invalid", f"{RATES} has errors; partnerreg validate tells what is wrong")
_CHANGES = "id kind change field before after"
_FUNDING = "source year currency kind stage before after difference"
_DEADLINES = "id event milestone before after"


def _rows(records: Sequence[RecordChange], cells: Cells, days: Days) -> Table:
    """Return three tables in one, told apart by the column `table`: the CSV."""
    names = tuple(dict.fromkeys(f"table {_CHANGES} {_FUNDING} {_DEADLINES}".split()))
    found: list[dict[str, Cell]] = [
        {
            "table": "changes",
            "id": one.id,
            "kind": one.kind,
            "change": one.change,
            "field": field.field,
            "before": _flat(field.before),
            "after": _flat(field.after),
        }
        for one in records
        for field in one.fields
    ]
    for cell, (before, after) in cells.items():
        amounts = {"before": before, "after": after, "difference": difference(before, after)}
        found.append(
            {
                "table": "funding",
                **cell._asdict(),
                **{
                    name: None if amount is None else Amount(amount, cell.currency)
                    for name, amount in amounts.items()
                },
            }
        )
    found += [{"table": "deadlines", **_deadline_json(key, *days[key])} for key in _ordered(days)]
    return Table(columns(" ".join(names)), tuple(tuple(map(row.get, names)) for row in found))


def _ordered(days: Days) -> list[DeadlineKey]:
    return sorted(days, key=str)


def _flat(value: Any) -> str | None:
    return None if value is None else plainly(value)


def _notes(before: Registry, after: Registry, records: Sequence[RecordChange]) -> Iterator[Note]:
    bare = [one.id for one in records if one.no_evidence]
    if bare:
        message = "money or a deadline of {n} changed, but no decision and no reference"
        yield note("no-new-evidence", bare, message)
    for found, side in ((before, "before"), (after, "after")):
        for left_out in invalid_left_out(found):
            yield Note(left_out.code, f"{side}: {left_out.message}", left_out.records)


def _change_json(one: RecordChange) -> dict[str, Any]:
    currency = one.currency
    fields = [
        {
            "field": field.field,
            "before": _plain_json(field, field.before, currency),
            "after": _plain_json(field, field.after, currency),
        }
        for field in one.fields
    ]
    return {"id": one.id, "kind": one.kind, "change": one.change, "fields": fields}


def _plain_json(field: FieldChange, value: Any, currency: str | None) -> Any:
    """Return plain data as JSON has it; amounts are strings with their minor digits."""
    if isinstance(value, dict):
        return {
            key: _amount_json(field, inner, currency)
            if key == "amount"
            else _plain_json(field, inner, currency)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_plain_json(field, inner, currency) for inner in value]
    if field.field.endswith(".amount"):
        return _amount_json(field, value, currency)
    return str(value) if isinstance(value, Decimal) else value


def _amount_json(field: FieldChange, value: Any, currency: str | None) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return value
    code = str((field.item or {}).get("currency", currency or ""))
    digits = Decimal(value).as_tuple().exponent
    if isinstance(digits, int) and -digits > minor_digits(code):
        return str(value)
    return plain(Decimal(value), code)


def _funding_json(
    cell: FundingCell, before: Decimal | None, after: Decimal | None
) -> dict[str, Any]:
    return {
        **cell._asdict(),
        "before": None if before is None else plain(before, cell.currency),
        "after": None if after is None else plain(after, cell.currency),
        "difference": plain(difference(before, after), cell.currency),
    }


def _deadline_json(key: DeadlineKey, before: Due | None, after: Due | None) -> dict[str, Any]:
    found = {
        **key._asdict(),
        "before": before.day.isoformat() if before else None,
        "after": after.day.isoformat() if after else None,
    }
    if before and after and before.if_nothing != after.if_nothing:
        found |= {"if_nothing_before": before.if_nothing, "if_nothing_after": after.if_nothing}
    return found
