"""Change an id everywhere: in every place that the schemas call one, and in the file's name."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from partnerreg.authoring.compose import quoted
from partnerreg.authoring.splice import Splice, spliced
from partnerreg.base.errors import Failure
from partnerreg.base.layout import Kind, Place
from partnerreg.base.limits import MAX_BYTES
from partnerreg.base.plain_data import walk
from partnerreg.base.printable import clean
from partnerreg.base.problems import Path
from partnerreg.model.id_places import Named, named
from partnerreg.reading.document import Document
from partnerreg.reading.yaml_reader import read
from partnerreg.store.change import Change


class Rename(Struct, frozen=True):
    """An id and its new one; of a unit both are organisation/unit of one organisation."""

    old: str
    new: str
    kind: Kind

    @property
    def is_of_unit(self) -> bool:
        """Whether it is a unit's slug that changes."""
        return "/" in self.old

    def applied(self, one: Named) -> str | None:
        """Return what stands in a place afterwards; None where it stays."""
        if self.is_of_unit:
            organisation, _, unit = self.old.partition("/")
            slug = self.new.partition("/")[2]
            if one.what == "unit":
                return slug if (one.owner, one.text) == (organisation, unit) else None
            return self.new if one.what == "organisation-or-unit" and one.text == self.old else None
        if one.what == "agreement":
            return self.new if self.kind != "organisation" and one.text == self.old else None
        if self.kind != "organisation" or one.what == "unit":
            return None
        organisation, slash, unit = one.text.partition("/")
        if organisation != self.old or (slash and one.what != "organisation-or-unit"):
            return None
        return f"{self.new}{slash}{unit}"


def renamed(
    rename: Rename, places: tuple[Place, ...], texts: Mapping[str, bytes]
) -> Iterator[Change]:
    """Yield what becomes of each file that changes.

    Raises `Failure` (1) where a file that holds the id cannot be read without faults.
    """
    needle = rename.old.partition("/")[2 if rename.is_of_unit else 0].encode()
    for place in places:
        raw = texts.get(place.path)
        if raw is None:
            continue
        moved = not rename.is_of_unit and place.id == rename.old
        now = _rewritten(rename, place, raw) if needle in raw else raw
        if moved:
            folder = place.path.rpartition("/")[0]
            yield Change(f"{folder}/{rename.new}.yaml", None, now)
            yield Change(place.path, raw, None)
        elif now != raw:
            yield Change(place.path, raw, now)


def _rewritten(rename: Rename, place: Place, raw: bytes) -> bytes:
    document, problems = read(raw)
    if document is None or problems or len(raw) > MAX_BYTES:
        raise Failure(
            f"{clean(place.path)} cannot be read without faults, and it may name {rename.old}",
            hint="partnerreg validate tells what is wrong there",
            exit_code=1,
        )
    text = raw.decode("utf-8")
    edits = []
    for one in named(place.kind, document.data):
        now = rename.applied(one)
        if now is not None:
            edits.append(_edit(document, text, one.where, one.text, now))
    if rename.is_of_unit and place.id == rename.old.partition("/")[0]:
        edits += _unit_key(rename, document, text)
    return spliced(text, edits).encode("utf-8")


def _unit_key(rename: Rename, document: Document, text: str) -> Iterator[Splice]:
    """Yield the edit of a unit's own slug, in the organisation that has it."""
    unit, slug = rename.old.partition("/")[2], rename.new.partition("/")[2]
    units: Any = document.data.get("units")
    if isinstance(units, dict) and unit in units:
        yield _edit(document, text, ("units", unit), unit, slug, key=True)


def _edit(
    document: Document, text: str, where: Path, was: str, now: str, *, key: bool = False
) -> Splice:
    """Return the edit of one id; it stays in quotes where it stood in them without need."""
    span = document.span(where, key=key)
    edit = Splice(span, now)
    token = edit.old(text)
    if token[:1] == "'":
        return Splice(span, f"'{now}'")
    if token == was or _needs_quotes(was):
        return Splice(span, quoted(now) if _needs_quotes(now) else now)
    return Splice(span, quoted(now))


def _needs_quotes(identity: str) -> bool:
    """Whether an id without quotes would be read as something else, such as a number."""
    document, problems = read(f"a: {identity}\n".encode())
    return document is None or bool(problems) or document.data != {"a": identity}


_NAMING = frozenset({"organisation", "source", "recipient", "network", "responsible", "part_of"})
"""The keys of a mapping under which `=ID` names an organisation."""


def renamed_mapping(rename: Rename, path: str, raw: bytes) -> Change | None:
    """Return what becomes of a list's mapping: its fixed ids, and its answers under `same`.

    None where nothing does, or where it cannot be read.
    """
    document, problems = read(raw)
    if document is None or problems or rename.kind != "organisation":
        return None
    text = raw.decode("utf-8")
    edits = []
    for where, value in walk(document.data):
        if not isinstance(value, str) or not value:
            continue
        fixed = value.startswith("=") and where[-1] in _NAMING
        answer = where[0] == "same"
        one = Named(where, value.removeprefix("=") if fixed else value, "organisation-or-unit")
        now = rename.applied(one) if fixed or answer else None
        if now is not None:
            edits.append(_edit_text(document, text, where, f"={now}" if fixed else now))
    if not edits:
        return None
    return Change(path, raw, spliced(text, edits).encode("utf-8"))


def _edit_text(document: Document, text: str, where: Path, now: str) -> Splice:
    """Return the edit of a text; it stays in quotes where it stood in them."""
    span = document.span(where)
    token = Splice(span, now).old(text)
    mark = token[:1] if token[:1] in {'"', "'"} else ""
    return Splice(span, f"{mark}{now}{mark}")
