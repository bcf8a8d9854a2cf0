"""Parse and check option values, for the command line and for Python.

Each function names the option as the command line spells it and raises `Failure` (2) for a value
that cannot be meant.
"""

from datetime import date

from partnerreg.base.errors import Failure
from partnerreg.base.suggest import nearest
from partnerreg.model import dates
from partnerreg.model.dates import Duration

_MOST_LISTED = 24
"""Values that a hint lists."""


def today() -> date:
    """Return the day that it is here."""
    return date.today()  # noqa: DTZ011  (the user's own calendar, however odd the time zone)


def known_value(option: str, value: str, known: tuple[str, ...], such_as: str = "") -> str:
    """Return `value` where it is one of `known`; `such_as` spares people a long list of codes."""
    if value not in known:
        near = value.lower() if value.lower() in known else nearest(value, known)
        listing = f"known: {', '.join(known)}" if len(known) <= _MOST_LISTED else such_as
        hint = f"did you mean {near}?" if near else listing
        raise Failure(f"{option}: {value} is not known", hint=hint)
    return value


def day(option: str, text: str) -> date:
    """Return the day that is written YYYY-MM-DD, or `today`."""
    if text == "today":
        return today()
    if not dates.LOOKS_LIKE_DATE(text):
        raise Failure(f"{option}: {text[:40]} is not a day", hint="write YYYY-MM-DD")
    try:
        found = dates.parse(text)
    except ValueError as error:
        raise Failure(f"{option}: {error}") from None
    if found.precision != "day" or found.first is None:
        raise Failure(f"{option}: {text} is not a day", hint="write YYYY-MM-DD")
    return found.first


def length_of_time(option: str, text: str) -> Duration:
    """Return the length of time that is written 90d, 6m, 1y or P90D."""
    try:
        return dates.parse_window(text)
    except ValueError as error:
        raise Failure(f"{option}: {error}") from None


def years(text: str) -> tuple[int, int]:
    """Return the first and last year (inclusive) of `2020` or `2020..2022`."""
    first, dots, last = text.partition("..")
    written = [first, last] if dots else [first, first]
    if (
        not all(len(year) == 4 and year.isascii() and year.isdecimal() for year in written)
        or written[0] > written[1]
    ):
        hint = "write 2020 or 2020..2022"
        if len(written) == 2 and written[0] > written[1]:
            hint = f"the earlier year first: {written[1]}..{written[0]}"
        elif len(text) == 9 and text[4] in "-–/":
            hint = f"did you mean {text[:4]}..{text[5:]}?"
        raise Failure(f"--year: {text} is no year", hint=hint)
    return int(written[0]), int(written[1])
