"""The agreement that follows another: the next term, with what goes on from one to the next."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from partnerreg.base.errors import Failure
from partnerreg.calc.term import effective_end
from partnerreg.model import dates
from partnerreg.model.build import data_of
from partnerreg.model.dates import PartialDate
from partnerreg.model.records import Agreement

Data = dict[str, Any]

_KEPT = ("title", "form", "category", "themes", "responsible", "notice", "notice_to", "renewal")
_KEPT_OF_A_PARTY = ("organisation", "role", "units")
_OF_THE_OLD = frozenset({"payments", "reference", "stated"})


def follow_up(
    agreement: Agreement,
    as_of: date,
    *,
    start: str | None = None,
    end: str | None = None,
    stage: str | None = None,
    copy_funding: bool = False,
) -> Data:
    """Return the data of the agreement that follows one: parties, form and terms, no decisions.

    It begins on the day after the effective end, as exactly as that is known, and lasts as long.
    With `copy_funding` the lines are moved by the length of the term. Raises `Failure` (2) where
    the period does not follow, and `start` and `end` do not say it.
    """
    whole: Data = data_of(agreement)
    first, last = _period(agreement, as_of, start, end)
    made: Data = {name: whole[name] for name in _KEPT if name in whole}
    if agreement.kind == "membership":
        made |= {"member": agreement.member, "network": agreement.network}
    if stage or agreement.kind == "membership":
        made["stage"] = stage or agreement.stage
    if "parties" in whole:
        made["parties"] = [
            {name: party[name] for name in _KEPT_OF_A_PARTY if name in party}
            for party in whole["parties"]
            if not party.get("to")
        ]
    made["period"] = {"start": _plain(first), "end": _plain(last)}
    if "renewal" in made:  # days are those of the old one; lengths of time go on
        made["renewal"] = {
            name: value
            for name, value in made["renewal"].items()
            if name != "until" and not _is_date(value)
        }
    made["follows"] = [agreement.id]
    if copy_funding and "funding" in whole:
        made["funding"] = _moved(whole["funding"], _months_between(agreement, first))
    return made


def _period(
    agreement: Agreement, as_of: date, start: str | None, end: str | None
) -> tuple[str, str]:
    """Return the start and the end of the follow-up."""
    for option, text in (("--start", start), ("--end", end)):
        if text is not None:
            _check(option, text)
    if start and end:
        return start, end
    over = effective_end(agreement, as_of)
    if over is None:
        what = "open" if agreement.end.is_open else "unknown"
        raise Failure(
            f"the end of {agreement.id} is {what}: nothing says when the next one begins",
            hint="say it with --start and --end",
        )
    if start is None and over.day == date.max:
        raise Failure(f"{agreement.id} ends on the last day there is: nothing follows it")
    first = start or _first(over.day + timedelta(days=1), over.precision)
    if end:
        return first, end
    known = agreement.period.start
    if agreement.end.last is None:
        raise Failure(
            f"the end of {agreement.id} is not known: nor is its length",
            hint="say the end with --end",
        )
    if known.first is None:
        raise Failure(
            f"the start of {agreement.id} is unknown: its length is not known",
            hint="say the end with --end",
        )
    return first, _same_length(known, agreement.end, dates.parse(first))


def _same_length(start: PartialDate, end: PartialDate, first: PartialDate) -> str:
    """Return the end of a time that begins with `first` and lasts from `start` to `end`.

    Whole months are counted as months, anything else as days.
    """
    assert start.first is not None
    assert end.last is not None
    assert first.first is not None
    after = dates.shifted(end.last, dates.Duration(0, 1))
    months = (after.year - start.first.year) * 12 + after.month - start.first.month
    if after.day == start.first.day:
        last = dates.shifted(first.first, dates.Duration(months, 0)) - timedelta(days=1)
    else:
        last = dates.shifted(first.first, dates.Duration(0, (end.last - start.first).days))
    return _last(last, "day" if first.precision == "day" else end.precision or "day")


def _check(option: str, text: str) -> None:
    """Raise `Failure` (2) for what is no date, and for a start without one."""
    try:
        found = dates.parse(text)
    except ValueError as error:
        raise Failure(f"{option}: {error}") from None
    if option == "--start" and found.first is None:
        raise Failure(
            "--start: the follow-up needs a date", hint="write YYYY, YYYY-MM or YYYY-MM-DD"
        )


def _first(day: date, precision: str) -> str:
    """Return a first day as exactly as it is known, where that does not move it."""
    if precision == "year" and (day.month, day.day) != (1, 1):
        precision = "month"
    return _cut(day, "day" if precision == "month" and day.day != 1 else precision)


def _last(day: date, precision: str) -> str:
    """Return a last day as exactly as it is known, where that does not move it."""
    if precision == "year" and (day.month, day.day) != (12, 31):
        precision = "month"
    ends_month = dates.shifted(day, dates.Duration(0, 1)).day == 1
    return _cut(day, "day" if precision == "month" and not ends_month else precision)


def _cut(day: date, precision: str) -> str:
    return day.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]


def _plain(text: str) -> Any:
    return int(text) if len(text) == 4 and text.isdecimal() else text


def _months_between(agreement: Agreement, first: str) -> int:
    """Return by how many months money moves: from one start to the next."""
    before, after = agreement.period.start, dates.parse(first)
    if before.first is None or after.first is None:
        raise Failure(
            f"the start of {agreement.id} is unknown: funding cannot be moved",
            hint="leave --copy-funding out, and add the lines by hand",
        )
    return (after.first.year - before.first.year) * 12 + after.first.month - before.first.month


def _moved(funding: Data, months: int) -> Data:
    """Return funding moved by the term; what was paid or stated of the old one is left out."""
    made: Data = {name: funding[name] for name in ("currency", "vat") if name in funding}
    for name in ("budget", "lines"):
        every = (row for row in funding.get(name, ()) if not row.get("repayment"))
        rows = [_moved_row(row, months) for row in every]
        if rows:
            made[name] = rows
    return made


def _moved_row(row: Data, months: int) -> Data:
    made: Data = {}
    for name, value in row.items():
        if name in _OF_THE_OLD or (name == "stage" and value == "paid"):
            continue
        moves = name == "year" or (name in {"from", "to"} and _is_date(value))
        made[name] = _later(value, months) if moves else value
    return made


def _is_date(value: Any) -> bool:
    return not isinstance(value, Decimal) and bool(dates.LOOKS_LIKE_DATE(str(value)))


def _later(value: Any, months: int) -> Any:
    """Return a year or a date some months later; raises `Failure` (2) for parts of a year."""
    found = dates.parse(str(value))
    assert found.first is not None
    if found.precision == "year" and months % 12:
        raise Failure(
            "the term is not of whole years: sums of a calendar year cannot be moved by it",
            hint="leave --copy-funding out, and add the lines by hand",
        )
    moved = dates.shifted(found.first, dates.Duration(months, 0))
    return _plain(_cut(moved, found.precision or "day"))
