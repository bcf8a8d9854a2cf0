"""`partnerreg schemas`."""

from pathlib import Path
from typing import Annotated

from partnerreg.cli.declare import Option
from partnerreg.cli.open import open_registry
from partnerreg.cli.options import Common

EXAMPLES = (
    ("schemas", "bring them up to date"),
    ("schemas --check", "in CI: exit 1 where they are not"),
)


def run(
    common: Common,
    to: Annotated[
        Path | None,
        Option(help="The folder; beside the registry without it.", metavar="DIR"),
    ] = None,
    check: Annotated[
        bool, Option("--check", help="Write nothing; exit 1 if a file would change.")
    ] = False,
) -> int:
    """The schemas for editors, with the registry's ids to complete."""
    from partnerreg.checks.findings import displayed
    from partnerreg.cli.editor_schemas import place_beside, refresh, stale
    from partnerreg.cli.output import RENDERERS, chosen_format, put, write
    from partnerreg.cli.writing import refuse_revision
    from partnerreg.output.report import Report, Table, columns

    style = chosen_format(common.format, common.output, tuple(RENDERERS))
    refuse_revision(common)
    loaded = open_registry(common)
    folder = to or place_beside(loaded.root)
    changed = stale(folder, loaded.registry) if check else refresh(folder, loaded.registry)
    if style == "table":
        verb = "would change" if check else "written"
        lines = [f"{verb} {displayed(folder / name)}\n" for name in changed]
        write("".join(lines) or f"{displayed(folder)} is up to date\n", common.output)
    else:
        rows = tuple((displayed(folder / name), None, "changed") for name in changed)
        put(Report("Schemas", Table(columns("path id action"), rows)), style, common)
    return 1 if check and changed else 0
