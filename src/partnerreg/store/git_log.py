"""Parse git's log: which commits touched a record's file, through renames."""

import os
import re
from collections.abc import Iterator

from msgspec import Struct

from partnerreg.base.errors import Failure
from partnerreg.base.layout import FOLDERS, Kind
from partnerreg.base.suggest import nearest

_COMMIT = re.compile(rb"[0-9a-f]{40,64}", re.ASCII)

MAX_STEPS = 500
"""Commits that are shown of one record."""

Change = tuple[str, str | None, str | None]
"""Git's status letter, the path before and the path after."""


class Step(Struct, frozen=True):
    """A commit that touched a record's file: its path before (None: it was added) and after."""

    commit: str
    author: str
    date: str
    subject: str
    before: str | None
    after: str | None
    kind: Kind


class Steps(Struct, frozen=True):
    """The commits that touched a record, newest first; `now` is what it is called today.

    `more` says how many older ones are left out.
    """

    steps: tuple[Step, ...]
    now: str | None = None
    more: int = 0


def steps(log: bytes, record: str, prefix: str) -> Steps:
    """Return the newest commits that touched a record, following its file's renames.

    `log` is as `Repository.log` has it. The file is the newest one of that id. Raises `Failure`
    (2) where no commit ever held one.
    """
    path: str | None = None
    now: str | None = None
    known: set[str] = set()
    later: dict[str, str] = {}  # what a path's record is called today
    found: list[Step] = []
    for commit, author, date, subject, changed in _commits(log):
        for status, old, new in changed:
            for name in (old, new):
                if name and _id(name, prefix):
                    known.add(_id(name, prefix))
            if status == "R" and old and new:
                later[old] = later.get(new, _id(new, prefix))
                if path is None and _id(old, prefix) == record:
                    now = later[old]
            ours = new if new is not None else old
            if path is None and ours and _id(ours, prefix) == record:
                path = ours
            if path is None or path not in {old, new}:
                continue
            if new == path or (new is None and old == path):
                # A file that came from a place that holds no records was added.
                before = old if old and _id(old, prefix) else None
                found.append(Step(commit, author, date, subject, before, new, _kind(path, prefix)))
                path = before if status == "R" and before else path
                break
    if not found:
        near = nearest(record, tuple(sorted(known)))
        hint = f"did you mean {near}?" if near else "partnerreg list names the records there are"
        raise Failure(f"no commit holds a record {record}", hint=hint)
    return Steps(tuple(found[:MAX_STEPS]), now, max(0, len(found) - MAX_STEPS))


def _commits(log: bytes) -> Iterator[tuple[str, str, str, str, list[Change]]]:
    """Yield each commit's name, author, date and subject, and what it changed.

    Fields are told by their order alone: nothing that a commit says can pass for another field.
    """
    parts = iter(log.split(b"\0"))
    part = next(parts, b"")
    while part:
        commit, *fields = part, next(parts, b""), next(parts, b""), next(parts, b"")
        author, date, subject = (one.decode("utf-8", "replace") for one in fields)
        changed: list[Change] = []
        for part in parts:
            letter = part.strip()[:1]
            if not letter:
                continue  # an empty line parts the fields from the files
            if _COMMIT.fullmatch(part):
                break
            changed.append(_change(letter, parts))
        else:
            part = b""
        yield commit.decode("ascii"), author, date, subject, changed


def _change(letter: bytes, parts: Iterator[bytes]) -> Change:
    first = os.fsdecode(next(parts, b""))
    if letter == b"R":
        return letter.decode(), first, os.fsdecode(next(parts, b""))
    status = letter.decode("ascii", "replace")
    return status, None if status == "A" else first, None if status == "D" else first


def _kind(path: str, prefix: str) -> Kind:
    return FOLDERS[_inside(path, prefix).partition("/")[0]]


def _inside(path: str, prefix: str) -> str:
    return path.removeprefix(f"{prefix}/") if prefix else path


def _id(path: str, prefix: str) -> str:
    """Return the id of a record's file, or nothing for a path that is none."""
    folder, _, rest = _inside(path, prefix).partition("/")
    name = rest.rpartition("/")[2]
    return name.removesuffix(".yaml") if folder in FOLDERS and name.endswith(".yaml") else ""
