"""What an agreement's record lacks, and whether it was checked long ago."""

from collections.abc import Callable
from datetime import date

from partnerreg.calc.funding import Expansion, missing_years
from partnerreg.model.dates import Duration, PartialDate, shifted
from partnerreg.model.records import Agreement
from partnerreg.reports.arguments import known_value


def _unknown(found: PartialDate | None) -> bool:
    return found is None or found.is_unknown


MISSING: dict[str, Callable[[Agreement, Expansion, date], bool]] = {
    "start": lambda one, *_: _unknown(one.period.start),
    "end": lambda one, *_: _unknown(one.end),
    "signed": lambda one, *_: _unknown(one.signed),
    "funding": lambda one, *_: not (one.lines or one.budget),
    "amount": lambda _one, money, _: bool(money.unknown),
    "figures": lambda one, money, as_of: bool(missing_years(one, money, as_of)),
    "responsible": lambda one, *_: one.responsible is None,
    "summary": lambda one, *_: not one.summary,
    "themes": lambda one, *_: not one.themes,
    "decisions": lambda one, *_: not one.decisions,
    "case_numbers": lambda one, *_: not one.case_numbers,
    "references": lambda one, *_: not one.references,
    "contacts": lambda one, *_: not one.contacts,
    "notice": lambda one, *_: one.notice is None,
    "renewal": lambda one, *_: one.renewal is None,
    "checked": lambda one, *_: _unknown(one.checked),
}
"""What an agreement may lack; unknown counts as missing. `figures` are years without any."""


def check_missing(fields: tuple[str, ...]) -> None:
    """Raise `Failure` (2) for a name that is not among `MISSING`."""
    for name in fields:
        known_value("--missing", name, tuple(MISSING))


def is_stale(agreement: Agreement, after: Duration, as_of: date) -> bool:
    """Whether a record was last held against its documents longer ago than `after`, or never."""
    checked = agreement.checked
    return checked is None or checked.last is None or shifted(checked.last, after) < as_of
