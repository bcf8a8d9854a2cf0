"""Open the registry that the options name: in a folder, or as it was at a git revision."""

import os
from typing import TYPE_CHECKING

from partnerreg.cli.options import Common

if TYPE_CHECKING:
    from partnerreg.loading.cache import Cache
    from partnerreg.loading.loaded import Loaded
    from partnerreg.store.folder import Source

_kept: list[object] = []
"""The records of the registry that was opened last: to free ten thousand one by one, as a command
ends, takes 30 ms, which the end of the process saves."""


def open_registry(
    common: Common,
    revision: str | None = None,
    *,
    records: bool = True,
    cache: "Cache | None" = None,
) -> "Loaded":
    """Return the registry that the options name, loaded; raises `Failure` (2 or 3).

    With `records` its records will be asked for, not only what is wrong with them.
    """
    from partnerreg.cli.progress import bar  # noqa: PLC0415  (not needed for --help)
    from partnerreg.loading.check_files import LoadOptions  # noqa: PLC0415
    from partnerreg.loading.file_cache import registry_key  # noqa: PLC0415
    from partnerreg.loading.loader import load  # noqa: PLC0415

    revision = common.rev if revision is None else revision
    source = source_of(common, revision)
    options = LoadOptions(
        cache=cache or cache_of(common),
        registry=registry_key(os.path.abspath(source.root)),
        keep=revision is None,
        records=records,
        workers=True,
        progress=bar(),
    )
    loaded = load(source, options)
    _kept[:] = [loaded.checked]
    return loaded


def cache_of(common: Common) -> "Cache":
    """Return the user's cache, unless the options say otherwise."""
    from partnerreg.loading.cache import user_cache  # noqa: PLC0415

    return user_cache(os.environ, wanted=not common.no_cache)


def source_of(common: Common, revision: str | None) -> "Source":
    """Return where the registry's bytes come from: its folder, or a git revision of it."""
    from partnerreg.store.change import refuse_unfinished  # noqa: PLC0415
    from partnerreg.store.folder import Folder, find, working_folder  # noqa: PLC0415  (not needed for --help)

    root = find(common.registry, os.environ, working_folder())
    if revision is None:
        refuse_unfinished(root)
        return Folder(root)
    from partnerreg.store.git import repository  # noqa: PLC0415
    from partnerreg.store.revision import Revision  # noqa: PLC0415

    found = repository(root)
    return Revision(found, found.commit(revision))
