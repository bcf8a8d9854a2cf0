"""`partnerreg diff`."""

from typing import Annotated

import typer

from partnerreg.cli.open import open_registry
from partnerreg.cli.options import Common


def run(
    common: Common,
    base: Annotated[str, typer.Argument(help="The revision before.", metavar="BASE")] = "HEAD",
    head: Annotated[
        str | None,
        typer.Argument(help="The revision after; without it the working tree.", metavar="HEAD"),
    ] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit 1 if anything differs.")
    ] = False,
) -> int:
    """What a change does to records, funding and deadlines."""
    from partnerreg.base.errors import Failure
    from partnerreg.cli.output import RENDERERS, chosen_format, put
    from partnerreg.loading.rates_file import rates_and_faults
    from partnerreg.reports.changes.rates import rates_change
    from partnerreg.reports.changes.report import Side, diff, differs

    style = chosen_format(common.format, common.output, tuple(RENDERERS))
    if common.rev:
        raise Failure("--rev: diff takes its revisions as BASE and HEAD")
    old, new = (open_registry(common, revision) for revision in (base, head))
    (before, _, was), (after, faults, now) = map(rates_and_faults, (old.source, new.source))
    rates = None if was == now or faults else rates_change(before, after)
    report = diff(
        Side(old.registry, base),
        Side(new.registry, head or "the working tree"),
        common.day,
        rates,
        bad_rates=bool(faults),
    )
    put(report, style, common.output, common.color)
    return 1 if report.failed or (exit_code and differs(report)) else 0
