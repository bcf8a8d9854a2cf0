"""Amounts in another currency, through the euro, at the European Central Bank's rates."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from partnerreg.funding import Entry
from partnerreg.money import rounded
from partnerreg.rates import Rate, Rates
from partnerreg.spread import term_of

EURO = "EUR"


@dataclass(frozen=True, slots=True)
class Method:
    """Which rate is taken: the year's `average`, its `end`, or that of one day."""

    name: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Used:
    """A rate that was used: of which currency, for which year, units for one euro."""

    currency: str
    year: int | None
    rate: Rate


def convert(
    entry: Entry, target: str, rates: Rates, method: Method
) -> tuple[Entry | None, tuple[Used, ...]]:
    """Return the entry in `target` (ISO 4217), rounded once, half to even; and the rates used.

    None where a rate is missing. A sum without a year takes its term's first year.
    """
    if entry.currency == target:
        return entry, ()
    year = entry.year
    if year is None:
        first, _ = term_of(entry)
        year = first.year if first else None
    used = []
    factor = Fraction(1)
    for currency, power in ((entry.currency, -1), (target, 1)):
        if currency == EURO:
            continue
        rate = _rate(rates, method, currency, year)
        if rate is None:
            return None, ()
        used.append(Used(currency, None if method.day else year, rate))
        factor *= rate.value**power
    amount = rounded(Fraction(entry.amount) * factor, target)
    return replace(entry, amount=amount, currency=target), tuple(used)


def _rate(rates: Rates, method: Method, currency: str, year: int | None) -> Rate | None:
    if method.day:
        return rates.on(currency, method.day)
    if year is None:
        return None
    return rates.mean(currency, year) if method.name == "average" else rates.end(currency, year)
