"""Compute the new contents of files for `fmt` and `validate --fix`; nothing is written here."""

import contextlib
from collections.abc import Callable, Iterator

from msgspec import Struct

from partnerreg.authoring.autofix import Fix, applied, fixes
from partnerreg.authoring.format import formatted, is_ordered
from partnerreg.authoring.printer import Unformattable
from partnerreg.base.layout import Kind, Place, sort_out
from partnerreg.base.limits import MAX_BYTES
from partnerreg.base.printable import clean
from partnerreg.base.problems import Problem
from partnerreg.checks import schema
from partnerreg.reading.yaml_reader import read
from partnerreg.store.folder import Source


class Rewritten(Struct, frozen=True):
    """A file before and after; `problem` says why it stays as it is."""

    place: Place
    was: bytes
    now: bytes
    fixes: tuple[Fix, ...] = ()
    reordered: bool = False
    problem: str | None = None


Rewrite = Callable[[Place, bytes], Rewritten]


def rewritten_files(
    source: Source, wanted: Callable[[str], bool], rewrite: Rewrite
) -> Iterator[Rewritten]:
    """Yield what becomes of every file of a record, and of the settings."""
    places, _ = sort_out(source.items())
    for place in places:
        if wanted(place.path):
            raw = source.read(place.path, MAX_BYTES)
            if isinstance(raw, bytes):
                yield rewrite(place, raw)
            elif isinstance(raw, Problem):
                yield Rewritten(place, b"", b"", problem=raw.message)


def canonical_file(place: Place, raw: bytes) -> Rewritten:
    """Return the file in the canonical layout."""
    try:
        return Rewritten(place, raw, formatted(raw, place.kind))
    except Unformattable as reason:
        return Rewritten(place, raw, raw, problem=str(reason))


def fixed_file(place: Place, raw: bytes) -> Rewritten:
    """Return the file with what has one right answer set right, and its keys in order."""
    document, problems = read(raw)
    if document is None:
        return Rewritten(place, raw, raw)
    problems += schema.check(place.kind, document, whole=not problems)
    found = list(fixes(raw, document, problems))
    now = applied(raw, found)
    again, remaining = read(now)
    if again is None or len(remaining) > len(problems):
        return Rewritten(place, raw, raw, problem="a fix would break the file")
    if remaining or is_ordered(now, place.kind):
        return Rewritten(place, raw, now, tuple(found))
    try:
        return Rewritten(place, raw, formatted(now, place.kind), tuple(found), reordered=True)
    except Unformattable:
        return Rewritten(place, raw, now, tuple(found))


def printed(raw: bytes) -> str:
    """Return a file's text in the canonical layout, its kind told by its keys."""
    document, _ = read(raw)
    keys = document.data.keys() if document else frozenset()
    kind: Kind = "settings"
    if "member" in keys:
        kind = "membership"
    elif "form" in keys or "parties" in keys:
        kind = "partnership"
    elif "type" in keys:
        kind = "organisation"
    with contextlib.suppress(Unformattable):  # then as it is
        raw = formatted(raw, kind)
    return "\n".join(map(clean, raw.decode("utf-8", "replace").split("\n")))
