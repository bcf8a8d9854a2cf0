"""Write a folder of files whole: it is empty before, or an earlier one that is replaced."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from partnerreg.base.errors import ENVIRONMENT, Failure
from partnerreg.base.printable import clean
from partnerreg.store.folder import link_in_checkout, reason

MARK = ".partnerreg-export"
"""The file by which an earlier export is known: it lists what that wrote, a path a line."""
_MOST = 64 * 2**20
"""Bytes of that list which are read."""


def check_folder(path: Path, option: str = "--to") -> None:
    """Raise `Failure` (2) for a folder with anything but an earlier export, (3) for a link."""
    link = link_in_checkout(path) or (path if path.is_symlink() else None)
    if link:
        message = f"{clean(str(link))} is a link: nothing is written through it"
        raise Failure(message, exit_code=ENVIRONMENT)
    if not os.path.lexists(path):
        return
    if not path.is_dir():
        raise Failure(f"{option}: {clean(str(path))} is no folder")
    other = _not_ours(path)
    if other is not None:
        message = (
            f"{option}: {clean(str(path))} is not empty: no earlier export wrote {clean(other)}"
        )
        raise Failure(message, hint="name an empty folder, or one that is not there yet")


def _not_ours(path: Path) -> str | None:
    """Return the path of the first file or folder below that no earlier export wrote."""
    mark = path / MARK
    listed: set[str] = {MARK}
    if mark.is_file() and not mark.is_symlink():
        with mark.open("rb") as file:
            listed |= set(file.read(_MOST).decode("utf-8", "replace").splitlines())
    folders = {parent.as_posix() for name in listed for parent in Path(name).parents}
    for folder, names, files in os.walk(path):
        below = Path(folder).relative_to(path)
        for name in sorted((*names, *files)):
            found = (below / name).as_posix()
            if found not in (folders if name in names else listed):
                return found
    return None


def write_folder(path: Path, files: Mapping[str, bytes], option: str = "--to") -> None:
    """Write files into a folder of their own, which then takes the place of an earlier export.

    Raises `Failure` (2 or 3) where that cannot be done; then the earlier one is as it was.
    """
    check_folder(path, option)
    listed = "".join(f"{name}\n" for name in sorted(files)).encode()
    try:
        path.absolute().parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".partnerreg-", dir=path.absolute().parent))
        try:
            made.chmod(0o755)
            for name, whole in {**files, MARK: listed}.items():
                target = made / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(whole)
            _swap(made, path.absolute())
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        message = f"cannot write {clean(str(path))}: {reason(error)}"
        raise Failure(message, exit_code=ENVIRONMENT) from None


def _swap(made: Path, path: Path) -> None:
    """Put a folder in another one's place; the old one comes back where that fails."""
    old = made.with_name(f"{made.name}-old")
    with contextlib.suppress(FileNotFoundError):
        os.rename(path, old)
    try:
        os.rename(made, path)
    except OSError:
        if old.exists():
            os.rename(old, path)
        raise
    shutil.rmtree(old, ignore_errors=True)
