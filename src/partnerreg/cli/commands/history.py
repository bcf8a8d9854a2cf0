"""`partnerreg history`."""

import os
from collections.abc import Sequence
from typing import Annotated

from partnerreg.cli.declare import Argument
from partnerreg.cli.open import open_registry
from partnerreg.cli.options import Common


def run(
    common: Common,
    record: Annotated[
        str, Argument(help="The id of a record, also of one that is gone.", metavar="ID")
    ],
) -> int:
    """Who changed which field of a record when, through renames."""
    from partnerreg.base.limits import MAX_BYTES
    from partnerreg.cli.output import RENDERERS, chosen_format, put
    from partnerreg.reports.history import history
    from partnerreg.store.folder import find, working_folder
    from partnerreg.store.git import repository
    from partnerreg.store.git_log import Step, steps

    style = chosen_format(common.format, common.output, tuple(RENDERERS))
    repo = repository(find(common.registry, os.environ, working_folder()))
    commit = repo.commit(common.rev or "HEAD")
    found = steps(repo.log(commit), record, repo.prefix)
    registry = open_registry(common).registry

    def contents(batch: Sequence[Step]) -> list[tuple[bytes | None, bytes | None]]:
        names = [
            (
                f"{step.commit}^:{step.before}" if step.before else "",
                f"{step.commit}:{step.after}" if step.after else "",
            )
            for step in batch
        ]
        sizes = repo.sizes(name for pair in names for name in pair if name)
        blobs = repo.read(name for name, size in sizes.items() if size <= MAX_BYTES)
        return [(blobs.get(was), blobs.get(now)) for was, now in names]

    report = history(record, found, contents, registry, is_shallow=repo.is_shallow)
    put(report, style, common)
    return 0
