"""Convert amounts between currencies at the European Central Bank's rates, through the euro."""

from collections.abc import Callable
from datetime import date
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from partnerreg.calc.entry import Entry, term_of
from partnerreg.calc.rates import Rate, Rates
from partnerreg.model.money import rounded

EURO = "EUR"


class Method(Struct, frozen=True):
    """Which rate is taken: the year's `average`, its `end`, or that of one day."""

    name: str
    day: date | None = None


class Used(Struct, frozen=True):
    """A rate that was used: of which currency, for which year, units for one euro."""

    currency: str
    year: int | None
    rate: Rate


RateOf = Callable[[str, int | None], Rate | None]
"""The rate of a currency for a year, or where there is one rate for all, for any."""


def convert(
    entry: Entry, target: str, rate_of: RateOf, method: Method
) -> tuple[Entry | None, tuple[Used, ...]]:
    """Return the entry in `target` (ISO 4217), rounded once, half to even; and the rates used.

    None where a rate is missing. A sum without a year takes its term's first year.
    """
    if entry.currency == target:
        return entry, ()
    from fractions import Fraction  # noqa: PLC0415  (slow to import, and seldom needed)

    year = entry.year
    if year is None:
        first, _ = term_of(entry)
        year = first.year if first else None
    used = []
    factor = Fraction(1)
    for currency, power in ((entry.currency, -1), (target, 1)):
        if currency == EURO:
            continue
        rate = rate_of(currency, year)
        if rate is None:
            return None, ()
        used.append(Used(currency, None if method.day else year, rate))
        factor *= rate.value**power
    amount = rounded(Fraction(entry.amount) * factor, target)
    return replace(entry, amount=amount, currency=target), tuple(used)


def rates_by(rates: Rates, method: Method) -> RateOf:
    """Return how a method finds its rates; each is worked out once."""

    @cache
    def rate_of(currency: str, year: int | None) -> Rate | None:
        if method.day:
            return rates.on(currency, method.day)
        if year is None:
            return None
        by_year = rates.mean if method.name == "average" else rates.end
        return by_year(currency, year)

    return rate_of
