"""Find Swedish and Polish personal numbers in text."""

import re
from collections.abc import Collection, Iterator
from datetime import date

from partnerreg.base.late_pattern import LatePattern

_DIGITS = LatePattern(
    r"(?<![\w/])(?:(?<![0-9][-+])[0-9]{6}(?:[0-9]{2})?[-+ ]?[0-9]{4}|[0-9]{11})(?!\w)", re.ASCII
)
_AS_ZERO = bytes.maketrans(b"123456789", b"000000000")
_WITHIN = b"-+ "
"""What may stand within a number."""
_TEN = b"0" * 10
_AMOUNT = LatePattern(r"amount:\s*\Z")
_WEB_ADDRESS = LatePattern(r"https?://\S+")


def personal_numbers(text: str, allowed: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """Yield start, end (exclusive) and the kind of each personal number in `text`.

    `allowed` are the numbers of registers, which may look alike. Web addresses are passed
    over: long numbers in them are the addresses' own.
    """
    # Most texts have no such run of digits at all, which is seen twenty times as fast.
    if _TEN not in text.encode("utf-8", "replace").translate(_AS_ZERO, _WITHIN):
        return
    found = list(_DIGITS.compiled.finditer(text))
    addresses = [match.span() for match in _WEB_ADDRESS.compiled.finditer(text)]
    for match in found:
        number = match[0]
        is_amount = _AMOUNT.compiled.search(text[max(0, match.start() - 20) : match.start()])
        if is_amount or number in allowed or any(a <= match.start() < b for a, b in addresses):
            continue
        if len(number) == 11 and number.isdigit():
            if _is_pesel(number):
                yield match.start(), match.end(), "Polish personal number (PESEL)"
        elif _is_swedish(number):
            yield match.start(), match.end(), "Swedish personal number"


def masked(text: str) -> str:
    """Return `text` with the digits of every personal number as `*`."""
    for start, end, _ in personal_numbers(text, ()):
        text = text[:start] + re.sub("[0-9]", "*", text[start:end]) + text[end:]
    return text


def _is_swedish(number: str) -> bool:
    """Ten digits with the date of birth, or twelve with the century; Luhn's check digit."""
    digits = re.sub("[-+ ]", "", number)
    if len(digits) == 12 and digits[:2] not in {"18", "19", "20"}:
        return False
    short = digits[-10:]
    marked = len(number) != len(digits) or len(digits) == 12
    day = int(short[4:6])
    # A coordination number adds 60 to the day. Ten bare digits are as often a telephone number.
    if day > 60 and marked:
        day -= 60
    century = int(digits[:2]) * 100 if len(digits) == 12 else 2000  # a leap year, to be lenient
    return _is_day(century + int(short[:2]), int(short[2:4]), day) and _luhn(short)


def _is_pesel(number: str) -> bool:
    """Eleven digits: the month carries the century, the last digit checks the others."""
    month = int(number[2:4])
    century = {0: 1900, 1: 1900, 2: 2000, 3: 2000, 4: 2100, 5: 2100, 8: 1800, 9: 1800}.get(
        month // 10
    )
    if century is None:
        return False
    if not _is_day(century + int(number[:2]), month % 20, int(number[4:6])):
        return False
    weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)
    return sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True)) % 10 == 0


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
