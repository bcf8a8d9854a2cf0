"""Check what is to be written to a registry, show it, and write it: all of it or nothing."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from partnerreg.authoring.compose import composed
from partnerreg.authoring.printer import Unformattable
from partnerreg.base.errors import Failure
from partnerreg.base.layout import Item, SchemaName, sort_out
from partnerreg.base.printable import clean
from partnerreg.checks.findings import Findings, displayed
from partnerreg.cli.editor_schemas import refresh_made
from partnerreg.cli.options import Common
from partnerreg.cli.output import RENDERERS, chosen_format, put, say, write
from partnerreg.loading.check_files import LoadOptions
from partnerreg.loading.loaded import Loaded
from partnerreg.loading.loader import findings, load
from partnerreg.output.findings_text import full
from partnerreg.output.report import Report, Table, columns
from partnerreg.reports.arguments import today
from partnerreg.store.atomic import unified
from partnerreg.store.change import Change, Changed, make

_TOLD = 20
"""Findings that are told of a change; a list of ten thousand rows may bring as many."""


def write_changes(
    common: Common,
    loaded: Loaded,
    changes: Sequence[Change],
    command: str,
    *,
    dry_run: bool = False,
    quiet: bool = False,
) -> int:
    """Write changes to the registry that was `loaded`, if no error comes with them.

    The schemas for editors beside it are refreshed, where this tool made them.

    Findings about the changed files are told on standard error. Returns the exit code: 1 where an
    error comes with the change, and then nothing is written. `quiet` leaves out which files they
    are.
    """
    after = load(Changed(loaded.source, changes), LoadOptions(workers=True))
    if not _is_right(common, loaded, after, {one.path for one in changes}):
        say("nothing was written")
        return 1
    if dry_run:
        shown = [
            unified(displayed(loaded.root / one.path), one.was or b"", one.now or b"")
            for one in changes
        ]
        write("".join(shown), common.output)
        return 0
    make(loaded.root, changes, command, loaded.texts)
    refresh_made(loaded.root, after.registry)
    if not quiet:
        tell(common, loaded.root, changes)
    return 0


def tell(common: Common, root: Path, changes: Sequence[Change]) -> None:
    """Say which files were created, changed and removed."""
    style = chosen_format(common.format, common.output, tuple(RENDERERS))
    rows = []
    for one in changes:
        places, _ = sort_out([Item(one.path, "file")])
        action = "created" if one.was is None else "removed" if one.now is None else "changed"
        identity = places[0].id if places else None
        rows.append((displayed(root / one.path), identity, action))
    if style == "table":
        lines = [f"{action} {clean(path)}\n" for path, _, action in rows]
        write("".join(lines), common.output)
    else:
        put(Report("Files", Table(columns("path id action"), tuple(rows))), style, common)


def _is_right(common: Common, loaded: Loaded, after: Loaded, paths: set[str]) -> bool:
    """Tell what is found in the changed files, and whether no error is new."""
    before = findings(loaded, common.day, today())
    found = findings(after, common.day, today())
    known = Counter((one.code, one.message) for one in before)
    fresh = []
    for one in found:
        if known[one.code, one.message]:
            known[one.code, one.message] -= 1
        else:
            fresh.append(one)
    told = [one for one in fresh if one.severity != "info"]
    if told:
        first = tuple(told[:_TOLD])
        whole = full(Findings(first, loaded.root, len(paths)), colour=False)
        say("\n".join(whole.splitlines()[:-1]).rstrip())
    if len(told) > _TOLD:
        say(f"and {len(told) - _TOLD} more findings")
    return not any(one.severity == "error" for one in fresh)


def composed_file(path: str, data: dict[str, Any], kind: SchemaName, header: str | None) -> bytes:
    """Return a new record's bytes; raises `Failure` (1) for what cannot be written down."""
    try:
        return composed(data, kind, header)
    except Unformattable as reason:
        raise Failure(f"{path}: {reason}", exit_code=1) from None


def refuse_revision(common: Common) -> None:
    """Raise `Failure` (2) where an old revision is to be written to."""
    if common.rev:
        raise Failure("--rev: only files on disk can be written")
