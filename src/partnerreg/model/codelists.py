"""Codelists and currencies' minor digits, read from the schemas."""

from functools import cache

from partnerreg.model.schema_files import common

DEFAULT_MINOR_DIGITS = 2


@cache
def codes(name: str) -> tuple[str, ...]:
    """Return a codelist's codes in its own order, such as those of `theme` or `country`."""
    return tuple(common()[name]["enum"])


@cache
def minor_digits(currency: str) -> int:
    """Return how many decimals a currency's minor unit has (ISO 4217): 2 for SEK, 0 for JPY."""
    digits: int = common()["currency"]["x-minor-digits"].get(currency, DEFAULT_MINOR_DIGITS)
    return digits
