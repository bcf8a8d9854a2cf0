"""The European Central Bank's reference rates, as its eurofxref-hist.csv has them.

A row a day, a column a currency, units of the currency for one euro, N/A where there is none.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from partnerreg.dates import parse
from partnerreg.diagnostic import Fault, Span

_RATE = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,12})?", re.ASCII)
_CODE = re.compile(r"[A-Z]{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Rate:
    """Units of a currency for one euro, and from which published days it comes (inclusive)."""

    value: Fraction
    first: date
    last: date
    days: int


@dataclass(frozen=True, slots=True)
class Rates:
    """Rates by currency (ISO 4217), each the published days in order."""

    published: dict[str, tuple[tuple[date, Fraction], ...]]

    def mean(self, currency: str, year: int) -> Rate | None:
        """Return the unweighted mean of a year's published days."""
        days = self._of(currency, year)
        if not days:
            return None
        mean = sum((rate for _, rate in days), Fraction(0)) / len(days)
        return Rate(mean, days[0][0], days[-1][0], len(days))

    def end(self, currency: str, year: int) -> Rate | None:
        """Return the rate of a year's last published day."""
        days = self._of(currency, year)
        return Rate(days[-1][1], days[-1][0], days[-1][0], 1) if days else None

    def on(self, currency: str, day: date) -> Rate | None:
        """Return the rate published on `day` itself."""
        found = [rate for published, rate in self.published.get(currency, ()) if published == day]
        return Rate(found[0], day, day, 1) if found else None

    def _of(self, currency: str, year: int) -> list[tuple[date, Fraction]]:
        return [pair for pair in self.published.get(currency, ()) if pair[0].year == year]


def read_rates(raw: bytes) -> tuple[Rates, tuple[Fault, ...]]:
    """Return the rates in the bytes of a rates file, and what is wrong with it.

    All faults are reported; rates of a faulty file are not to be used.
    """
    try:
        lines = raw.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        return Rates({}), (_fault(1, "the file is not UTF-8", "fetch it again"),)
    header = [cell.strip() for cell in lines[0].split(",")] if lines else []
    if (
        len(set(header)) < len(header)
        or header[:1] != ["Date"]
        or not all(_CODE.fullmatch(c) for c in header[1:] if c)
    ):
        return Rates({}), (
            _fault(
                1,
                "the first line is not Date and currency codes",
                "it is the ECB's eurofxref-hist.csv",
            ),
        )
    published: dict[str, list[tuple[date, Fraction]]] = {code: [] for code in header[1:] if code}
    faults: list[Fault] = []
    seen: set[date] = set()
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        fault = _row(line, header, published, seen)
        if fault:
            faults.append(_fault(number, *fault))
    ordered = {code: tuple(sorted(days)) for code, days in published.items()}
    return Rates(ordered), tuple(faults)


def _row(
    line: str,
    header: list[str],
    published: dict[str, list[tuple[date, Fraction]]],
    seen: set[date],
) -> tuple[str, str] | None:
    cells = [cell.strip() for cell in line.split(",")]
    try:
        day = parse(cells[0])
    except ValueError as error:
        return str(error), "days are written YYYY-MM-DD"
    if day.precision != "day" or day.first is None:
        return f"{cells[0][:20]} is not a day", "days are written YYYY-MM-DD"
    if day.first in seen:
        return f"{day.text} stands here twice", "keep one of the two"
    seen.add(day.first)
    for code, cell in zip(header[1:], cells[1:], strict=False):
        if not code or cell in {"", "N/A"}:
            continue
        if not _RATE.fullmatch(cell) or not Decimal(cell):
            return f"the rate of {code} is not a number above zero", "N/A where there is none"
        published[code].append((day.first, Fraction(cell)))
    return None


def _fault(line: int, message: str, hint: str) -> Fault:
    return Fault(Span(line, 1, line, 2), "PR004", message, hint)
