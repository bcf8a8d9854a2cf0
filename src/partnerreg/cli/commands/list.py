"""`partnerreg list`."""

from typing import Annotated

import typer

from partnerreg.cli.open import open_registry
from partnerreg.cli.options import Common, Narrowing


def run(
    common: Common,
    narrowing: Narrowing,
    what: Annotated[
        str, typer.Argument(help="agreements or organisations.", metavar="organisations")
    ] = "agreements",
    stage: Annotated[
        list[str] | None, typer.Option(help="The agreement's stage.", metavar="STAGE")
    ] = None,
    missing: Annotated[
        str | None, typer.Option(help="What lacks all of these: end,funding,…", metavar="FIELDS")
    ] = None,
    stale: Annotated[
        str | None, typer.Option(help="Last checked longer ago than 1y, 6m, 90d.", metavar="TIME")
    ] = None,
) -> int:
    """The agreements, or the organisations."""
    from partnerreg.base.errors import Failure
    from partnerreg.cli.output import RENDERERS, chosen_format, put
    from partnerreg.reports.agreements import check_missing, listing
    from partnerreg.reports.arguments import known_value, length_of_time
    from partnerreg.reports.organisations import organisations

    style = chosen_format(common.format, common.output, tuple(RENDERERS))
    known_value("what to list", what, ("agreements", "organisations"))
    filters, day = narrowing.filters(stage), common.day
    fields = tuple(name.strip() for name in missing.split(",")) if missing else ()
    if what == "organisations":
        if missing or stale:
            raise Failure("--missing and --stale are for agreements")
        report = organisations(open_registry(common).registry, day, filters=filters)
    else:
        check_missing(fields)
        window = length_of_time("--stale", stale) if stale else None
        registry = open_registry(common).registry
        report = listing(registry, day, filters=filters, missing=fields, stale=window)
    put(report, style, common.output, common.color)
    return 1 if report.failed else 0
