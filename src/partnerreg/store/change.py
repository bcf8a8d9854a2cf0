"""Change several files of a registry as one: all of them or none, also when killed.

Before the first file is touched, what is to be written lies in a dot file of the registry; the last
thing is to take it away. A run that is killed before that leaves every file old, one that is killed
after it leaves the dot file, by which the same command finishes: until then every command says so.
"""

import contextlib
import errno
import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from partnerreg.base.errors import ENVIRONMENT, Failure
from partnerreg.base.late_pattern import LatePattern
from partnerreg.base.layout import Item, ignored, sort_out
from partnerreg.base.limits import MAX_BYTES
from partnerreg.base.printable import clean
from partnerreg.base.problems import Problem
from partnerreg.store.atomic import locked, replace
from partnerreg.store.folder import OPENS_BELOW, Folder, OpenFolder, Source, reason

UNFINISHED = ".partnerreg-unfinished.json"
_MOST = 256 * 1024 * 1024
"""Bytes of the dot file: a larger change is made in parts."""
_MAPPING = LatePattern(r"imports/[A-Za-z0-9][A-Za-z0-9._-]*\.yaml", re.ASCII)
_COMMAND = LatePattern(r"partnerreg (rename|new|import) [A-Za-z0-9 ._/@+=-]{0,200}", re.ASCII)


class Change(Struct, frozen=True):
    """A file of the registry before and after; None where it is not there."""

    path: str
    was: bytes | None
    now: bytes | None


class Changed:
    """A registry's tree as it will be once the changes are made; nothing is written."""

    def __init__(self, source: Source, changes: Sequence[Change]) -> None:
        self._source = source
        self._now = {change.path: change.now for change in changes}
        self.root = source.root

    def items(self) -> Iterator[Item]:
        """Yield what will lie below the root."""
        for item in self._source.items():
            if item.path not in self._now:
                yield item
        for path, now in self._now.items():
            if now is not None and not ignored(path.partition("/")[0]):
                yield Item(path, "file")

    def read(self, path: str, limit: int) -> bytes | Problem | None:
        """Return a file's bytes as they will be."""
        if path in self._now:
            now = self._now[path]
            return None if now is None else now[: limit + 1]
        return self._source.read(path, limit)


_GIVE_UP = f"git restore brings the files back; then remove {UNFINISHED} from the registry"


def unfinished(root: Path) -> str | None:
    """Return the command line that was killed while it changed this registry; None if none was."""
    raw = Folder(root).read(UNFINISHED, _MOST)
    if raw is None:
        return None
    import json  # noqa: PLC0415  (few registries have a change that was interrupted)

    try:
        command = str(json.loads(raw)["command"]) if isinstance(raw, bytes) else ""
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return command if _COMMAND.compiled.fullmatch(command) else ""


def refuse_unfinished(root: Path) -> None:
    """Raise `Failure` (1) where a change of this registry was interrupted."""
    command = unfinished(root)
    if command is not None:
        raise Failure(
            "a change of several files was interrupted: some are old, some new",
            hint=f"run again: {command}" if command else _GIVE_UP,
            exit_code=1,
        )


def finish(root: Path, command: str) -> list[Change] | None:
    """Finish what the same command began and was killed in; None where there is nothing to finish.

    Raises `Failure` (1) where it was another command, (3) where a file is neither old nor new.
    """
    found = unfinished(root)
    if found is None:
        return None
    if found != command:
        refuse_unfinished(root)
    with _locked_root(root):
        changes = _unpacked(Folder(root).read(UNFINISHED, _MOST))
        for change in changes:
            if _held(root, change.path) not in {change.was, change.now}:
                shown = clean(str(root / change.path))
                message = f"{shown} is neither as it was before the change nor as it is to be"
                raise Failure(message, hint=_GIVE_UP, exit_code=1)
        _carry_out(root, changes)
    return changes


def _packed(changes: Sequence[Change], command: str) -> bytes:
    """Return what the dot file holds; bytes that are no UTF-8 survive as they are."""
    import json  # noqa: PLC0415

    told = []
    for one in changes:
        pair = (one.was, one.now)
        texts = [raw if raw is None else raw.decode("utf-8", "surrogateescape") for raw in pair]
        told.append([one.path, *texts])
    return json.dumps({"command": command, "changes": told}).encode("ascii")


def _unpacked(raw: bytes | Problem | None) -> list[Change]:
    """Return the changes of a dot file; raises `Failure` (1) for one that nobody here wrote."""
    import json  # noqa: PLC0415

    changes = []
    try:
        assert isinstance(raw, bytes)
        for path, *pair in json.loads(raw)["changes"]:
            was, now = (t if t is None else t.encode("utf-8", "surrogateescape") for t in pair)
            places, _ = sort_out([Item(path, "file")])
            assert _is_below(path)
            assert places or _MAPPING.compiled.fullmatch(path)
            changes.append(Change(path, was, now))
    except (AssertionError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Failure(f"{UNFINISHED} cannot be read", hint=_GIVE_UP, exit_code=1) from None
    return changes


def _is_below(path: str) -> bool:
    """Whether a path leads straight down: no part of it is empty, hidden, or leads up."""
    return all(part and not part.startswith(".") for part in path.split("/"))


def make(
    root: Path, changes: Sequence[Change], command: str, seen: Mapping[str, bytes] | None = None
) -> None:
    """Make the changes, all of them or none; `command` is what would finish them.

    `seen` are the records and settings that the changes were checked with: none of them may have
    changed meanwhile, nor a new one come. Raises `Failure` (1) where an earlier change was
    interrupted, (3) where a file is no longer what was read, or cannot be written.
    """
    try:
        with _locked_root(root):
            refuse_unfinished(root)
            for change in changes:
                if _held(root, change.path) != change.was:
                    raise _meanwhile(root, change.path)
            if seen is not None:
                _refuse_others(root, seen)
            if len(changes) > 1:
                packed = _packed(changes, command)
                if len(packed) > _MOST:
                    raise Failure(
                        "the change is too large to be made as one",
                        hint="part the list, and import one part after the other",
                        exit_code=ENVIRONMENT,
                    )
                replace(root / UNFINISHED, packed)
                _settle(root)
            _carry_out(root, changes)
    except OSError as error:
        raise Failure(
            f"cannot write {clean(str(root))}: {reason(error)}", exit_code=ENVIRONMENT
        ) from None


def _refuse_others(root: Path, seen: Mapping[str, bytes]) -> None:
    """Raise `Failure` (3) where a record has come, gone or changed since it was read."""
    folder = Folder(root)
    places, _ = sort_out(folder.items())
    for path in {*seen, *(place.path for place in places)}:
        if folder.read(path, MAX_BYTES) != seen.get(path) and path in seen:
            raise _meanwhile(root, path)
        if path not in seen and isinstance(folder.read(path, MAX_BYTES), bytes):
            raise _meanwhile(root, path)


def _carry_out(root: Path, changes: Sequence[Change]) -> None:
    """Write what is new, then take away what is gone, then the dot file."""
    for folder in {change.path.rpartition("/")[0] for change in changes}:
        _make_folder(root, folder)
    for change in changes:
        if change.now is not None:
            with _open_below(root, change.path) as (name, descriptor):
                replace(name, change.now, descriptor, settle=len(changes) == 1)
    for change in changes:
        if change.now is None:
            with (
                contextlib.suppress(FileNotFoundError),
                _open_below(root, change.path) as (name, descriptor),
            ):
                os.unlink(name, **({} if descriptor is None else {"dir_fd": descriptor}))
    if len(changes) > 1:
        if hasattr(os, "sync"):
            os.sync()  # once for all of them: until then the dot file holds what they are to be
        with contextlib.suppress(FileNotFoundError):
            os.unlink(root / UNFINISHED)


def _held(root: Path, path: str) -> bytes | None:
    """Return a file's bytes; raises `Failure` (3) where something else stands in its place."""
    try:
        raw = Folder(root).read(path, MAX_BYTES)
    except OSError as error:  # the folder is a link
        raise Failure(
            f"cannot read {clean(path)}: {reason(error)}", exit_code=ENVIRONMENT
        ) from None
    if isinstance(raw, Problem):
        raise Failure(f"{clean(str(root / path))} {raw.message}", exit_code=ENVIRONMENT)
    return raw


def _meanwhile(root: Path, path: str) -> Failure:
    message = f"{clean(str(root / path))} changed meanwhile: nothing was written"
    return Failure(message, hint="run again", exit_code=ENVIRONMENT)


def _make_folder(root: Path, folder: str) -> None:
    """Make a folder and those above it that are missing; raises `OSError` for a link."""
    whole = str(root)
    for part in filter(None, folder.split("/")):
        whole = os.path.join(whole, part)
        with contextlib.suppress(FileExistsError):
            os.mkdir(whole)
        if not stat.S_ISDIR(os.lstat(whole).st_mode):
            raise OSError(errno.ELOOP, f"{clean(part)} is no folder")


@contextlib.contextmanager
def _open_below(root: Path, path: str) -> Iterator[tuple[str, int | None]]:
    """Yield a file's name and the open folder that it lies in, no link followed."""
    if not OPENS_BELOW:
        yield str(root / path), None
        return
    folder, _, name = path.rpartition("/")
    opened = OpenFolder(root, folder)
    try:
        yield name, opened.descriptor
    finally:
        opened.close()


@contextlib.contextmanager
def _locked_root(root: Path) -> Iterator[None]:
    if not OPENS_BELOW:
        yield
        return
    opened = OpenFolder(root, "")
    try:
        with locked(opened.descriptor):
            yield
    finally:
        opened.close()


def _settle(root: Path) -> None:
    """Let the folder itself reach the disk, where the system can."""
    if OPENS_BELOW:
        opened = OpenFolder(root, "")
        try:
            os.fsync(opened.descriptor)
        finally:
            opened.close()
