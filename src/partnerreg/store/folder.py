"""Read a registry from a folder, without following links."""

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from partnerreg.base.errors import ENVIRONMENT, Failure
from partnerreg.base.layout import SETTINGS, Item, ItemType, ignored
from partnerreg.base.limits import MAX_BYTES, MAX_FOLDERS
from partnerreg.base.problems import Problem, Span

MAX_RATES_BYTES = 4 * 1024 * 1024
# Some systems (Windows) lack some of these: links are then looked for before opening.
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_FLAGS = os.O_RDONLY | _NO_LINK | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_FOLDER = getattr(os, "O_DIRECTORY", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
OPENS_BELOW = os.open in os.supports_dir_fd and bool(_NO_LINK and _FOLDER)


class Source(Protocol):
    """A tree of files below one root."""

    @property
    def root(self) -> Path:
        """The folder that the paths are relative to."""

    def items(self) -> Iterator[Item]:
        """Yield what lies below the root, in no particular order."""

    def read(self, path: str, limit: int) -> bytes | Problem | None:
        """Return a file's first `limit` + 1 bytes, or its problem; None where there is none."""


class Folder:
    """A registry in a folder on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._held: OpenFolder | None = None

    def items(self) -> Iterator[Item]:
        """Yield every file, link and odd thing below the root.

        Raises `Failure` (3) where the root cannot be listed.
        """
        try:
            pending = [("", list(os.scandir(self.root)))]
        except OSError as error:
            raise Failure(
                f"cannot read {self.root}: {reason(error)}", exit_code=ENVIRONMENT
            ) from None
        while pending:
            prefix, entries = pending.pop()
            for entry in entries:
                path = f"{prefix}{entry.name}"
                kind = _type(entry)
                if entry.name.startswith("."):
                    continue
                if kind != "folder":
                    if kind != "link" or _is_notable(entry):
                        yield Item(path, kind)
                    continue
                if not prefix and ignored(entry.name):
                    continue
                if entry.name.lower().endswith((".yaml", ".yml")):
                    yield Item(path, "folder")
                if path.count("/") >= MAX_FOLDERS:
                    yield Item(path, "deep")
                    continue
                try:
                    pending.append((f"{path}/", list(os.scandir(entry.path))))
                except OSError:
                    yield Item(path, "other")

    def read(self, path: str, limit: int) -> bytes | Problem | None:
        """Return a regular file's bytes; a problem for anything that is none."""
        try:
            descriptor = self._open(path)
        except FileNotFoundError:
            return None
        except OSError as error:
            return Problem(Span(), "PR001", f"cannot be read: {reason(error)}", None)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                return Problem(Span(), "PR001", "is not a regular file", "put a plain file here")
            return _all(descriptor, limit + 1, status.st_size)
        except OSError as error:
            return Problem(Span(), "PR001", f"cannot be read: {reason(error)}", None)
        finally:
            os.close(descriptor)

    def _open(self, path: str) -> int:
        """Open a file without following a link anywhere below the root; raises `OSError`."""
        if not OPENS_BELOW:
            return _opened_by_path(self.root, path)
        folder, _, name = path.rpartition("/")
        if self._held is None or self._held.folder != folder:
            self._held = OpenFolder(self.root, folder)
        return os.open(name, _FLAGS | _NO_WAIT, dir_fd=self._held.descriptor)


def _opened_by_path(root: Path, path: str) -> int:
    """Open a file where the system cannot open below an open folder: what is a link is refused."""
    whole = str(root)
    for part in path.split("/"):
        whole = os.path.join(whole, part)
        found = os.lstat(whole)
        if stat.S_ISLNK(found.st_mode):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "is not a regular file")
    descriptor = os.open(whole, _FLAGS | _NO_WAIT)
    opened = os.fstat(descriptor)
    if (opened.st_dev, opened.st_ino) != (found.st_dev, found.st_ino):
        os.close(descriptor)
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return descriptor


class OpenFolder:
    """A folder of the registry, held open: its path is walked once, and no link is followed.

    `descriptor` is good while the object is there; raises `OSError` where a part is a link.
    """

    def __init__(self, root: Path, folder: str) -> None:
        descriptor = os.open(root, os.O_RDONLY | _FOLDER | os.O_CLOEXEC)
        for part in filter(None, folder.split("/")):
            outer = descriptor
            try:
                descriptor = os.open(part, _FLAGS | _FOLDER, dir_fd=outer)
            finally:
                os.close(outer)
        self.folder, self.descriptor = folder, descriptor

    def close(self) -> None:
        """Close the folder; nothing is opened below it any more."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1

    def __del__(self) -> None:
        if hasattr(self, "descriptor"):
            self.close()


def mappings(root: Path) -> dict[str, bytes]:
    """Return the mappings of lists in a registry's imports, by path; links are passed over."""
    folder = Folder(root)
    try:
        names = sorted(os.listdir(root / "imports"))
    except OSError:
        return {}
    found = {}
    for name in names:
        if name.endswith(".yaml") and not name.startswith("."):
            try:
                raw = folder.read(f"imports/{name}", MAX_BYTES)
            except OSError:
                continue
            if isinstance(raw, bytes) and len(raw) <= MAX_BYTES:
                found[f"imports/{name}"] = raw
    return found


def reason(error: OSError) -> str:
    """Return what the system says, without a path."""
    return (error.strerror or type(error).__name__).lower()


def working_folder() -> Path | None:
    """Return the working directory; None where it has been deleted."""
    try:
        return Path.cwd()
    except OSError:
        return None


def link_in_checkout(path: Path) -> Path | None:
    """Return the first part of a path that is a link in the checkout; None if none is.

    The checkout is the git repository around the working folder, else the working folder. What
    lies in it may have come with a stranger's pull request; a link above is the user's own.
    """
    working = working_folder()
    if working is None:
        return None
    real = Path(os.path.realpath(working))
    top = real
    for folder in (real, *real.parents):
        if os.path.lexists(folder / ".git"):
            top = folder
            if os.path.isdir(folder / ".git"):
                break  # a file belongs to a submodule or a work tree within another's folder
    below = os.path.join(top, "")
    place = Path(path.anchor) if path.is_absolute() else working
    for part in path.parts[1:] if path.is_absolute() else path.parts:
        place = place.parent if part == ".." else place / part
        whole = os.path.join(os.path.realpath(place.parent), place.name)
        if whole.startswith(below) and os.path.islink(whole):
            return place
    return None


def find(given: Path | None, environ: Mapping[str, str], working: Path | None) -> Path:
    """Return the registry's root.

    It is `given`, else PARTNERREG_REGISTRY, else the first folder upwards from `working` that
    holds settings.yaml, itself or in registry/. Raises `Failure` (3) where there is none.
    """
    named = given or (
        Path(environ["PARTNERREG_REGISTRY"]) if environ.get("PARTNERREG_REGISTRY") else None
    )
    if named is None and working is None:
        message = "the working directory has been deleted"
        raise Failure(message, hint="name a registry with --registry DIR", exit_code=ENVIRONMENT)
    upwards = [working, *working.parents] if working else []
    for folder in [named] if named else upwards:
        for root in (folder, folder / "registry"):
            if os.path.lexists(root / SETTINGS):
                return _without_link(root)
    if named and named.is_dir() and not os.access(named, os.R_OK | os.X_OK):
        raise Failure(f"cannot read {named}: permission denied", exit_code=ENVIRONMENT)
    if named:
        raise Failure(
            f"no registry in {named}: it has no {SETTINGS}",
            hint=f"a registry is a folder with {SETTINGS} in it",
            exit_code=ENVIRONMENT,
        )
    raise Failure(
        f"no registry: no {SETTINGS} or registry/{SETTINGS} here or in a folder above",
        hint="name one with --registry DIR or PARTNERREG_REGISTRY",
        exit_code=ENVIRONMENT,
    )


def _without_link(root: Path) -> Path:
    link = link_in_checkout(root)
    if link:
        raise Failure(
            f"{link} is a link, and a registry in a checkout is not read through one",
            hint="name the folder itself with --registry DIR",
            exit_code=ENVIRONMENT,
        )
    return root


def _all(descriptor: int, limit: int, size: int) -> bytes:
    """Read to the end or the limit; one system call may return less than asked for."""
    whole = os.read(descriptor, min(limit, size + 1))
    while len(whole) != size and len(whole) < limit:  # it has grown, or is still to be read
        part = os.read(descriptor, limit - len(whole))
        if not part:
            break
        whole += part
    return whole


def _type(entry: "os.DirEntry[str]") -> ItemType:
    if entry.is_symlink():
        return "link"
    if entry.is_dir(follow_symlinks=False):
        return "folder"
    return "file" if entry.is_file(follow_symlinks=False) else "other"


def _is_notable(entry: "os.DirEntry[str]") -> bool:
    """Say whether a link stands for a record or hides a folder of records."""
    if entry.name.lower().endswith((".yaml", ".yml")):
        return True
    try:
        return entry.is_dir()
    except OSError:
        return False
