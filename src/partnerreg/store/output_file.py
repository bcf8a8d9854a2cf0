"""Write output files: whole or not at all, never through a link, never into a registry."""

import errno
import os
import re
from pathlib import Path

from partnerreg.base.errors import ENVIRONMENT, Failure
from partnerreg.base.layout import FOLDERS, RATES, SETTINGS
from partnerreg.base.printable import clean
from partnerreg.store.atomic import replace
from partnerreg.store.folder import link_in_checkout, reason

_DESCRIPTOR = re.compile(r"/(?:dev|proc/self)/fd/([0-9]{1,6})")
_STANDARD = {"/dev/stdout": 1, "/dev/stderr": 2}
_TAKEN = frozenset({SETTINGS, *FOLDERS, RATES.partition("/")[0], "imports"})


def check_output(path: Path) -> None:
    """Raise `Failure` (2) for a path that lies among the files of a registry, existing or not."""
    for whole in {Path(os.path.abspath(path)), Path(os.path.realpath(path))}:
        for folder in whole.parents:
            first, *more = whole.relative_to(folder).parts
            is_record = not more and first.lower().endswith((".yaml", ".yml"))
            if (first in _TAKEN or is_record) and os.path.lexists(folder / SETTINGS):
                raise Failure(
                    f"--output: {clean(str(path))} lies among the registry's own files",
                    hint="name a file outside of the registry",
                )


def write_output(path: Path, whole: bytes) -> None:
    """Write a file; raises `Failure` (3) where that cannot be done or a link is in the way.

    A device or a pipe is written to as it is, /dev/stdout and /dev/fd/N as what they stand for.
    """
    try:
        descriptor = _descriptor(path)
        if descriptor is not None:
            _write_all(os.dup(descriptor), whole)
            return
        _refuse_links(path)
        if path.exists() and not path.is_file():
            flags = os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0)
            _write_all(os.open(path, flags), whole)
        else:
            replace(path, whole)
    except OSError as error:
        message = f"cannot write {clean(str(path))}: {reason(error)}"
        raise Failure(message, exit_code=ENVIRONMENT) from None


def make_folder(path: Path) -> None:
    """Make a folder and those above it; raises `Failure` (3) for a link, or where that fails."""
    link = link_in_checkout(path) or (path if path.is_symlink() else None)
    if link:
        message = f"{clean(str(link))} is a link: nothing is written through it"
        raise Failure(message, exit_code=ENVIRONMENT)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"cannot make {clean(str(path))}: {reason(error)}"
        raise Failure(message, exit_code=ENVIRONMENT) from None


def _descriptor(path: Path) -> int | None:
    text = re.sub("^//+", "/", str(path))
    found = _DESCRIPTOR.fullmatch(text)
    return int(found[1]) if found else _STANDARD.get(text)


def _write_all(descriptor: int, whole: bytes) -> None:
    with os.fdopen(descriptor, "wb") as file:
        file.write(whole)


def _refuse_links(path: Path) -> None:
    """Raise `OSError` where the file, or a folder on the way in the checkout, is a link."""
    link = link_in_checkout(path)
    if link is None and path.is_symlink():
        link = path
    if link:
        what = "it" if link == path else clean(str(link))
        raise OSError(errno.ELOOP, f"{what} is a link")
    if path.is_dir():
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
