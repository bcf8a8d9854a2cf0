"""`partnerreg totals`."""

from typing import Annotated

from partnerreg.cli.declare import Option
from partnerreg.cli.open import open_registry
from partnerreg.cli.options import Common, Narrowing

HEADING = "What to count, and how to show it"
EXAMPLES = (
    ("totals --by recipient,source --top 10", "who gets most, and from whom"),
    (
        "totals --recipient-type association --funding-kind cash --year 2025..2026",
        "cash to associations, two years",
    ),
    ("totals --by theme --year 2025..2026 --change", "this year against last"),
    ("totals --year 2027 --through 2027 --stage all", "what next year will cost"),
    ("totals --by recipient --in EUR -o funding.csv", "in euro, as a file"),
    ("totals --by recipient -o funding.csv --csv-dialect excel", "for a Swedish or Polish Excel"),
    ("totals --format chart", "bars, in the terminal"),
    ("totals -o funding.svg", "a picture; .png too"),
    ("totals --explain --source umea-kommun", "file, line and document behind each sum"),
)


def run(
    common: Common,
    narrowing: Narrowing,
    by: Annotated[
        str,
        Option(
            metavar="DIMENSION[,DIMENSION]",
            help="One or two of source, recipient, source-type, recipient-type, form, theme, "
            "country, party, network, status, stage, currency, responsible, record, record-kind, "
            "label:KEY.",
        ),
    ] = "source",
    year: Annotated[
        str | None, Option(help="One year or a span.", metavar="2020|2020..2022")
    ] = None,
    depth: Annotated[str, Option(help="2 keeps units apart, 1 adds them up.", metavar="1|2")] = "2",
    stage: Annotated[
        str,
        Option(
            help="planned, agreed, paid or all; agreed and paid without it.",
            show_default=False,
            metavar="STAGE",
        ),
    ] = "",
    agreement_stage: Annotated[
        list[str] | None, Option(help="The agreement's own stage.", metavar="STAGE")
    ] = None,
    funding_kind: Annotated[str, Option(help="cash, in-kind or all.", metavar="KIND")] = "all",
    spread: Annotated[
        str,
        Option(
            help="Sums for a term: none, start (the start's year), days or payments.",
            metavar="HOW",
        ),
    ] = "none",
    in_: Annotated[
        str | None, Option("--in", help="Convert into a currency.", metavar="CUR")
    ] = None,
    rate: Annotated[
        str,
        Option(help="average of the year, end of the year, or a day (YYYY-MM-DD).", metavar="RATE"),
    ] = "average",
    source_type: Annotated[
        list[str] | None, Option(help="Only from organisations of a type.", metavar="TYPE")
    ] = None,
    recipient_type: Annotated[
        list[str] | None, Option(help="Only to organisations of a type.", metavar="TYPE")
    ] = None,
    sort: Annotated[
        str,
        Option(help="name, or amount: the largest total first.", metavar="HOW", show_default=False),
    ] = "",
    top: Annotated[
        int | None, Option(help="Show the N largest, and the rest as one row.", metavar="N")
    ] = None,
    change: Annotated[
        bool,
        Option("--change", help="Show the difference from the first to the last year."),
    ] = False,
    through: Annotated[
        str | None,
        Option(help="Count open and renewing agreements through this year.", metavar="YEAR"),
    ] = None,
    explain: Annotated[
        bool, Option("--explain", help="Show file, line and document behind each sum.")
    ] = False,
) -> int:
    """Funding by source and year, or by whatever else you ask for.

    --format also takes chart (bars in the terminal), svg and png (extra charts).
    """
    from partnerreg.cli.output import CHARTS, RENDERERS, chosen_format, put
    from partnerreg.loading.rates_file import load_rates
    from partnerreg.reports.arguments import years
    from partnerreg.reports.totals.dimensions import Grouping
    from partnerreg.reports.totals.pivot import Layout
    from partnerreg.reports.totals.report import totals
    from partnerreg.reports.totals.selection import MoneySelection, method_of, through_year

    style = chosen_format(common.format, common.output, (*RENDERERS, *CHARTS))
    wanted = MoneySelection(
        filters=narrowing.filters(agreement_stage),
        stage=stage,
        kind=funding_kind,
        years=years(year) if year else None,
        spread=spread,  # type: ignore[arg-type]
        currency=in_.upper() if in_ else None,
        method=method_of(rate),
        through=through_year(through, common.day),
        source_type=tuple(source_type or ()),
        recipient_type=tuple(recipient_type or ()),
    )
    grouping, layout = Grouping(by, depth), Layout(sort, top, change)
    loaded, day = open_registry(common), common.day
    rates = load_rates(loaded.source, wanted.method) if in_ else None
    report = totals(
        loaded.registry,
        day,
        grouping=grouping,
        wanted=wanted,
        rates=rates,
        layout=layout,
        explain=explain,
    )
    put(report, style, common)
    return 1 if report.failed else 0
