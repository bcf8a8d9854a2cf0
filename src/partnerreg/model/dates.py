"""Partial dates (day, month, year, unknown, open) and ISO 8601 durations."""

import re
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date
from functools import lru_cache
from typing import Literal

Precision = Literal["day", "month", "year"]

KEYS = frozenset(
    {"start", "end", "date", "until", "decide_by", "signed", "from", "to", "due", "done"}
    | {"published", "retrieved", "decided", "applied", "admitted", "founded", "checked"}
    | {"dissolved", "paid"}
)
"""The keys of a record under which dates stand."""

_SHAPE = re.compile(r"([1-9][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)
LOOKS_LIKE_DATE = _SHAPE.fullmatch


class PartialDate:
    """A date as recorded: `text`, the first and the last day it may mean, both inclusive.

    `unknown` and `open` have no days and no precision. Equal by what is meant, immutable by use.
    """

    __slots__ = ("first", "last", "precision", "text")

    def __init__(
        self,
        text: str,
        first: date | None = None,
        last: date | None = None,
        precision: Precision | None = None,
    ) -> None:
        self.text = text
        self.first = first
        self.last = last
        self.precision = precision

    def __repr__(self) -> str:
        return f"PartialDate({self.text!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PartialDate) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    @property
    def is_known(self) -> bool:
        """Whether it names days: neither unknown nor open."""
        return self.first is not None

    @property
    def is_unknown(self) -> bool:
        """Whether it is not known: neither a date nor open."""
        return self.first is None and not self.is_open

    @property
    def is_open(self) -> bool:
        """Whether it says that there is no end."""
        return self.text == "open"


UNKNOWN = PartialDate("unknown")
UNSTATED = PartialDate("unknown")
"""The default of a date that a record leaves out: equal to UNKNOWN, which is recorded."""
OPEN = PartialDate("open")


@lru_cache(maxsize=65536)
def parse(text: str) -> PartialDate:
    """Return the date that `text` (YYYY, YYYY-MM, YYYY-MM-DD, unknown, open) stands for.

    Raises `ValueError` with a sentence for people where there is no such day.
    """
    if text == "unknown":
        return UNKNOWN
    if text == "open":
        return OPEN
    shape = _SHAPE.fullmatch(text)
    if not shape:
        raise ValueError(f"{text[:40]} is not a date: write YYYY, YYYY-MM or YYYY-MM-DD")
    year = int(shape[1])
    if shape[2] is None:
        return PartialDate(text, date(year, 1, 1), date(year, 12, 31), "year")
    month = int(shape[2])
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {shape[2]} in {text}")
    length = monthrange(year, month)[1]
    if shape[3] is None:
        return PartialDate(text, date(year, month, 1), date(year, month, length), "month")
    if not 1 <= int(shape[3]) <= length:
        raise ValueError(f"there is no day {text}: that month has {length} days")
    day = date(year, month, int(shape[3]))
    return PartialDate(text, day, day, "day")


class Duration:
    """A length of time in whole months and days (ISO 8601 without a time of day).

    `text` is how it was written; two are equal where their months and days are (P12M and P1Y).
    """

    __slots__ = ("days", "months", "text")

    def __init__(self, months: int, days: int, text: str = "") -> None:
        self.months = months
        self.days = days
        self.text = text or f"P{months}M{days}D"

    def __repr__(self) -> str:
        return f"Duration({self.months}, {self.days})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Duration) and (self.months, self.days) == (
            other.months,
            other.days,
        )

    def __hash__(self) -> int:
        return hash((self.months, self.days))

    @property
    def is_zero(self) -> bool:
        """Whether it lasts no time at all."""
        return not (self.months or self.days)


_ISO = re.compile(r"P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?", re.ASCII)
_SHORT = re.compile(r"(\d{1,5})([dwmy])", re.ASCII)


@lru_cache(maxsize=1024)
def parse_duration(text: str) -> Duration:
    """Return an ISO 8601 duration such as P1Y6M, P2W or P90D.

    Raises `ValueError` where it is none.
    """
    found = _ISO.fullmatch(text)
    if not found or text == "P":
        raise ValueError(f"{text[:40]} is not a duration: write P90D, P6M or P1Y")
    years, months, weeks, days = (int(part or 0) for part in found.groups())
    return Duration(years * 12 + months, weeks * 7 + days, text)


def parse_window(text: str) -> Duration:
    """Return a duration as people type it: 90d, 6w, 6m, 1y, or ISO 8601.

    Raises `ValueError` where it is neither.
    """
    short = _SHORT.fullmatch(text)
    if short:
        return parse_duration(f"P{int(short[1])}{short[2].upper()}")
    try:
        return parse_duration(text)
    except ValueError:
        raise ValueError(
            f"{text[:40]} is not a length of time: write 90d, 6m, 1y or P90D"
        ) from None


def shifted(day: date, duration: Duration, times: int = 1) -> date:
    """Return `day` moved by `times` durations in one step, clamped to the month's last day.

    29 February and a year gives 28 February. What runs past the calendar stops at its edge.
    """
    moved, _ = _months_later(day, duration.months * times)
    return _days_later(moved, duration.days * times)


def end_shifted(end: date, duration: Duration, times: int) -> date:
    """Move an inclusive end by `times` durations, counted from the day after it in one step.

    2023-06-30 and P6M gives 2023-12-31. Where the month has no such day its last day is meant:
    2023-01-28 and P1M gives 2023-02-28. A negative `times` counts back, as for notice.
    """
    if end == date.max:
        return end if times >= 0 else shifted(end, duration, times)
    after, clamped = _months_later(date.fromordinal(end.toordinal() + 1), duration.months * times)
    return _days_later(after, duration.days * times - (0 if clamped else 1))


def end_of(start: PartialDate, length: Duration) -> PartialDate:
    """Return the end of a time that begins with `start`, as exactly as the start is known.

    2024 and P3Y gives 2026, 2024-01-31 and P1M gives 2024-02-29. Unknown where the start is, and
    for a length of no time.
    """
    if start.first is None or length.is_zero:
        return UNKNOWN
    last = end_shifted(_days_later(start.first, -1), length, 1).isoformat()
    return parse(last[: {"year": 4, "month": 7}.get(start.precision or "", 10)])


def _months_later(day: date, months: int) -> tuple[date, bool]:
    """Return a day some months later, and whether the month or the calendar was too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > MAXYEAR:
        return date.max, True
    if year < MINYEAR:
        return date.min, True
    last = monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last)), day.day > last


def _days_later(day: date, days: int) -> date:
    ordinal = day.toordinal() + days
    return date.fromordinal(min(max(ordinal, date.min.toordinal()), date.max.toordinal()))
