"""Hints that spell a value as the registry wants it: `P6M` for `6 months`."""

import re

from partnerreg.base.problems import Path
from partnerreg.checks.stated_figures import figures
from partnerreg.model import dates
from partnerreg.model.codelists import codes

_LENGTH = re.compile(
    r"([0-9]{1,4}) ?(d|w|m|y|days?|weeks?|months?|years?|dagar|veckor|månad(?:er)?|år"
    r"|dni|miesi[aą]c\w*|lat)",
    re.IGNORECASE,
)
_UNITS = {"d": "D", "w": "W", "v": "W", "m": "M", "y": "Y", "å": "Y", "l": "Y"}
_OPEN = frozenset({"tills vidare", "tillsvidare", "until further notice", "bezterminowo", "none"})
_MONTH_FIRST = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", re.ASCII)
_DAY = (
    (re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4})", re.ASCII), (3, 2, 1)),
    (re.compile(r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})", re.ASCII), (1, 2, 3)),
    (re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})", re.ASCII), (1, 2, 3)),
)


def spelling_hint(where: Path, text: str) -> str | None:
    """Return a hint how the value at `where` is written, or None where that is not clear.

    A hint never changes a fact: what can be meant in two ways is told in both.
    """
    key = str(where[-1]) if where else ""
    value: str | None = None
    if key == "amount":
        return _amount_hint(text)
    if key in {"notice", "term", "expiring_within", "decide_by", "length"}:
        found = _LENGTH.fullmatch(text.strip())
        value = f"P{int(found[1])}{_UNITS[found[2][0].lower()]}" if found else _days(text)
    elif key == "end" and text.strip().lower() in _OPEN:
        value = "open"
    elif key in dates.KEYS:
        value = _days(text)
    elif key in {"url", "website"} and text.startswith("www."):
        value = f'"https://{text}"'  # quotes are needed within braces
    return f"write {value}" if value else None


_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
_SIGNS = {"€": "EUR", "£": "GBP", "zł": "PLN", "euro": "EUR", "złotych": "PLN", "zlotych": "PLN"}
_CROWNS = re.compile(r"(?<![^\W\d_])(?:kr|kronor|kroner|krone)\b\.?", re.IGNORECASE)


def _amount_hint(text: str) -> str | None:
    """Return how an amount is written: the number alone, its currency beside it."""
    if "%" in text or "procent" in text.lower():
        return "an amount is a sum of money: write the sum, and per cent of the budget in share"
    if re.match(r"\s*[-−–]\s*[0-9]", text):
        return "money that was paid back is written without the sign, with repayment: true"
    currencies = {code for code in _CODE.findall(text) if code in codes("currency")}
    currencies |= {code for sign, code in _SIGNS.items() if sign in text.lower()}
    bare = _CROWNS.sub(" ", _CODE.sub(" ", text))
    for sign in _SIGNS:
        bare = re.sub(re.escape(sign), " ", bare, flags=re.IGNORECASE)
    read = figures(bare.strip())
    values = sorted({value for figure in read for value in (*figure.values, *figure.upper)})
    if not 1 <= len(values) <= 2 or len(read) != 1 or len(currencies) > 1:
        return None
    numbers = " or ".join(f"{value:f}" for value in values)
    if currencies:
        return f"write amount: {numbers} and currency: {currencies.pop()}"
    if _CROWNS.search(text):
        return f"write {numbers}; which kronor or kroner is said by currency: SEK, NOK or DKK"
    return f"write {numbers}"


def _days(text: str) -> str | None:
    """Return the days that a date in another order may mean: two where the month may be first."""
    day = iso_day(text)
    month_first = _MONTH_FIRST.fullmatch(text.strip())
    if month_first:
        other = iso_day(f"{month_first[2]}/{month_first[1]}/{month_first[3]}")
        found = sorted({one for one in (day, other) if one})
        return " or ".join(found) or None
    return day


def iso_day(text: str) -> str | None:
    """Return YYYY-MM-DD for a day written in another order; None where there is no such day."""
    for pattern, order in _DAY:
        found = pattern.fullmatch(text.strip())
        if found:
            year, month, day = (int(found[place]) for place in order)
            iso = f"{year:04}-{month:02}-{day:02}"
            try:
                dates.parse(iso)
            except ValueError:
                return None
            return iso
    return None
