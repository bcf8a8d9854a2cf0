"""Hints that spell a value as the registry wants it: `P6M` for `6 months`."""

import re

from partnerreg.base.problems import Path
from partnerreg.checks.stated_figures import figures
from partnerreg.model import dates

_LENGTH = re.compile(
    r"([0-9]{1,4}) ?(d|w|m|y|days?|weeks?|months?|years?|dagar|veckor|månad(?:er)?|år"
    r"|dni|miesi[aą]c\w*|lat)",
    re.IGNORECASE,
)
_UNITS = {"d": "D", "w": "W", "v": "W", "m": "M", "y": "Y", "å": "Y", "l": "Y"}
_OPEN = frozenset({"tills vidare", "tillsvidare", "until further notice", "bezterminowo", "none"})
_DAY = (
    (re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4})", re.ASCII), (3, 2, 1)),
    (re.compile(r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})", re.ASCII), (1, 2, 3)),
    (re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})", re.ASCII), (1, 2, 3)),
)


def spelling_hint(where: Path, text: str) -> str | None:
    """Return a hint how the value at `where` is written, or None where that is not clear."""
    key = str(where[-1]) if where else ""
    value: str | None = None
    if key == "amount":
        read = sorted({value for figure in figures(text) for value in figure.values})
        value = f"{read[0]:f}" if len(read) == 1 else None
    elif key in {"notice", "term", "expiring_within", "decide_by"}:
        found = _LENGTH.fullmatch(text.strip())
        value = f"P{int(found[1])}{_UNITS[found[2][0].lower()]}" if found else iso_day(text)
    elif key == "end" and text.strip().lower() in _OPEN:
        value = "open"
    elif key in dates.KEYS:
        value = iso_day(text)
    elif key in {"url", "website"} and text.startswith("www."):
        value = f"https://{text}"
    return f"write {value}" if value else None


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
