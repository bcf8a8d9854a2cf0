"""`partnerreg validate`."""

from pathlib import Path
from typing import Annotated

import typer

from partnerreg.options import Common, opened


def run(
    common: Common,
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Report only what is found here.", metavar="[PATH…]")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Count the findings by rule.")
    ] = False,
) -> int:
    """Check every file, and the registry as a whole.

    --format also takes full (the default) and concise.
    """
    from partnerreg.findings import Findings, limited
    from partnerreg.output import RENDERERS, chosen_format, put, wants_colour, write
    from partnerreg.pipeline import findings
    from partnerreg.render import findings_concise, findings_full
    from partnerreg.reports.findings_table import findings_table, statistics_table

    lines = {"full": findings_full.render, "concise": findings_concise.render}
    style = chosen_format(common.format, common.output, (*lines, *RENDERERS))
    loaded = opened(common)
    every = findings(loaded, common.day)
    root = loaded.registry.root
    found = Findings(limited(every, root, paths or ()), root, len(loaded.registry.places) + 1)
    if statistics:
        put(
            statistics_table(found),
            style if style in RENDERERS else "table",
            common.output,
            common.color,
        )
    elif style in lines or style == "table":
        whole = lines.get(style, findings_full.render)(found, colour=wants_colour(common.color))
        write(whole, common.output)
    else:
        put(findings_table(found), style, common.output, common.color)
    return 1 if found.failed(strict=strict) else 0
