"""`partnerreg query`."""

from pathlib import Path
from typing import Annotated

from partnerreg.cli.declare import Argument, Option
from partnerreg.cli.options import Common, Narrowing

HEADING = "The query"
EXAMPLES = (
    ("query --tables", "the tables and their columns"),
    (
        "query 'SELECT recipient, SUM(amount) AS amount, currency FROM funding GROUP BY ALL'",
        "sums by recipient",
    ),
)


def run(
    common: Common,
    narrowing: Narrowing,
    sql: Annotated[
        str | None, Argument(help="The query; - reads standard input.", metavar="SQL")
    ] = None,
    file: Annotated[
        Path | None,
        Option("-f", "--file", help="The query's file.", metavar="FILE", readable=False),
    ] = None,
    stage: Annotated[
        list[str] | None, Option(help="The agreement's stage.", metavar="STAGE")
    ] = None,
    tables: Annotated[bool, Option("--tables", help="Show the tables and their columns.")] = False,
) -> int:
    """SQL over the data set's tables, on DuckDB (extra sql): exact sums, no files touched."""
    from partnerreg.cli.querying import query, show_tables

    if tables:
        return show_tables(common)
    return query(common, narrowing.filters(stage), sql, file)
