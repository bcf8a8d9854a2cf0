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


def invalid_left_out(registry: Registry, *, organisations: bool = False) -> tuple[Note, ...]:
    """Return a note about the files whose errors keep them out of a report; none is best.

    Reports of agreements leave out agreements, the list of organisations leaves out those.
    """
    paths = [
        path
        for path in registry.invalid
        if path.startswith("organisations/") == organisations and path != SETTINGS
    ]
    settings: tuple[Note, ...] = ()
    if SETTINGS in registry.invalid and not organisations:
        message = f"{SETTINGS} has errors; what is wrong there is not used"
        settings = (Note("settings-invalid", message),)
    if not paths:
        return settings
    many = "1 file with errors is" if len(paths) == 1 else f"{len(paths)} files with errors are"
    ids = sorted({path.rpartition("/")[2].removesuffix(".yaml") for path in paths})
    return (
        *settings,
        Note(
            "invalid-left-out",
            f"{many} left out; partnerreg validate tells what is wrong",
            tuple(ids),
        ),
    )


def is_incomplete(notes: Iterable[Note]) -> bool:
    """Whether a report had to leave out faulty records, or use faulty settings."""
    return any(one.code in {"invalid-left-out", "settings-invalid"} for one in notes)
