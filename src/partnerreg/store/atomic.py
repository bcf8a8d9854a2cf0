"""Write files atomically, and only where they are still what was read.

The new bytes go to a file beside the old one, which then takes its place in one step. A run that
is killed in between leaves that file behind; `clear_litter` of a later run removes it.
"""

import contextlib
import difflib
import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from partnerreg.base.errors import ENVIRONMENT, Failure
from partnerreg.base.limits import MAX_BYTES
from partnerreg.base.printable import clean
from partnerreg.store.folder import Folder, reason

try:
    import fcntl
except ImportError:  # Windows: whether a file is still what was read is then all that is checked
    fcntl = None  # type: ignore[assignment]

_PREFIX, _SUFFIX = ".partnerreg-", ".tmp"


def rewrite(path: Path, was: bytes, now: bytes) -> None:
    """Replace a file that still holds `was`; two runs at once take turns.

    Nothing is done where another run has written the same. Raises `Failure` (3) where the file
    holds anything else, or where it cannot be written; then it is as it was.
    """
    try:
        with _locked(path.parent):
            held = Folder(path.parent).read(path.name, MAX_BYTES)
            if held == now:
                return
            if held != was:
                message = f"{path} changed meanwhile: nothing was written to it"
                raise Failure(message, hint="run again", exit_code=ENVIRONMENT)
            replace(path, now)
    except OSError as error:
        raise Failure(f"cannot write {path}: {reason(error)}", exit_code=ENVIRONMENT) from None


def replace(path: Path, whole: bytes) -> None:
    """Replace a file by one with these bytes in one step; its mode is kept.

    Raises `OSError`, and then the file is as it was.
    """
    target = _target(path)
    mode = target.stat().st_mode & 0o7777 if target.exists() else None
    prefix = f"{_PREFIX}{os.getpid()}-"
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=prefix, suffix=_SUFFIX)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(whole)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode if mode is not None else 0o666 & ~_umask())
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _target(path: Path) -> Path:
    """Return the file that a link stands for; raises `OSError` for a circle of links."""
    try:
        return path.resolve()
    except RuntimeError:  # what Python before 3.13 makes of it
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from None


def clear_litter(root: Path) -> None:
    """Remove what runs that were killed left in a registry; nothing of runs that are alive."""
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.startswith(_PREFIX) and name.endswith(_SUFFIX) and not _is_alive(name):
                with contextlib.suppress(OSError):
                    os.unlink(os.path.join(folder, name))


def unified(path: str, was: bytes, now: bytes) -> str:
    """Return a unified diff of two versions of a file, fit to be printed."""
    old, new = (text.decode("utf-8", "replace").splitlines() for text in (was, now))
    lines = difflib.unified_diff(old, new, f"a/{path}", f"b/{path}", lineterm="")
    return "".join(f"{clean(line)}\n" for line in lines)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold a folder's lock; the system gives it back when the process ends, however it ends."""
    if fcntl is None:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


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


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
