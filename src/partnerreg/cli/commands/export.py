"""`partnerreg export`."""

from pathlib import Path
from typing import Annotated

from partnerreg.cli.declare import Option
from partnerreg.cli.options import Common, Narrowing

HEADING = "The export"
EXAMPLES = (
    ("export --to data/", "CSV files with a data package that describes them"),
    ("export --to registry.sqlite", "a database"),
    ("export --to lake/ --format parquet", "for DuckDB, Spark or Trino"),
    ("export --to registry.journal", "for hledger"),
)


def run(
    narrowing: Narrowing,
    to: Annotated[
        Path,
        Option("--to", help="A folder, or a file whose ending says the format.", metavar="PATH"),
    ],
    format_: Annotated[
        str | None,
        Option(
            "--format",
            help="csv, sqlite, duckdb, parquet, xlsx, 360giving or hledger.",
            metavar="FORMAT",
        ),
    ] = None,
    tables: Annotated[
        str | None, Option(help="Only these tables: agreements,funding,…", metavar="TABLES")
    ] = None,
    public: Annotated[bool, Option("--public", help="Leave contacts and notes out.")] = False,
    registry: Annotated[
        list[Path] | None,
        Option(
            "--registry",
            help="The registry's folder; several become one data set.",
            metavar="DIR",
            readable=False,
        ),
    ] = None,
    stage: Annotated[
        list[str] | None, Option(help="The agreement's stage.", metavar="STAGE")
    ] = None,
    rev: Annotated[
        str | None, Option(help="The registry as it was at a git revision.", metavar="REV")
    ] = None,
    as_of: Annotated[
        str | None, Option("--as-of", help="The day to report for.", metavar="DATE")
    ] = None,
    no_cache: Annotated[bool, Option("--no-cache", help="Work everything out anew.")] = False,
) -> int:
    """The whole registry as a data set for other programs."""
    from partnerreg.cli.exporting import export, export_format

    style = export_format(to, format_)
    names = tuple(name.strip() for name in tables.split(",")) if tables else ()
    places: list[Path | None] = [*registry] if registry else [None]
    commons = [Common(one, rev=rev, as_of=as_of, no_cache=no_cache) for one in places]
    filters = narrowing.filters(stage)
    return export(commons, filters, to, style, names, public=public)
