"""Keep the schemas for editors beside a registry up to date."""

import os
from pathlib import Path

from partnerreg.authoring.editor_schemas import FOLDER, editor_schemas, header, is_made
from partnerreg.base.errors import Failure
from partnerreg.base.layout import Kind
from partnerreg.checks.findings import displayed
from partnerreg.model.registry import Registry
from partnerreg.store.folder import Folder
from partnerreg.store.output_file import make_folder, write_output

_LIMIT = 8 * 1024 * 1024


def place_beside(root: Path) -> Path:
    """Return where a registry's schemas for editors lie: beside its folder."""
    return root.absolute().parent / FOLDER


def stale(folder: Path, registry: Registry) -> list[str]:
    """Return the names of the files that are missing or not up to date."""
    made = editor_schemas(registry)
    return [name for name, whole in made.items() if _held(folder, name) != whole]


def refresh(folder: Path, registry: Registry | None) -> list[str]:
    """Write the files that are not up to date, and return their names.

    Raises `Failure` (2) where a file there was not made by this tool, (3) where one cannot be
    written.
    """
    made = editor_schemas(registry)
    changed = []
    for name, whole in made.items():
        held = _held(folder, name)
        if held is not None and not is_made(held):
            message = f"{displayed(folder / name)} was not made by partnerreg, and is left alone"
            raise Failure(message, hint="name another folder with --to")
        if held != whole:
            changed.append(name)
    if changed:
        make_folder(folder)
    for name in changed:
        write_output(folder / name, made[name])
    return changed


def refresh_made(root: Path, registry: Registry) -> list[str]:
    """Refresh the schemas beside a registry, where they were made by this tool."""
    folder = place_beside(root)
    if folder.is_symlink() or not _is_ours(folder):
        return []
    return refresh(folder, registry)


def header_for(root: Path, path: str, kind: Kind) -> str | None:
    """Return the comment that leads editors to the schema of a record's file.

    None where there is none beside the registry.
    """
    folder = place_beside(root)
    if not (folder / f"{kind}.schema.json").is_file():
        return None
    above = os.path.relpath(folder, (root.absolute() / path).parent)
    return header(kind, Path(above).as_posix())


def _is_ours(folder: Path) -> bool:
    raw = _held(folder, "common.schema.json")
    return raw is not None and is_made(raw)


def _held(folder: Path, name: str) -> bytes | None:
    try:
        raw = Folder(folder).read(name, _LIMIT)
    except OSError:
        return None
    return raw if isinstance(raw, bytes) else None
