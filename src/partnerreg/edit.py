"""Files written whole or not at all, and only where they are still what was read."""

import contextlib
import difflib
import os
import tempfile
from pathlib import Path

from partnerreg.clean import clean
from partnerreg.failure import ENVIRONMENT, Failure

_PREFIX, _SUFFIX = ".partnerreg-", ".tmp"


def rewrite(path: Path, was: bytes, now: bytes) -> None:
    """Replace a file that still holds `was`.

    Raises `Failure` (3) where it does not, or where it cannot be written; then it is as it was.
    """
    try:
        if path.is_symlink() or path.read_bytes() != was:
            raise Failure(f"{path} changed meanwhile: nothing was written", exit_code=ENVIRONMENT)
        replace(path, now)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise Failure(f"cannot write {path}: {reason}", exit_code=ENVIRONMENT) from None


def unified(path: str, was: bytes, now: bytes) -> str:
    """Return a unified diff of two versions of a file, fit to be printed."""
    old, new = (text.decode("utf-8", "replace").splitlines() for text in (was, now))
    lines = difflib.unified_diff(old, new, f"a/{path}", f"b/{path}", lineterm="")
    return "".join(f"{clean(line)}\n" for line in lines)


def replace(path: Path, whole: bytes) -> None:
    """Replace a file by one with these bytes in one step; its mode is kept.

    Raises `OSError`, and then the file is as it was.
    """
    mode = path.stat().st_mode & 0o7777 if path.exists() else None
    descriptor, name = tempfile.mkstemp(dir=path.resolve().parent, prefix=_PREFIX, suffix=_SUFFIX)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(whole)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode if mode is not None else 0o666 & ~_umask())
        os.replace(name, path.resolve())
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
