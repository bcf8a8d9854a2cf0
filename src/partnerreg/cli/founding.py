"""Carry out `init`: write the files of a new registry that are not there yet."""

import os
from pathlib import Path

from msgspec import Struct

from partnerreg import __version__
from partnerreg.authoring.editor_schemas import FOLDER, editor_schemas
from partnerreg.authoring.starting import files_beside, registry_files
from partnerreg.base.layout import SETTINGS
from partnerreg.base.printable import clean
from partnerreg.checks.findings import displayed
from partnerreg.cli.options import Common
from partnerreg.cli.output import RENDERERS, chosen_format, put, say, write
from partnerreg.cli.prompts import ask
from partnerreg.loading.loader import load_folder
from partnerreg.model.codelists import codes
from partnerreg.output.report import Report, Table, columns
from partnerreg.store.change import refuse_unfinished
from partnerreg.store.output_file import make_folder, write_output


class Foundation(Struct, frozen=True):
    """What `init` was called with."""

    folder: Path
    title: str | None
    currency: str | None
    example: bool
    forge: str | None
    may_ask: bool
    dry_run: bool


def found(common: Common, wish: Foundation) -> int:
    """Write what a registry lacks, and return the exit code."""
    style = chosen_format(common.format, common.output, tuple(RENDERERS))
    top = Path(os.path.abspath(wish.folder))
    itself = os.path.lexists(top / SETTINGS)
    root = top if itself else top / "registry"
    beside = top.parent if itself else top
    is_new = not os.path.lexists(root / SETTINGS)
    if not is_new:
        refuse_unfinished(root)
    title, currency = wish.title or top.name or "Registry", wish.currency
    if wish.may_ask and is_new:
        title = ask("What is the registry called", default=title)
        currency = ask(
            "Currency where none is named (three letters; empty if none)",
            default="",
            known=codes("currency"),
            check=lambda text: None if not text or text.upper() in codes("currency") else "no code",
        ).upper()
    files = {
        root / path: whole
        for path, whole in registry_files(title, currency or None, example=wish.example).items()
    }
    files |= {beside / path: one for path, one in files_beside(wish.forge, __version__).items()}
    files |= {beside / FOLDER / name: whole for name, whole in editor_schemas(None).items()}
    actions = {path: "kept" if os.path.lexists(path) else "created" for path in files}
    if not wish.dry_run:
        for path, whole in files.items():
            if actions[path] == "created":
                _write(path, whole)
        _with_ids(root, {path for path in files if actions[path] == "created"}, beside / FOLDER)
    rows = tuple((displayed(path), None, action) for path, action in actions.items())
    if style == "table":
        would = "would be " if wish.dry_run else ""
        lines = [f"{would if a == 'created' else ''}{a} {clean(p)}\n" for p, _, a in rows]
        write("".join(lines), common.output)
    else:
        put(Report("Files", Table(columns("path id action"), rows)), style, common)
    if not is_new and (wish.title or wish.currency):
        say(f"the settings are kept as they are: {clean(displayed(root / SETTINGS))}")
    if style == "table" and is_new and not wish.dry_run:
        shown = displayed(beside)
        there = "" if shown == "." else f"cd {clean(shown)} && "
        say(f"next: {there}partnerreg new organisation")
    return 0


def _with_ids(root: Path, created: set[Path], folder: Path) -> None:
    """Put the registry's ids into the schemas that were just made."""
    made = editor_schemas(load_folder(root).registry)
    for name, whole in made.items():
        if folder / name in created:
            write_output(folder / name, whole)


def _write(path: Path, whole: bytes) -> None:
    """Write a new file; raises `Failure` (3) where that cannot be done or a link is in the way."""
    make_folder(path.parent)
    write_output(path, whole)
