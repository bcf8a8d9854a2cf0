"""Colour for lines of text."""

_STYLES = {"bold": "1", "dim": "2", "error": "1;31", "warning": "1;33", "info": "1;36"}


def paint(text: str, style: str, *, colour: bool) -> str:
    """Return `text` in a style, or as it is."""
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if colour else text
