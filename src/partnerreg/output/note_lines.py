"""Format a report's notes as lines of text."""

from partnerreg.base.printable import clean
from partnerreg.output.report import Note, Report

_NAMED = 5


def note_lines(report: Report) -> list[str]:
    """Return a line for each note."""
    return [f"note: {spoken(note)} [{note.code}]" for note in report.notes]


def spoken(note: Note) -> str:
    """Return the note's sentence with the first few records it names."""
    if not note.records:
        return clean(note.message)
    named = ", ".join(note.records[:_NAMED])
    more = len(note.records) - _NAMED
    return clean(f"{note.message} ({named}{f' and {more} more' if more > 0 else ''})")
