"""What the options name, opened: a registry in a folder, or as it was at a git revision."""

import os
from pathlib import Path
from typing import Any

from partnerreg.cli.options import Common


def opened(common: Common, revision: str | None = None, *, records: bool = True) -> Any:
    """Return the registry that the options name, loaded; raises `Failure` (2 or 3).

    With `records` its records will be asked for, not only what is wrong with them.
    """
    from partnerreg.loading.cache import key  # noqa: PLC0415  (not needed for --help)
    from partnerreg.loading.check_files import Means  # noqa: PLC0415
    from partnerreg.loading.loader import load  # noqa: PLC0415

    revision = common.rev if revision is None else revision
    source = source_of(common, revision)
    means = Means(
        cache=common.cache,
        name=key(os.path.abspath(source.root)).decode(),
        keep=revision is None,
        records=records,
        cores=True,
        progress=common.progress,
    )
    return load(source, means)


def source_of(common: Common, revision: str | None) -> Any:
    """Return where the registry's bytes come from: its folder, or a git revision of it."""
    from partnerreg.store.folder import Folder, find  # noqa: PLC0415  (not needed for --help)

    if revision is None and common.source:
        return common.source
    root = find(common.registry, os.environ, Path.cwd())
    if revision is None:
        return Folder(root)
    from partnerreg.store.git import repository  # noqa: PLC0415
    from partnerreg.store.revision import Revision  # noqa: PLC0415

    found = repository(root)
    return Revision(found, found.commit(revision))
