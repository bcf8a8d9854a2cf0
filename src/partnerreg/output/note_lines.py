"""Format a report's notes as lines of text."""

from collections.abc import Sequence

from partnerreg.base.printable import clean
from partnerreg.output.report import Note, Report

STYLES = ("brief", "all", "none")
"""One line a code, one line a note, no line."""
_NAMED = 3
_SEVERAL = {
    "start-unknown": "what lies before is left out for {n}: the start is unknown",
    "end-unknown": "what lies after is left out for {n}: the end is unknown",
    "continued": "yearly funding of {n} is counted past the recorded end: open or tacitly renewed",
    "ended": "yearly funding of {n} is counted through the year when it was ended",
    "not-yet": "yearly funding of {n} begins after the as-of year",
    "suspended": "yearly money is counted for {n} in years in which it was suspended",
    "years-without-figures": "no figures for some years in {n}",
    "due-unknown": "{n} with an open milestone or payment whose due date is unknown",
    "no-year": "sums without a year in {n}",
    "remainder-mixed-currency": "what is left of budgets is not known for {n}",
    "invalid-left-out": "files with errors are left out: {n}",
}
"""What several notes of one code say together; `{n}` stands for how many agreements they are."""
_ALWAYS_TOLD = frozenset({"invalid-left-out", "settings-invalid", "empty-registry"})
_JOINED = frozenset({"converted", "unconverted"})
"""Notes whose figures are always told: a sum in another currency is nothing without its rates."""


def note_lines(report: Report) -> list[str]:
    """Return the notes as lines, in the style that the report asks for."""
    return [f"note: {words} [{code}]" for words, code in told_notes(report)]


def told_notes(report: Report) -> list[tuple[str, str]]:
    """Return the notes that people see: a sentence and its code each."""
    if report.note_style == "none":
        return []
    if report.note_style == "all":
        return [(spoken([note]), note.code) for note in report.notes]
    by_code: dict[str, list[Note]] = {}
    for note in report.notes:
        by_code.setdefault(note.code, []).append(note)
    if report.counts_notes:
        told = [code for code in by_code if code in _ALWAYS_TOLD]
        rest = [code for code in by_code if code not in _ALWAYS_TOLD]
        lines = [(_first_half(by_code[code]), code) for code in told]
        if rest:
            many = f"{len(rest)} notes" if len(rest) > 1 else "1 note"
            lines.append((f"{many} on what this leaves out: --notes all", ", ".join(rest)))
        return lines
    return [(spoken(notes), code) for code, notes in by_code.items()]


def _first_half(notes: Sequence[Note]) -> str:
    """Return what is left out, without what to do about it: for a screen that says that already."""
    note = notes[0]
    if note.code != "invalid-left-out":
        return spoken(notes)
    return spoken([Note(note.code, note.message.partition(";")[0], note.records)])


def spoken(notes: Sequence[Note]) -> str:
    """Return notes of one code in one sentence, with the first few records that they name."""
    first, *others = notes
    records = sorted({record for note in notes for record in note.records})
    message = first.message
    if first.code in _JOINED:
        message = "; ".join(note.message for note in notes)
    elif others:
        many = "1 agreement" if len(records) == 1 else f"{len(records)} agreements"
        told = _SEVERAL.get(first.code)
        message = (
            f"{told.replace('{n}', many)}; --notes all tells each"
            if told
            else f"{message}, and {len(others)} more: --notes all"
        )
    if not records:
        return clean(message)
    named = ", ".join(records[:_NAMED])
    more = len(records) - _NAMED
    return clean(f"{message} ({named}{f' and {more} more' if more > 0 else ''})")
