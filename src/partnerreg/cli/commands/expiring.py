"""`partnerreg expiring`."""

from typing import Annotated

import typer

from partnerreg.cli.open import open_registry
from partnerreg.cli.options import Common, Narrowing


def run(
    common: Common,
    narrowing: Narrowing,
    stage: Annotated[
        list[str] | None, typer.Option(help="The agreement's stage.", metavar="STAGE")
    ] = None,
    within: Annotated[
        str | None, typer.Option(help="90d, 6m, 1y or P90D from the as-of day.", metavar="TIME")
    ] = None,
    from_: Annotated[
        str | None, typer.Option("--from", help="First day of the window.", metavar="DATE")
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", help="Last day of the window.", metavar="DATE")
    ] = None,
    unrenewed: Annotated[
        bool, typer.Option("--unrenewed", help="Leave out what a follower continues.")
    ] = False,
    overdue: Annotated[
        bool, typer.Option("--overdue", help="Add what lies behind and is open.")
    ] = False,
    payments: Annotated[
        bool, typer.Option("--payments", help="Add instalments that are due and not paid.")
    ] = False,
    check: Annotated[bool, typer.Option("--check", help="Exit 1 if anything needs care.")] = False,
) -> int:
    """What ends, renews or falls due."""
    from partnerreg.base.errors import Failure
    from partnerreg.cli.output import RENDERERS, chosen_format, put
    from partnerreg.model.dates import shifted
    from partnerreg.reports.arguments import day as given_day
    from partnerreg.reports.arguments import length_of_time
    from partnerreg.reports.expiring import Window, expiring

    style = chosen_format(common.format, common.output, tuple(RENDERERS))
    if within and (from_ or to):
        raise Failure("--within goes without --from and --to")
    if bool(from_) != bool(to):
        raise Failure("--from and --to go together")
    day = common.day
    window = None
    if within:
        window = Window(day, shifted(day, length_of_time("--within", within)))
    elif from_ and to:
        window = Window(given_day("--from", from_), given_day("--to", to))
    report = expiring(
        open_registry(common).registry,
        day,
        window=window,
        filters=narrowing.filters(stage),
        unrenewed=unrenewed,
        overdue=overdue,
        payments=payments,
    )
    put(report, style, common.output, common.color)
    return 1 if report.failed or (check and report.needs_care) else 0
