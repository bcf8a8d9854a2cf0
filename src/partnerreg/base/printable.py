"""Make text safe to print: control, bidi and invisible characters are shown as code points."""

import unicodedata

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Letters and marks by their category that nevertheless show nothing (Unicode's
# Default_Ignorable_Code_Point): fillers, joiners, selectors of variants.
_IGNORABLE = frozenset(
    map(chr, (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0))
) | frozenset(map(chr, (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))


def clean(text: str) -> str:
    """Return `text` on one line, with every unprintable character shown as its code point.

    Line breaks and tabs become a space. Spaces of any width stay what they are.
    """
    if is_plain(text):
        return text
    return "".join(map(_shown, text))


def is_plain(text: str) -> bool:
    """Whether every character of a text shows something, and it has no line breaks."""
    # What `isprintable` calls unprintable are the categories above, and spaces but the usual one.
    return text.isprintable() and (text.isascii() or _IGNORABLE.isdisjoint(text))


def is_invisible(character: str) -> bool:
    """Whether a character shows nothing itself: controls, marks of direction, unassigned ones."""
    return unicodedata.category(character) in _INVISIBLE or character in _IGNORABLE


def _shown(character: str) -> str:
    if character in "\n\r\t":
        return " "
    if is_invisible(character):
        return f"<U+{ord(character):04X}>"
    return character


def shortened(text: str, most: int = 400) -> str:
    """Return `text`, cut with `…` where it is longer than `most` characters."""
    return text if len(text) <= most else f"{text[:most]}…"
