"""How many columns of a terminal a text takes: wide characters take two, marks none."""

import unicodedata
from functools import lru_cache


def width(text: str) -> int:
    """Return the columns that `text` takes."""
    if text.isascii():
        return len(text)
    # The same words stand in many rows of a table.
    return _short(text) if len(text) < 300 else sum(map(_character, text))


def padded(text: str, columns: int, *, right: bool) -> str:
    """Return `text` filled with spaces to that many columns."""
    space = " " * (columns - width(text))
    return space + text if right else text + space


def _character(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


@lru_cache(maxsize=4096)
def _short(text: str) -> int:
    return sum(map(_character, text))
