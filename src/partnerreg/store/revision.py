"""Read a registry as it was at a git revision."""

from collections.abc import Iterator
from pathlib import Path

from partnerreg.base.layout import RATES, Item, ItemType, ignored
from partnerreg.base.limits import MAX_BYTES, MAX_FOLDERS
from partnerreg.base.problems import Problem, Span
from partnerreg.store.folder import MAX_RATES_BYTES
from partnerreg.store.git import Repository, TreeEntry

_TYPES: dict[str, ItemType] = {
    "040000": "folder",
    "100644": "file",
    "100755": "file",
    "120000": "link",
    "160000": "folder",  # another repository: nothing of it is here
}
_YAML = (".yaml", ".yml")


class Revision:
    """A registry at a commit; `root` is the folder that it has in the working tree."""

    def __init__(self, repository: Repository, commit: str) -> None:
        self.root: Path = repository.top / repository.prefix
        self.commit = commit
        self._entries = {entry.path: entry for entry in repository.tree(commit)}
        wanted = [one.blob for one in self._entries.values() if _is_wanted(one)]
        self._blobs = repository.read(wanted)

    def items(self) -> Iterator[Item]:
        """Yield what lies below the root at the commit."""
        for entry in self._entries.values():
            if _is_seen(entry.path):
                is_folder = _TYPES.get(entry.mode) == "folder"
                depth = entry.path.count("/") + is_folder
                if depth > MAX_FOLDERS:
                    if depth == MAX_FOLDERS + 1 and is_folder:
                        yield Item(entry.path, "deep")
                    continue
                kind = _TYPES.get(entry.mode, "other")
                if kind in {"file", "other"} or entry.path.lower().endswith(_YAML):
                    yield Item(entry.path, kind)
                elif kind == "link" and "." not in entry.path.rpartition("/")[2]:
                    yield Item(entry.path, kind)  # it may hide a folder of records

    def read(self, path: str, limit: int) -> bytes | Problem | None:
        """Return a file's bytes; those of a file beyond the limit do not matter any more."""
        entry = self._entries.get(path)
        if entry is None:
            return None
        if _TYPES.get(entry.mode) != "file":
            return Problem(Span(), "PR001", "is not a regular file", "put a plain file here")
        if entry.size > limit:
            return bytes(limit + 1)
        return self._blobs.get(entry.blob)


def _is_seen(path: str) -> bool:
    first, *rest = path.split("/")
    return not (rest and ignored(first)) and not any(
        part.startswith(".") for part in (first, *rest)
    )


def _is_wanted(entry: TreeEntry) -> bool:
    if _TYPES.get(entry.mode) != "file":
        return False
    if entry.path == RATES:
        return entry.size <= MAX_RATES_BYTES
    return entry.path.endswith(".yaml") and entry.size <= MAX_BYTES and _is_seen(entry.path)
