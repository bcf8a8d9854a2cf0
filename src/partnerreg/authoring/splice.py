"""Replace stretches of a file's text, and nothing else of it."""

from collections.abc import Iterable

from msgspec import Struct

from partnerreg.base.problems import Span


class Splice(Struct, frozen=True):
    """What to write instead of the text at `span`."""

    span: Span
    now: str

    def old(self, text: str) -> str:
        """Return what stands there."""
        lines = text.split("\n")
        start, end = _places(lines, self.span)
        return text[start:end]


def spliced(text: str, edits: Iterable[Splice]) -> str:
    """Return the text with every stretch replaced; they do not overlap."""
    lines = text.split("\n")
    for edit in sorted(edits, key=lambda one: one.span, reverse=True):
        start, end = _places(lines, edit.span)
        text = text[:start] + edit.now + text[end:]
    return text


def _places(lines: list[str], span: Span) -> tuple[int, int]:
    """Return where a stretch begins and ends, counted in characters from 0.

    A later stretch that was replaced does not move an earlier one.
    """
    begin = sum(len(line) + 1 for line in lines[: span.line - 1]) + span.column - 1
    end = sum(len(line) + 1 for line in lines[: span.end_line - 1]) + span.end_column - 1
    return begin, end
