"""`partnerreg totals`."""

from typing import Annotated

import typer

from partnerreg.cli.open import opened
from partnerreg.cli.options import Common, Narrowing, given_choice, given_day


def run(
    common: Common,
    narrowing: Narrowing,
    by: Annotated[
        str,
        typer.Option(
            metavar="DIMENSION",
            help="source, recipient, form, theme, country, party, network, status, record, "
            "record-kind.",
        ),
    ] = "source",
    year: Annotated[
        str | None, typer.Option(help="One year or a span.", metavar="2020|2020..2022")
    ] = None,
    depth: Annotated[
        str, typer.Option(help="2 keeps units apart, 1 adds them up.", metavar="1|2")
    ] = "2",
    stage: Annotated[
        str,
        typer.Option(
            help="planned, agreed, paid or all; agreed and paid without it.",
            show_default=False,
            metavar="STAGE",
        ),
    ] = "",
    agreement_stage: Annotated[
        list[str] | None, typer.Option(help="The agreement's own stage.", metavar="STAGE")
    ] = None,
    funding_kind: Annotated[
        str, typer.Option(help="cash, in-kind or all.", metavar="KIND")
    ] = "all",
    spread: Annotated[
        str,
        typer.Option(
            help="Sums for a term: none, start (the start's year) or days.", metavar="HOW"
        ),
    ] = "none",
    in_: Annotated[
        str | None, typer.Option("--in", help="Convert into a currency.", metavar="CUR")
    ] = None,
    rate: Annotated[
        str,
        typer.Option(
            help="average of the year, end of the year, or a day (YYYY-MM-DD).", metavar="RATE"
        ),
    ] = "average",
    explain: Annotated[
        bool, typer.Option("--explain", help="Show file, line and document behind each sum.")
    ] = False,
) -> int:
    """Funding by source and year, or by whatever else you ask for."""
    from partnerreg.calc.convert import Method
    from partnerreg.cli.output import RENDERERS, chosen_format, put
    from partnerreg.loading.rates_file import load_rates
    from partnerreg.model.codelists import codes
    from partnerreg.reports.totals.report import totals
    from partnerreg.reports.totals.selection import STAGES, MoneyFilters

    style = chosen_format(common.format, common.output, tuple(RENDERERS))
    wanted = MoneyFilters(
        filters=narrowing.filters(agreement_stage),
        stage=given_choice("--stage", stage, tuple(filter(None, STAGES))) if stage else "",
        kind=given_choice("--funding-kind", funding_kind, ("cash", "in-kind", "all")),
        years=_years(year),
        spread=given_choice("--spread", spread, ("none", "start", "days")),  # type: ignore[arg-type]
        target=given_choice("--in", in_.upper(), codes("currency")) if in_ else None,
        method=Method(rate)
        if rate in {"average", "end"}
        else Method("day", given_day("--rate", rate)),
    )
    loaded, day = opened(common), common.day
    rates = load_rates(loaded.source, wanted.method) if in_ else None
    report = totals(
        loaded.registry,
        day,
        by=by,
        wanted=wanted,
        depth=int(given_choice("--depth", depth, ("1", "2"))),
        rates=rates,
        explain=explain,
    )
    put(report, style, common.output, common.color)
    return 1 if report.failed else 0


def _years(text: str | None) -> tuple[int, int] | None:
    from partnerreg.base.errors import Failure

    if text is None:
        return None
    first, dots, last = text.partition("..")
    years = [first, last] if dots else [first, first]
    if (
        not all(len(year) == 4 and year.isascii() and year.isdecimal() for year in years)
        or years[0] > years[1]
    ):
        raise Failure(f"--year: {text} is no year", hint="write 2020 or 2020..2022")
    return int(years[0]), int(years[1])
