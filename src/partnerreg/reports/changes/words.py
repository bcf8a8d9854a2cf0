"""Describe a field's change in words: `end 2022 → 2025`."""

from decimal import Decimal
from typing import Any

from partnerreg.base.printable import shortened
from partnerreg.model import dates
from partnerreg.model.codelists import minor_digits
from partnerreg.model.money import digits_shown, shown
from partnerreg.model.registry import Registry
from partnerreg.reports.changes.fields import FieldChange
from partnerreg.reports.recorded import plainly

_LONG = 80
_NOTHING = "nothing"


def in_words(change: FieldChange, registry: Registry, currency: str | None) -> str:
    """Return one field's change as people say it.

    `registry` gives organisations their names; `currency` is meant where a line names none.
    """
    if change.item is not None and change.field.startswith("funding."):
        return _of_money(change, registry, currency)
    name = change.field.removeprefix("period.").replace("_", " ")
    whole = change.before if change.after is None else change.after
    if change.field.endswith("]") and isinstance(whole, dict):
        name = name.partition("[")[0]  # what it is known by stands in its words already
    if change.before is None:
        return f"{name} + {_in_words(change.after)}"
    if change.after is None:
        return f"{name} − {_in_words(change.before)}"
    return f"{name} {_in_words(change.before)} → {_in_words(change.after)}"


def _of_money(change: FieldChange, registry: Registry, currency: str | None) -> str:
    item = change.item or {}
    code = str(item.get("currency", currency or ""))
    what = f"funding: {_line(item, registry)}"
    if change.field.endswith(".amount"):
        difference = _difference(change.before, change.after, code)
        was, now = _amount(change.before, code), _amount(change.after, code)
        return f"{what} {was} → {now} {code}{difference}"
    if change.before is None and isinstance(change.after, dict):
        return f"{what} +{_amount(item.get('amount'), code)} {code}"
    if change.after is None and isinstance(change.before, dict):
        return f"{what} −{_amount(item.get('amount'), code)} {code}"
    field = change.field.rpartition(".")[2]
    return f"{what} {field} {_in_words(change.before)} → {_in_words(change.after)}"


def _line(item: dict[str, Any], registry: Registry) -> str:
    """Name a line by its source and time; a budget row has no source."""
    organisation, _, unit = str(item.get("source", "")).partition("/")
    name = registry.unit_name(organisation, unit or None) if organisation else "budget"
    when = str(item["year"]) if "year" in item else f"per {item.get('per', '?')}"
    to = str(item.get("to", ""))
    is_time = to in {"unknown", "open"} or dates.LOOKS_LIKE_DATE(to)
    named = str(item.get("recipient") or ("" if is_time else to))
    recipient = f"to {registry.name(named)}" if named else ""
    keys = ("from",) if named and "recipient" not in item else ("from", "to")
    span = "–".join(str(item[key]) for key in keys if key in item)
    marks = [str(item[key]) for key in ("kind", "stage", "what") if key in item]
    return " ".join(filter(None, (name, recipient, when, span, *(f"({mark})" for mark in marks))))


def _amount(amount: Any, currency: str) -> str:
    if not isinstance(amount, int | Decimal):
        return _in_words(amount)
    value = Decimal(amount)
    return shown(value, digits_shown([value], currency))


def _difference(before: Any, after: Any, currency: str) -> str:
    if not (isinstance(before, int | Decimal) and isinstance(after, int | Decimal)):
        return ""
    difference = Decimal(after) - Decimal(before)
    return f" ({signed(difference, currency)})"


def signed(amount: Decimal, currency: str) -> str:
    """Return `+1,500,000` or `−20.50`: a difference, with a true minus."""
    digits = 0 if amount == amount.to_integral_value() else minor_digits(currency)
    return ("−" if amount < 0 else "+") + shown(abs(amount), digits)


def _in_words(value: Any) -> str:
    if value is None:
        return _NOTHING
    text = " ".join(plainly(value).split())
    return shortened(text, _LONG)
