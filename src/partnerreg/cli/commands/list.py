"""`partnerreg list`."""

from typing import Annotated

from msgspec.structs import replace

from partnerreg.cli.declare import Argument, Option
from partnerreg.cli.open import open_registry
from partnerreg.cli.options import Common, Narrowing

WHAT = ("agreements", "partnerships", "memberships", "organisations")

HEADING = "What to list"
EXAMPLES = (
    ("list --status in-force --party umea-kommun", "what one organisation takes part in now"),
    ("list --match integration", "a word in titles, summaries and names"),
    ("list --missing end,responsible", "what still has to be found out"),
    ("list --sort -funding_cash --limit 10 --columns id,title,funding_cash", "the ten largest"),
    ("list --status in-force --format chart", "a timeline, in the terminal; -o FILE.svg a picture"),
    ("list organisations --country SE", "the organisations of a country"),
)


def run(
    common: Common,
    narrowing: Narrowing,
    what: Annotated[
        str,
        Argument(help="agreements, partnerships, memberships or organisations.", metavar="WHAT"),
    ] = "agreements",
    stage: Annotated[
        list[str] | None, Option(help="The agreement's stage.", metavar="STAGE")
    ] = None,
    missing: Annotated[
        str | None, Option(help="What lacks all of these: end,funding,…", metavar="FIELDS")
    ] = None,
    stale: Annotated[
        str | None, Option(help="Last checked longer ago than 1y, 6m, 90d.", metavar="TIME")
    ] = None,
    columns: Annotated[
        str | None, Option(help="Only these columns: id,title,end,…", metavar="COLUMNS")
    ] = None,
    sort: Annotated[
        str | None,
        Option(help="By a column; -COLUMN puts the largest first.", metavar="COLUMN"),
    ] = None,
    limit: Annotated[int | None, Option(help="The first N rows.", metavar="N")] = None,
) -> int:
    """The agreements, or the organisations.

    --format also takes chart (a timeline in the terminal), svg and png (extra charts).
    """
    from partnerreg.base.errors import Failure
    from partnerreg.base.suggest import nearest
    from partnerreg.cli.guesses import list_arguments_for
    from partnerreg.cli.output import CHARTS, RENDERERS, chosen_format, put
    from partnerreg.reports.agreements import COLUMNS, listing
    from partnerreg.reports.arguments import length_of_time
    from partnerreg.reports.cut import Cut
    from partnerreg.reports.missing import check_missing
    from partnerreg.reports.organisations import COLUMNS as ORGANISATION_COLUMNS
    from partnerreg.reports.organisations import organisations

    style = chosen_format(
        common.format, common.output, (*RENDERERS, *(CHARTS if what != "organisations" else ()))
    )
    if what not in WHAT:
        meant = list_arguments_for(what)
        if meant.startswith("--match") and nearest(what, WHAT):
            meant = f"{nearest(what, WHAT)}, or {meant}"
        hint = f"did you mean {meant}?"
        raise Failure(f"list does not take {what}", hint=hint)
    kind = what.removesuffix("s")
    if kind in {"partnership", "membership"}:
        if narrowing.kind not in (None, [kind]):
            raise Failure(f"list {what} goes without another --kind")
        narrowing = replace(narrowing, kind=[kind])
    filters, day = narrowing.filters(stage), common.day
    fields = _names(missing)
    if what == "organisations":
        if missing or stale:
            raise Failure("--missing and --stale are for agreements")
        cut = Cut(ORGANISATION_COLUMNS, _names(columns), sort, limit)
        report = organisations(open_registry(common).registry, day, filters=filters, cut=cut)
    else:
        check_missing(fields)
        window = length_of_time("--stale", stale) if stale else None
        cut = Cut(COLUMNS, _names(columns), sort, limit)
        registry = open_registry(common).registry
        report = listing(registry, day, filters=filters, missing=fields, stale=window, cut=cut)
    put(report, style, common)
    return 1 if report.failed else 0


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",")) if text else ()
