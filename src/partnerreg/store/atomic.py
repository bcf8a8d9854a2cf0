"""Write files atomically, and only where they are still what was read.

The new bytes go to a file beside the old one, which then takes its place in one step. A run that
is killed in between leaves that file behind; `clear_litter` of a later run removes it.
"""

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from partnerreg.base.errors import ENVIRONMENT, Failure
from partnerreg.base.limits import MAX_BYTES, MAX_FOLDERS
from partnerreg.base.printable import clean
from partnerreg.store.folder import OPENS_BELOW, Folder, OpenFolder, reason

try:
    import fcntl
except ImportError:  # Windows: whether a file is still what was read is then all that is checked
    fcntl = None  # type: ignore[assignment]

_PREFIX, _SUFFIX = ".partnerreg-", ".tmp"
PATIENCE = 10.0
"""Seconds to wait for another run that is writing to the same folder."""
_PAUSE = 0.05


def rewrite(root: Path, path: str, was: bytes, now: bytes) -> None:
    """Replace a file of a registry that still holds `was`; two runs at once take turns.

    Nothing is done where another run has written the same. No link below the root is followed.
    Raises `Failure` (3) where the file holds anything else, or where it cannot be written; then it
    is as it was.
    """
    folder, _, name = path.rpartition("/")
    shown = clean(str(root / path))
    try:
        with _open_folder(root, folder) as descriptor, locked(descriptor):
            held = Folder(root).read(path, MAX_BYTES)
            if held == now:
                return
            if held != was:
                message = f"{shown} changed meanwhile: nothing was written to it"
                raise Failure(message, hint="run again", exit_code=ENVIRONMENT)
            replace(name if descriptor is not None else str(root / path), now, descriptor)
    except OSError as error:
        raise Failure(f"cannot write {shown}: {reason(error)}", exit_code=ENVIRONMENT) from None


def replace(
    path: Path | str, whole: bytes, folder: int | None = None, *, settle: bool = True
) -> None:
    """Replace a file by one with these bytes in one step; mode and owner are kept.

    `folder` is the open folder that a bare name lies in; without `settle` the bytes may reach the
    disk later. Raises `OSError`, and then the file is as it was.
    """
    path = str(path)
    below = {} if folder is None else {"dir_fd": folder}
    try:
        status = os.stat(path, follow_symlinks=False, **below)
    except FileNotFoundError:
        status = None
    name = f"{_PREFIX}{os.getpid()}-{time.monotonic_ns():x}{_SUFFIX}"
    temporary = os.path.join(os.path.dirname(path), name)
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    mode = status.st_mode & 0o7777 if status else 0o666
    descriptor = os.open(temporary, flags, mode, **below)
    try:
        with os.fdopen(descriptor, "wb") as file:
            if status and hasattr(os, "fchmod"):
                # Only root may give a file away; for others it is theirs already.
                with contextlib.suppress(OSError):
                    os.fchown(file.fileno(), status.st_uid, status.st_gid)
                os.fchmod(file.fileno(), mode)
            file.write(whole)
            file.flush()
            if settle:
                os.fsync(file.fileno())
        if folder is None:
            os.replace(temporary, path)
        else:
            os.replace(temporary, path, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary, **below)
        raise


def clear_litter(root: Path) -> None:
    """Remove what runs that were killed left in a registry; nothing of runs that are alive."""
    for folder, folders, names in os.walk(root):
        depth = os.path.relpath(folder, root).count(os.sep)
        folders[:] = [name for name in folders if not name.startswith(".") and depth < MAX_FOLDERS]
        for name in names:
            if name.startswith(_PREFIX) and name.endswith(_SUFFIX) and not _is_alive(name):
                with contextlib.suppress(OSError):
                    os.unlink(os.path.join(folder, name))


def unified(path: str, was: bytes, now: bytes) -> str:
    """Return a unified diff of two versions of a file, fit to be printed."""
    old, new = (text.decode("utf-8", "replace").splitlines() for text in (was, now))
    import difflib  # noqa: PLC0415  (slow to import, and seldom needed)

    lines = difflib.unified_diff(old, new, f"a/{path}", f"b/{path}", lineterm="")
    return "".join(f"{clean(line)}\n" for line in lines)


@contextlib.contextmanager
def _open_folder(root: Path, folder: str) -> Iterator[int | None]:
    """Open a folder of the registry without following a link; None where the system cannot."""
    if not OPENS_BELOW:
        yield None
        return
    opened = OpenFolder(root, folder)
    try:
        yield opened.descriptor
    finally:
        opened.close()


@contextlib.contextmanager
def locked(folder: int | None) -> Iterator[None]:
    """Hold a folder's lock; the system gives it back when the process ends, however it ends.

    Raises `Failure` (3) where another run holds it for long.
    """
    if fcntl is None or folder is None:
        yield
        return
    until = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            if time.monotonic() >= until:
                message = "another process is writing to the registry"
                raise Failure(message, hint="run again later", exit_code=ENVIRONMENT) from None
            time.sleep(_PAUSE)
    yield


def _is_alive(name: str) -> bool:
    if os.name == "nt":
        return True  # there a signal of 0 is no question
    process = name.removeprefix(_PREFIX).partition("-")[0]
    if not process.isascii() or not process.isdecimal() or len(process) > 10:
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
