"""`partnerreg history`."""

import os
from pathlib import Path
from typing import Annotated

import typer

from partnerreg.cli.open import open_registry
from partnerreg.cli.options import Common


def run(
    common: Common,
    record: Annotated[
        str, typer.Argument(help="The id of a record, also of one that is gone.", metavar="ID")
    ],
) -> int:
    """Who changed which field of a record when, through renames."""
    from partnerreg.base.limits import MAX_BYTES
    from partnerreg.cli.output import RENDERERS, chosen_format, put
    from partnerreg.reports.history import history
    from partnerreg.store.folder import find
    from partnerreg.store.git import repository
    from partnerreg.store.git_log import steps

    style = chosen_format(common.format, common.output, tuple(RENDERERS))
    repo = repository(find(common.registry, os.environ, Path.cwd()))
    commit = repo.commit(common.rev or "HEAD")
    found = steps(repo.log(commit), record, repo.prefix)
    wanted = {
        key: f"{key[0]}:{key[1]}"
        for step in found
        for key in ((f"{step.commit}^", step.before), (step.commit, step.after))
        if key[1]
    }
    sizes = repo.sizes(wanted.values())
    blobs = repo.read(name for name, size in sizes.items() if size <= MAX_BYTES)
    contents = {key: blobs[name] for key, name in wanted.items() if name in blobs}
    registry = open_registry(common).registry
    report = history(record, found, contents, registry)
    put(report, style, common.output, common.color)
    return 0
