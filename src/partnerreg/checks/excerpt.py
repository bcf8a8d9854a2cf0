"""Extract the source line of a finding and place the caret under it."""

from collections.abc import Sequence

from partnerreg.base.printable import clean
from partnerreg.base.problems import Span

_BEFORE, _WIDTH = 60, 120
_CUT = "…"


def lines_of(raw: bytes) -> list[str]:
    """Return a file's lines, as libyaml and editors count them."""
    return raw.decode("utf-8", "replace").split("\n")


def excerpt(lines: Sequence[str], span: Span) -> str | None:
    """Return the source line; None where the file has no such line.

    A long line is cut around the place, with `…` where something is missing.
    """
    if span.line > len(lines):
        return None
    line = lines[span.line - 1].removesuffix("\r")
    if len(line) > _WIDTH:
        start = max(0, span.column - 1 - _BEFORE)
        end = start + _WIDTH
        line = _CUT * (start > 0) + line[start:end] + _CUT * (end < len(line))
    return clean(line)


def caret(line: str, span: Span) -> tuple[str, str]:
    """Return the text of an excerpt before the place, and the carets that go under it."""
    column = span.column - 1
    if line.startswith(_CUT):
        column = _BEFORE + 1
    column = min(column, len(line))
    long = span.end_column - span.column if span.end_line == span.line else len(line) - column
    return line[:column], "^" * max(1, min(long, len(line) - column))
