"""Check numbers of public registers: format and check digits.

Schemes are named by their org-id.guide codes; check digits are computed by python-stdnum, which is
imported only where there is such a number: it brings ssl with it.
"""

import re
from collections.abc import Callable

from partnerreg.checks.personal_numbers import personal_numbers


def problem_of(scheme: str, number: str) -> str | None:
    """Return what is wrong with a number, or None where nothing is, or nothing is known."""
    check = _CHECKS.get(scheme)
    return check(number) if check else None


def _swedish(number: str) -> str | None:
    if not re.fullmatch(r"[0-9]{6}-?[0-9]{4}", number, re.ASCII):
        return "a Swedish organisation number has ten digits: 802002-8711"
    # Numbers with a third digit below 2 are dates of birth: a person's, not an organisation's.
    if number[2] < "2":
        if any(personal_numbers(number, ())):
            return None  # PR208 speaks of it
        return "this is no organisation's number: its third digit is below 2"
    from stdnum.se import orgnr  # noqa: PLC0415

    return None if orgnr.is_valid(number) else "the check digit of this SE-ON number is wrong"


def _polish_tax(number: str) -> str | None:
    if not re.fullmatch(r"(PL)?[0-9]{3}-?[0-9]{2,3}-?[0-9]{2}-?[0-9]{2,3}", number, re.ASCII):
        return "a PL-NIP number has ten digits"
    from stdnum.pl import nip  # noqa: PLC0415

    return None if nip.is_valid(number) else "the check digit of this PL-NIP number is wrong"


def _polish_statistical(number: str) -> str | None:
    if not re.fullmatch(r"[0-9]{9}([0-9]{5})?", number, re.ASCII):
        return "a PL-REGON number has nine or fourteen digits"
    from stdnum.pl import regon  # noqa: PLC0415

    return None if regon.is_valid(number) else "the check digit of this PL-REGON number is wrong"


def _digits(pattern: str, words: str) -> Callable[[str], str | None]:
    whole = re.compile(pattern, re.ASCII)
    return lambda number: None if whole.fullmatch(number) else words


_CHECKS: dict[str, Callable[[str], str | None]] = {
    "SE-ON": _swedish,
    "PL-NIP": _polish_tax,
    "PL-REGON": _polish_statistical,
    "PL-KRS": _digits(r"[0-9]{10}", "a PL-KRS number has ten digits"),
    "SE-SCB": _digits(r"[0-9]{2}([0-9]{2})?", "an SE-SCB code has four digits, a county's two"),
    "PL-TERYT": _digits(
        r"[0-9]{2}([0-9]{2}([0-9]{3})?)?", "a PL-TERYT code has seven digits, a county's four"
    ),
}
