"""Parse the European Central Bank's reference rates (eurofxref-hist.csv).

A row a day, a column a currency, units of the currency for one euro, N/A where there is none.
"""

import re
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct, field

from partnerreg.base.limits import FORBIDDEN, MAX_PROBLEMS
from partnerreg.base.problems import Problem, Span

if TYPE_CHECKING:
    from fractions import Fraction

_RATE = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,12})?", re.ASCII)
_DAY = re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}", re.ASCII)
_ROW = re.compile(rf"{_DAY.pattern}(?:,(?:N/A|(?=[0-9.]*[1-9]){_RATE.pattern})?)*", re.ASCII)
"""A day and its rates, none of which is zero."""
_CODE = re.compile(r"[A-Z]{3}", re.ASCII)
MAX_DAYS = 50_000
"""Two centuries of days on which rates are published."""
_NONE = frozenset({"", "N/A"})


class Rate(Struct, frozen=True):
    """Units of a currency for one euro, and from which published days it comes (inclusive)."""

    value: "Fraction"
    first: date
    last: date
    days: int


Published = tuple[tuple[date, "Fraction"], ...]
"""Days in order, with units of a currency for one euro."""


class Rates(Struct, frozen=True, dict=True):
    """Rates by day and currency (ISO 4217).

    `rows` are the file's lines by their days, in order; a column is read when it is asked for.
    """

    codes: tuple[str, ...] = ()
    rows: dict[date, str] = field(default_factory=dict)
    _columns: dict[str, dict[int, Published]] = field(default_factory=dict)

    def mean(self, currency: str, year: int) -> Rate | None:
        """Return the unweighted mean of a year's published days."""
        days = self.published(currency).get(year)
        if not days:
            return None
        from fractions import Fraction  # noqa: PLC0415  (slow to import, and seldom needed)

        mean = sum((rate for _, rate in days), Fraction(0)) / len(days)
        return Rate(mean, days[0][0], days[-1][0], len(days))

    def end(self, currency: str, year: int) -> Rate | None:
        """Return the rate of a year's last published day."""
        days = self.published(currency).get(year)
        return Rate(days[-1][1], days[-1][0], days[-1][0], 1) if days else None

    def on(self, currency: str, day: date) -> Rate | None:
        """Return the rate published on `day` itself."""
        found = dict(self.published(currency).get(day.year, ())).get(day)
        return Rate(found, day, day, 1) if found else None

    def published(self, currency: str) -> dict[int, Published]:
        """Return a currency's published days by year; none where the file has no such column."""
        if currency not in self._columns:
            from fractions import Fraction  # noqa: PLC0415

            by_year: dict[int, list[tuple[date, Fraction]]] = {}
            place = self.codes.index(currency) + 1 if currency in self.codes else 0
            for day, row in self.rows.items() if place else ():
                cell = row.split(",", place + 1)[place]
                if cell not in _NONE:
                    by_year.setdefault(day.year, []).append((day, Fraction(cell)))
            self._columns[currency] = {year: tuple(days) for year, days in by_year.items()}
        return self._columns[currency]


def read_rates(raw: bytes) -> tuple[Rates, tuple[Problem, ...]]:
    """Return the rates in the bytes of a rates file, and what is wrong with it.

    Rates of a faulty file are not to be used. No more than a hundred problems are told.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return Rates(), (_problem(1, "the file is not UTF-8", "fetch it again"),)
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    header = [cell.strip() for cell in lines[0].split(",")]
    codes = header[1:-1] if header[-1] == "" else header[1:]  # the ECB ends lines with a comma
    if header[0] != "Date" or len(set(codes)) < len(codes) or not all(map(_CODE.fullmatch, codes)):
        message = "the first line is not Date and currency codes"
        return Rates(), (_problem(1, message, "it is the ECB's eurofxref-hist.csv"),)
    if len(lines) > MAX_DAYS:
        message = f"the file has more than {MAX_DAYS} lines"
        return Rates(), (_problem(1, message, "it is the ECB's eurofxref-hist.csv"),)
    rows: dict[date, str] = {}
    problems: list[Problem] = []
    for number, line in enumerate(lines[1:], start=2):
        if line and not line.isspace():
            problem = _row(line, header, rows)
            if problem:
                problems.append(_problem(number, *problem))
                if len(problems) >= MAX_PROBLEMS:
                    break
    return Rates(tuple(codes), dict(sorted(rows.items()))), tuple(problems)


def _row(line: str, header: list[str], rows: dict[date, str]) -> tuple[str, str] | None:
    """Take a day's rates into `rows`, or return what is wrong with them, and a hint."""
    if line.count(",") != len(header) - 1:
        return f"{line.count(',') + 1} cells under {len(header)} heads", "a cell for each currency"
    is_plain = _ROW.fullmatch(line)
    if not is_plain:
        if FORBIDDEN.compiled.search(line):
            return "a control or invisible character", "fetch the file again"
        line = ",".join(cell.strip() for cell in line.split(","))
        is_plain = _ROW.fullmatch(line)
    written, _, _ = line.partition(",")
    try:
        day = date.fromisoformat(written) if is_plain or _DAY.fullmatch(written) else None
    except ValueError:
        day = None
    if day is None:
        return f"{written[:20]} is not a day", "days are written YYYY-MM-DD"
    if day in rows:
        return f"{day} stands here twice", "keep one of the two"
    if not is_plain or not (header[-1] or line.endswith(",")):
        code = next(filter(None, map(_wrong, header[1:], line.split(",")[1:])))
        return f"the rate of {code} is not a number above zero", "N/A where there is none"
    rows[day] = line
    return None


def _wrong(code: str, cell: str) -> str | None:
    """Return the currency, or what stands for one, where a cell is no rate of it."""
    if not code:
        return "no currency" if cell else None
    return None if cell in _NONE or (_RATE.fullmatch(cell) and cell.strip("0.")) else code


def _problem(line: int, message: str, hint: str) -> Problem:
    return Problem(Span(line, 1, line, 2), "PR004", message, hint)
