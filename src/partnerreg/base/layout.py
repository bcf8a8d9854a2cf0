"""Registry layout: a file's folder gives its kind, its name gives its id."""

import re
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from partnerreg.base.limits import MAX_FOLDERS
from partnerreg.base.problems import Problem, Span

ItemType = Literal["file", "folder", "link", "deep", "other"]
Kind = Literal["settings", "organisation", "partnership", "membership"]
SchemaName = Literal["settings", "organisation", "partnership", "membership", "import"]
"""A schema of its own: those of records, and that of the mappings of lists."""
FOLDERS: dict[str, Kind] = {
    "organisations": "organisation",
    "partnerships": "partnership",
    "memberships": "membership",
}
SETTINGS = "settings.yaml"
RATES = "rates/ecb.csv"
MAX_ID = 80

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_IGNORED = frozenset({"schemas", "imports"})


class Item(Struct, frozen=True):
    """An entry of the tree: its path below the root, with `/`, and what it is."""

    path: str
    type: ItemType


class Place(Struct, frozen=True):
    """A file that should hold a record (or the settings): its path, kind and id."""

    path: str
    kind: Kind
    id: str


def sort_out(items: Iterable[Item]) -> tuple[list[Place], list[tuple[str, Problem]]]:
    """Split a tree into the files to be read and the problems of names and places, by path."""
    places: list[Place] = []
    problems: list[tuple[str, Problem]] = []
    for item in sorted(items, key=lambda item: item.path):
        verdict = _judge(item)
        if isinstance(verdict, Place):
            places.append(verdict)
        elif verdict is not None:
            problems.append((item.path, verdict))
    return places, problems


def ignored(name: str) -> bool:
    """Say whether a folder of this name directly below the root is not looked into."""
    return name in _IGNORED or name.startswith(".")


def _judge(item: Item) -> Place | Problem | None:
    folder, _, rest = item.path.partition("/")
    name = item.path.rpartition("/")[2]
    stem, dot, ending = name.rpartition(".")
    yaml = bool(dot) and ending.lower() in {"yaml", "yml"} and not name.startswith(".")
    if item.type == "link" and not yaml:
        return _problem("PR001", "a link is not followed", "put the folder itself here")
    if item.type == "deep":
        message = f"folders lie more than {MAX_FOLDERS} deep in one another"
        return _problem("PR001", message, "records need no subfolders")
    if item.type == "other" and not yaml:
        return _problem("PR001", "cannot be looked into", "give it a reader's permissions")
    if not yaml:
        return None
    if item.path == SETTINGS:
        return Place(item.path, "settings", "settings") if item.type == "file" else _no_file(item)
    kind = FOLDERS.get(folder) if rest else None
    if kind is None:
        return _problem(
            "PR003",
            "a YAML file in a place that holds no records",
            f"records lie in {', '.join(f'{name}/' for name in FOLDERS)}",
        )
    if item.type != "file":
        return _no_file(item)
    if ending != "yaml":
        return _problem("PR002", f"the name ends in .{ending}", f"name it {stem}.yaml")
    if not _ID.fullmatch(stem) or len(stem) > MAX_ID:
        return _problem("PR002", "the file's name is not an id", _advice(stem))
    return Place(item.path, kind, stem)


def _no_file(item: Item) -> Problem:
    what = {"folder": "a folder", "link": "a link"}.get(item.type, "not a regular file")
    return _problem(
        "PR001", f"{what} stands where a record's file belongs", "put a plain file here"
    )


def _advice(stem: str) -> str:
    if len(stem) > MAX_ID:
        return f"at most {MAX_ID} characters; this has {len(stem)}"
    return (
        "use lower-case letters a-z and digits, joined by single hyphens, such as umea-kommun.yaml"
    )


def _problem(code: str, message: str, hint: str) -> Problem:
    return Problem(Span(), code, message, hint)
