"""Select, count and name findings for `validate`."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from partnerreg.base.errors import Failure
from partnerreg.base.printable import clean
from partnerreg.base.problems import SEVERITIES, LocatedProblem


class Findings(Struct, frozen=True):
    """What a run of `validate` found: the findings, the registry's root, the files read.

    `accepted` are findings that records say to leave, `off` those that settings switch off: they
    are counted, not told.
    """

    problems: tuple[LocatedProblem, ...]
    root: Path
    files: int
    base: Path | None = None
    limits: tuple[str, ...] = ()
    accepted: tuple[LocatedProblem, ...] = ()
    off: tuple[LocatedProblem, ...] = ()

    def path(self, problem: LocatedProblem) -> str:
        """Return a finding's path relative to `base` (the working directory), else absolute."""
        return displayed(self.root / problem.path, self.base)

    @property
    def worst_first(self) -> tuple[LocatedProblem, ...]:
        """The findings by severity, then by place."""
        return tuple(sorted(self.problems, key=lambda one: SEVERITIES.index(one.severity)))

    @property
    def summary(self) -> str:
        """The run in one sentence."""
        many = "1 file" if self.files == 1 else f"{self.files} files"
        where = f" in {clean(', '.join(self.limits))}" if self.limits else ""
        count = Counter(one.severity for one in self.problems)
        parts = [
            f"{count[name]} {name}{'s' if count[name] != 1 else ''}"
            for name in SEVERITIES
            if count[name]
        ]
        left = [
            f"{len(found)} {words}"
            for found, words in ((self.accepted, "accepted"), (self.off, "switched off"))
            if found
        ]
        besides = f" ({', '.join(left)})" if left else ""
        return f"{many} checked: {', '.join(parts) or 'no findings'}{besides}{where}"

    def failed(self, *, strict: bool) -> bool:
        """Whether there is an error, or with `strict` a warning."""
        bad = {"error", "warning"} if strict else {"error"}
        return any(one.severity in bad for one in self.problems)


def displayed(path: Path, base: Path | None = None) -> str:
    """Return a path relative to `base` (the working directory) if it lies below, else absolute."""
    whole = Path(os.path.abspath(path))
    try:
        return whole.relative_to(base or Path.cwd()).as_posix()
    except (ValueError, OSError):  # it lies elsewhere, or the working directory has been deleted
        return whole.as_posix()


def limited(
    problems: Sequence[LocatedProblem], root: Path, paths: Iterable[Path]
) -> tuple[LocatedProblem, ...]:
    """Return the findings in or below `paths`; all of them where none is given.

    Raises `Failure` (2) for a path that does not exist or lies outside the registry.
    """
    wanted = within(root, paths)
    return tuple(one for one in problems if wanted(one.path))


def within(root: Path, paths: Iterable[Path]) -> Callable[[str], bool]:
    """Return whether a path of the registry is in or below `paths`; always where none is given.

    Raises `Failure` (2) for a path that does not exist or lies outside the registry.
    """
    wanted = [_inside(root, path) for path in paths]
    whole = not wanted or any(path in {"", "."} for path in wanted)
    return lambda path: whole or any(path == one or path.startswith(f"{one}/") for one in wanted)


def _inside(root: Path, path: Path) -> str:
    if not os.path.lexists(path) and os.path.lexists(root / path):
        path = root / path  # as `show` and `--explain` name files
    if not os.path.lexists(path):
        raise Failure(f"there is no {path}", hint="name files or folders of the registry")
    # The last part is not resolved: a link in the registry is a file of the registry.
    whole = (
        path.absolute().parent.resolve() / path.name
        if path.name not in {"", ".."}
        else path.resolve()
    )
    try:
        return whole.relative_to(root.resolve()).as_posix()
    except ValueError:
        pass
    if root.resolve().is_relative_to(path.resolve()):
        return ""
    raise Failure(f"{path} lies outside the registry {displayed(root)}")
