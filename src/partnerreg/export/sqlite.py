"""Write the tables as a SQLite database: strict types, foreign keys, sums in the smallest unit.

SQLite's own numbers hold no decimals exactly: an amount is a whole number of its currency's
smallest unit (`amount_minor`), and the views `funding_exact` and `payments_exact` have it as
exact text.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from partnerreg.base.errors import ENVIRONMENT, Failure
from partnerreg.export.schema import Field, Row, Table, Value
from partnerreg.model.codelists import minor_digits

APPLICATION_ID = 0x50525247
"""`PRRG`: by it `file` and others tell what the database is."""
_TYPES = {"text": "TEXT", "integer": "INTEGER", "boolean": "INTEGER", "date": "TEXT"}
_LARGEST = 2**63 - 1


def sqlite_database(tables: Sequence[Table]) -> bytes:
    """Return the database's bytes; the same for the same tables.

    Raises `Failure` (3) for an amount that 64 bits do not hold, and names its row.
    """
    base = sqlite3.connect(":memory:")
    try:
        base.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        base.execute("PRAGMA user_version = 1")
        known = {table.name: table for table in tables}
        for table in tables:
            base.execute(_create(table, known))
            marks = ", ".join("?" * len(_columns(table)))
            base.executemany(f"INSERT INTO {table.name} VALUES ({marks})", _rows(table))  # noqa: S608  (names of our own)
        for table in tables:
            for statement in _beside(table):
                base.execute(statement)
        base.commit()
        base.execute("VACUUM")
        return bytes(base.serialize())
    finally:
        base.close()


def _columns(table: Table) -> list[str]:
    """Return the columns of a table; a sum has two: its smallest units, and how many decimals."""
    found: list[str] = []
    for field in table.fields:
        found += ["amount_minor", "amount_digits"] if field.type == "money" else [field.name]
    return found


def _create(table: Table, known: dict[str, Table]) -> str:
    names = [field.name for field in table.fields]
    key = names[: table.key]
    lines = [line for field in table.fields for line in _column(field, required=field.name in key)]
    if key:
        lines.append(f"PRIMARY KEY ({', '.join(key)})")
    shared = ["registry"] if names[0] == "registry" else []
    for field in table.fields:
        if field.of in known:
            own = ", ".join([*shared, field.name])
            theirs = ", ".join([*shared, "id"])
            lines.append(f"FOREIGN KEY ({own}) REFERENCES {field.of} ({theirs})")
    return f"CREATE TABLE {table.name} (\n  " + ",\n  ".join(lines) + "\n) STRICT"


def _column(field: Field, *, required: bool) -> Iterator[str]:
    if field.type == "money":
        yield "amount_minor INTEGER"
        yield "amount_digits INTEGER"
        return
    extra = " NOT NULL" if required else ""
    if field.type == "boolean":
        extra += f" CHECK ({field.name} IN (0, 1))"
    yield f"{field.name} {_TYPES[field.type]}{extra}"


def _rows(table: Table) -> Iterator[list[str | int | None]]:
    names = [field.name for field in table.fields]
    money = [place for place, field in enumerate(table.fields) if field.type == "money"]
    for row in table.rows:
        made: list[str | int | None] = []
        for place, value in enumerate(row):
            if place in money:
                made += _minor(table, row, value, str(row[names.index("currency")]))
            else:
                made.append(_plain(value))
        yield made


def _minor(table: Table, row: Row, amount: Value, currency: str) -> list[str | int | None]:
    if not isinstance(amount, Decimal | int):
        return [None, None]
    digits = minor_digits(currency)
    whole = int(Decimal(amount).scaleb(digits))
    if abs(whole) > _LARGEST:
        where = " ".join(str(value) for value in row[: max(table.key, 1)])
        raise Failure(
            f"{table.name} {where}: {amount} {currency} does not fit SQLite's 64 bits",
            hint="export CSV, DuckDB or Parquet instead",
            exit_code=ENVIRONMENT,
        )
    return [whole, digits]


def _plain(value: Value) -> str | int | None:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int) or value is None else str(value)


def _beside(table: Table) -> Iterator[str]:
    """Yield the view with exact text, and an index for each column that points elsewhere."""
    columns = _columns(table)
    if "amount_minor" in columns:
        others = ", ".join(name for name in columns if not name.startswith("amount_"))
        yield (
            f"CREATE VIEW {table.name}_exact AS SELECT {others}, "  # noqa: S608
            "CASE WHEN amount_minor IS NULL THEN NULL "
            "WHEN amount_digits = 0 THEN CAST(amount_minor AS TEXT) "
            "ELSE CASE WHEN amount_minor < 0 THEN '-' ELSE '' END || "
            "substr(padded, 1, length(padded) - amount_digits) || '.' || "
            "substr(padded, -amount_digits) END AS amount FROM (SELECT *, "
            "substr('00000', 1, max(0, amount_digits + 1 - length(abs(amount_minor)))) || "
            f"abs(amount_minor) AS padded FROM {table.name})"
        )
    for field in table.fields:
        if field.of:
            yield f"CREATE INDEX {table.name}_{field.name} ON {table.name} ({field.name})"
