"""The tables in DuckDB: a database, Parquet files, and SQL over them (extra `sql`)."""

from collections.abc import Iterator, Sequence
from typing import Any

from partnerreg.base.errors import ENVIRONMENT, Failure
from partnerreg.export.schema import Table

_TYPES = {
    "text": "VARCHAR",
    "integer": "INTEGER",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "money": "DECIMAL(19,4)",
}
_BY_COUNTRY = {"funding": "source_country", "organisations": "country"}
"""The tables whose Parquet files are parted by a country too, and by which column."""


def connected(path: str) -> Any:
    """Return a connection to a database file, or `:memory:`.

    Raises `Failure` (3) that names the install where the extra is missing.
    """
    try:
        import duckdb  # noqa: PLC0415  (an extra, and slow to import)
    except ImportError:
        raise Failure(
            "this needs DuckDB, which is not installed",
            hint="python -m pip install duckdb",
            exit_code=ENVIRONMENT,
        ) from None
    base = duckdb.connect(path)
    base.execute("SET threads = 1")  # the same order and the same bytes each time
    return base


def fill(base: Any, tables: Sequence[Table], folder: str) -> None:
    """Make the tables from the CSV files of a data package that lies in a folder.

    Rows through its own parameters would take a hundred times as long.
    """
    for table in tables:
        columns = ", ".join(f"{field.name} {_TYPES[field.type]}" for field in table.fields)
        base.execute(f"CREATE TABLE {table.name} ({columns})")
        told = ", ".join(f"'{field.name}': '{_TYPES[field.type]}'" for field in table.fields)
        source = f"{folder}/{table.name}.csv".replace("'", "''")
        base.execute(
            f"INSERT INTO {table.name} SELECT * FROM read_csv('{source}', "  # noqa: S608
            f"columns = {{{told}}}, header = true, auto_detect = false, delim = ',', "
            "quote = '\"', escape = '\"', nullstr = '', strict_mode = true, "
            "max_line_size = 4194304)"
        )


def lock(base: Any) -> None:
    """Let SQL read and write no file, load nothing and change no setting from now on."""
    base.execute("SET enable_external_access = false")
    base.execute("SET lock_configuration = true")


def parquet_parts(tables: Sequence[Table], slugs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the path of each Parquet file below the folder, and the SQL of its rows.

    `slugs` are the registries; with several of them every table has the column `registry`.
    """
    for table in tables:
        names = [field.name for field in table.fields]
        several = names[0] == "registry"
        country = _BY_COUNTRY.get(table.name)
        place = names.index(country) if country else None
        for slug in slugs:
            rows = [row for row in table.rows if not several or row[0] == slug]
            if place is None:
                parts: set[Any] = {None}
            else:
                parts = {row[place] for row in rows}
            for part in sorted(parts, key=str):
                kept = [
                    name
                    for name in names
                    if name != "registry" and not (name == country == "country")
                ]
                tests = [f"registry = '{slug}'"] if several else []
                if country:
                    tests.append(f"{country} IS NULL" if part is None else f"{country} = '{part}'")
                where = f" WHERE {' AND '.join(tests)}" if tests else ""
                level = f"/country={part or '__HIVE_DEFAULT_PARTITION__'}" if country else ""
                path = f"{table.name}/registry={slug}{level}/data.parquet"
                order = ", ".join(kept[: max(table.key, 1)])
                yield path, f"SELECT {', '.join(kept)} FROM {table.name}{where} ORDER BY {order}"  # noqa: S608
