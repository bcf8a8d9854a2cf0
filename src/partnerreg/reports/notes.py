"""Build the notes that reports end with."""

from collections.abc import Iterable

from partnerreg.base.layout import SETTINGS
from partnerreg.model.registry import Registry
from partnerreg.output.report import Note


def note(code: str, records: Iterable[str], message: str) -> Note:
    """Return a note about some records, named once each in order.

    In the message `{n}` stands for how many agreements they are, in words.
    """
    ids = tuple(sorted(set(records)))
    many = "1 agreement" if len(ids) == 1 else f"{len(ids)} agreements"
    return Note(code, message.replace("{n}", many), ids)


def invalid_organisations(registry: Registry) -> tuple[Note, ...]:
    """Return the `invalid-left-out` note about organisations, or nothing if every one is valid."""
    return _left_out(path for path in registry.invalid if path.startswith("organisations/"))


def invalid_left_out(
    registry: Registry, paths: Iterable[str] | None = None, money: str = ""
) -> tuple[Note, ...]:
    """Return the notes on what errors keep out of a report; none where every file is valid.

    `paths` are the files that the report may be about, by default all but organisations. `money`
    is what can be read of their sums.
    """
    notes: tuple[Note, ...] = ()
    if SETTINGS in registry.invalid:
        message = f"{SETTINGS} has errors; what is wrong there is not used"
        notes = (Note("settings-invalid", message),)
    if paths is None:
        paths = (path for path in registry.invalid if not path.startswith("organisations/"))
    return (*notes, *_left_out((path for path in paths if path != SETTINGS), money))


def _left_out(paths: Iterable[str], money: str = "") -> tuple[Note, ...]:
    ids = sorted(path.rpartition("/")[2].removesuffix(".yaml") for path in paths)
    if not ids:
        return ()
    many = "1 file with errors is" if len(ids) == 1 else f"{len(ids)} files with errors are"
    sums = f", with at least {money} that can be read" if money else ""
    message = f"{many} left out{sums}; partnerreg validate tells what is wrong"
    return (Note("invalid-left-out", message, tuple(sorted(set(ids)))),)


def is_incomplete(notes: Iterable[Note]) -> bool:
    """Whether a report had to leave out faulty records, or use faulty settings."""
    return any(one.code in {"invalid-left-out", "settings-invalid"} for one in notes)
