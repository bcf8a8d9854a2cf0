"""Summarise changes of the rates file."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import chain

from partnerreg.base.layout import RATES
from partnerreg.calc.rates import Rates
from partnerreg.reports.changes.fields import FieldChange
from partnerreg.reports.changes.records import RecordChange


def rates_change(before: Rates | None, after: Rates | None) -> RecordChange | None:
    """Return how many rates each currency gained, lost and changed; None where none did."""
    old, new = _days(before), _days(after)
    fields = []
    for currency in sorted({*old, *new}):
        was, now = old.get(currency, {}), new.get(currency, {})
        changed = sum(was[day] != now[day] for day in was.keys() & now.keys())
        if was != now:
            after_words = f"{len(now)} days" + (f", {changed} with another rate" if changed else "")
            fields.append(FieldChange(currency, f"{len(was)} days", after_words))
    if not fields:
        return None
    change = "added" if before is None else "removed" if after is None else "changed"
    words = tuple(f"{one.field} {one.before} → {one.after}" for one in fields)
    return RecordChange(
        "ecb", "rates", change, RATES, tuple(fields), words, Decimal(0), no_evidence=False
    )


def _days(rates: Rates | None) -> dict[str, dict[date, Fraction]]:
    if rates is None:
        return {}
    found = {code: dict(chain(*rates.published(code).values())) for code in rates.codes}
    return {code: days for code, days in found.items() if days}
