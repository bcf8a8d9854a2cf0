"""Which commits touched a record's file, through renames: git's log, read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from partnerreg.failure import Failure
from partnerreg.layout import FOLDERS
from partnerreg.nearest import nearest

# A commit begins with a separator and its name; a path may hold the separator alone.
_BLOCK = re.compile(rb"\x1e(?=[0-9a-f]{40,64}\x1f)")

Change = tuple[str, str | None, str | None]
"""Git's status letter, the path before and the path after."""


@dataclass(frozen=True, slots=True)
class Step:
    """A commit that touched a record's file: its path before (None: it was added) and after."""

    commit: str
    author: str
    date: str
    subject: str
    before: str | None
    after: str | None


def steps(log: bytes, record: str, prefix: str) -> tuple[Step, ...]:
    """Return the commits that touched a record, newest first, following its file's renames.

    `log` is `git log -z --name-status` with a record separator before each commit. The file is
    the newest one of that id. Raises `Failure` (2) where no commit ever held one.
    """
    path: str | None = None
    known: set[str] = set()
    found: list[Step] = []
    for commit, author, date, subject, changed in _commits(log):
        for status, old, new in changed:
            for name in (old, new):
                if name and _id(name, prefix):
                    known.add(_id(name, prefix))
            ours = new if new is not None else old
            if path is None and ours and _id(ours, prefix) == record:
                path = ours
            if path is None or path not in {old, new}:
                continue
            if new == path or (new is None and old == path):
                found.append(Step(commit, author, date, subject, old, new))
                path = old if status in {"R", "C"} and old else path
                break
    if not found:
        near = nearest(record, tuple(sorted(known)))
        hint = f"did you mean {near}?" if near else "partnerreg list names the records there are"
        raise Failure(f"no commit holds a record {record}", hint=hint)
    return tuple(found)


def _commits(log: bytes) -> Iterator[tuple[str, str, str, str, list[Change]]]:
    for block in _BLOCK.split(log)[1:]:
        fields = block.split(b"\x1f", 4)
        if len(fields) < 5:
            continue
        commit, author, date, subject = (one.decode("utf-8", "replace") for one in fields[:4])
        rest = fields[4]
        parts = [
            part.decode("utf-8", "surrogateescape") for part in rest.strip(b"\n\0").split(b"\0")
        ]
        changed: list[Change] = []
        place = 0
        while place + 1 < len(parts) and parts[place].strip():
            status = parts[place].strip()[0]
            if status in {"R", "C"} and place + 2 >= len(parts):
                break
            if status in {"R", "C"}:
                changed.append((status, parts[place + 1], parts[place + 2]))
                place += 3
                continue
            name = parts[place + 1]
            changed.append(
                (status, None if status == "A" else name, None if status == "D" else name)
            )
            place += 2
        yield commit, author, date, subject, changed


def _id(path: str, prefix: str) -> str:
    """Return the id of a record's file, or nothing for a path that is none."""
    inside = path.removeprefix(f"{prefix}/") if prefix else path
    folder, _, rest = inside.partition("/")
    name = rest.rpartition("/")[2]
    return name.removesuffix(".yaml") if folder in FOLDERS and name.endswith(".yaml") else ""
