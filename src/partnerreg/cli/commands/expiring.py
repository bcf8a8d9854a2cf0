"""`partnerreg expiring`."""

from typing import Annotated

from partnerreg.cli.declare import Option
from partnerreg.cli.open import open_registry
from partnerreg.cli.options import Common, Narrowing

HEADING = "Which deadlines"
EXAMPLES = (
    ("expiring --within 1y --by quarter", "what runs out in each quarter, and who looks after it"),
    ("expiring --by responsible", "one table for each who is responsible"),
    ("expiring --overdue --unrenewed", "what was missed, and what nothing follows"),
    ("expiring --payments --within 6m", "instalments to be paid"),
    ("expiring --within 1y --format chart", "the deadlines on a timeline"),
    ("expiring --within 2y -o deadlines.ics", "for a calendar"),
    ("expiring --within 2y --format ics --by responsible -o calendars/", "one for each"),
)


def run(
    common: Common,
    narrowing: Narrowing,
    stage: Annotated[
        list[str] | None, Option(help="The agreement's stage.", metavar="STAGE")
    ] = None,
    within: Annotated[
        str | None, Option(help="90d, 6m, 1y or P90D from the as-of day.", metavar="TIME")
    ] = None,
    from_: Annotated[
        str | None, Option("--from", help="First day of the window.", metavar="DATE")
    ] = None,
    to: Annotated[
        str | None, Option("--to", help="Last day of the window.", metavar="DATE")
    ] = None,
    unrenewed: Annotated[
        bool, Option("--unrenewed", help="Leave out what a follower continues.")
    ] = False,
    overdue: Annotated[bool, Option("--overdue", help="Add what lies behind and is open.")] = False,
    payments: Annotated[
        bool, Option("--payments", help="Add instalments that are due and not paid.")
    ] = False,
    by: Annotated[
        str,
        Option(
            help="Part them by month, quarter, responsible or event.",
            metavar="WHAT",
            show_default=False,
        ),
    ] = "",
    check: Annotated[bool, Option("--check", help="Exit 1 if anything needs care.")] = False,
    alarm: Annotated[
        str | None, Option(help="With --format ics: a bell so long before.", metavar="TIME")
    ] = None,
) -> int:
    """What ends, renews or falls due.

    --format also takes ics, a calendar (with --by responsible and -o DIR/ one for each), chart (a
    timeline in the terminal), svg and png (extra charts).
    """
    from partnerreg.base.errors import Failure
    from partnerreg.cli.calendars import write_calendars
    from partnerreg.cli.output import CHARTS, RENDERERS, chosen_format, put
    from partnerreg.model.dates import Duration
    from partnerreg.reports.arguments import day as given_day
    from partnerreg.reports.arguments import length_of_time
    from partnerreg.reports.deadline_views import check_group
    from partnerreg.reports.expiring import Span, expiring

    style = chosen_format(common.format, common.output, (*RENDERERS, *CHARTS, "ics"))
    if alarm and style != "ics":
        raise Failure("--alarm goes with --format ics")
    bell = length_of_time("--alarm", alarm) if alarm else None
    check_group(by)
    span = Span(
        length_of_time("--within", within) if within else None,
        given_day("--from", from_) if from_ else None,
        given_day("--to", to) if to else None,
    )
    if span.last:
        span.window(common.day, Duration(0, 0))  # a wrong window is said before a missing registry
    report = expiring(
        open_registry(common).registry,
        common.day,
        span=span,
        filters=narrowing.filters(stage),
        unrenewed=unrenewed,
        overdue=overdue,
        payments=payments,
        by=by,
    )
    if style == "ics":
        write_calendars(report, common, bell, apart=by == "responsible")
    else:
        put(report, style, common)
    return 1 if report.failed or (check and report.needs_care) else 0
