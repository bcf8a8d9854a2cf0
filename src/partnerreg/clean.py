"""Text from data, made safe to print: no control, bidi or invisible characters."""

import unicodedata

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def clean(text: str) -> str:
    """Return `text` on one line, with every unprintable character shown as its code point.

    Line breaks and tabs become a space. Spaces of any width stay what they are.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown, text))


def is_invisible(character: str) -> bool:
    """Whether a character shows nothing itself: controls, marks of direction, unassigned ones."""
    return unicodedata.category(character) in _INVISIBLE


def _shown(character: str) -> str:
    if character in "\n\r\t":
        return " "
    if is_invisible(character):
        return f"<U+{ord(character):04X}>"
    return character


def shortened(text: str, most: int = 400) -> str:
    """Return `text`, cut with `…` where it is longer than `most` characters."""
    return text if len(text) <= most else f"{text[:most]}…"
