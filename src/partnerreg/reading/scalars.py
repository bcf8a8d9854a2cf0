"""Resolve plain YAML scalars: true, false, exact numbers, text; refuse look-alikes.

Numbers keep their digits (`int`, else `Decimal`). What another reader would take for a number
and this one does not (`0380`, `1_000`, `1e3`, `.inf`) is refused with the way to write it.
"""

import re
from decimal import Decimal
from functools import lru_cache

from partnerreg.base.late_pattern import LatePattern

MAX_INTEGER_DIGITS = 15

_NUMBER = re.compile(r"(-?)(0|[1-9][0-9]*)(\.[0-9]+)?", re.ASCII)
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_LOOKALIKE = LatePattern(
    r"""[-+]?(?:
        0[0-9_]+(?:\.[0-9_]*)?          # 0380, 007.5
      | [0-9][0-9_]*(?:\.[0-9_]*)?      # +5, 1_000, 5.
      | \.[0-9][0-9_]*                  # .5
      | (?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)[eE][-+]?[0-9]+   # 1e3
      | 0[xXoObB][0-9a-fA-F_]+          # 0x1f, 0o17
      | \.(?:inf|Inf|INF)
      | \.(?:nan|NaN|NAN)
    )""",
    re.VERBOSE | re.ASCII,
)


_FOREIGN = LatePattern(r"[-+]?[\d.,_\u066b\u066c]*\d[\d.,_\u066b\u066c]*")
"""A number in other digits than 0 to 9, whatever points and commas it has."""


_EMPTY = (
    "remove the key; what lies under it is indented; a date or an amount that is not known is "
    "written unknown"
)


class Refused(ValueError):  # noqa: N818  (what happened, as in the messages)
    """A plain scalar that the profile does not allow: `code`, a message and a hint."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


def plain(text: str) -> str | int | bool | Decimal:
    """Return the value of the plain scalar `text`.

    Raises `Refused` for empty values, null and look-alikes of numbers.
    """
    first = text[:1]
    if first.isalpha() and first not in "tfnN":
        return text
    if text == "true":
        return True
    if text == "false":
        return False
    if text in _NULL:
        raise Refused("PR011", "the value is empty", _EMPTY)
    if first.isalpha():
        return text
    return _number_or_text(text)


@lru_cache(maxsize=1024)
def is_usual_key(text: str) -> bool:
    """Whether a plain scalar is a key that nothing can be wrong with: ASCII, text, no merge."""
    try:
        return text.isascii() and text != "<<" and isinstance(plain(text), str)
    except Refused:
        return False


def _number_or_text(text: str) -> str | int | Decimal:
    number = _NUMBER.fullmatch(text)
    if number:
        if len(number[2]) > MAX_INTEGER_DIGITS:
            raise Refused(
                "PR012",
                f"{len(number[2])} digits before the point; {MAX_INTEGER_DIGITS} are allowed",
                "put it in quotes if it is a code",
            )
        if number[3]:
            value = Decimal(text)
            return value or abs(value)
        return int(text)
    # No number has a space in it, nor a hyphen but before it or its exponent.
    if " " in text or (text.rfind("-") > 0 and "e-" not in text.lower()):
        return text
    foreign = not text.isascii() and (text.isnumeric() or _FOREIGN.compiled.fullmatch(text))
    if foreign or _LOOKALIKE.compiled.fullmatch(text):
        raise Refused(
            "PR012", f"{text[:40]} looks like a number but is not written as one", _advice(text)
        )
    return text


def _advice(text: str) -> str:
    quoted = f'write "{text[:40]}" in quotes if it is a code'
    digits = text.replace("_", "").removeprefix("+")
    if re.fullmatch(r"0+[0-9]+", digits):
        return f"{quoted}, or {(digits.lstrip('0') or '0')[:40]} if it is a number"
    if _NUMBER.fullmatch(digits):
        return f"write {digits[:40]}, with no sign and no separators, or in quotes if it is a code"
    return f"{quoted}; numbers are written with the digits 0-9 and a point, such as 1000 or 19.99"
