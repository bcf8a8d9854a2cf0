"""The line of a file that a finding speaks of, fit to be printed."""

import re

from partnerreg.clean import clean
from partnerreg.diagnostic import Span

_BEFORE, _WIDTH = 60, 120


def excerpt(raw: bytes, span: Span, *, masked: bool) -> str | None:
    """Return the source line; None where the file has no such line.

    Long lines are cut around the place. In a masked line every digit shows as `*`.
    """
    lines = raw.decode("utf-8", "replace").splitlines()
    if not 0 < span.line <= len(lines):
        return None
    line = lines[span.line - 1]
    start = max(0, span.column - 1 - _BEFORE) if len(line) > _WIDTH else 0
    cut = line[start : start + _WIDTH]
    return re.sub(r"\d", "*", clean(cut)) if masked else clean(cut)


def caret_column(raw_line_length: int, span: Span) -> int:
    """Return how many characters of an excerpt stand before its caret."""
    start = max(0, span.column - 1 - _BEFORE) if raw_line_length > _WIDTH else 0
    return span.column - 1 - start
