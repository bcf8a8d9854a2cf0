"""Carry out `query`: SQL over the data set's tables, shut off from files and network."""

import sys
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from partnerreg.base.errors import ENVIRONMENT, Failure
from partnerreg.cli.data_set import data_set, in_duckdb
from partnerreg.cli.options import Common
from partnerreg.cli.output import RENDERERS, chosen_format, put
from partnerreg.export.duck import connected, lock
from partnerreg.export.schema import SCHEMA
from partnerreg.output.report import Cell, Column, Report, Table
from partnerreg.reports.filters import Filters
from partnerreg.reports.notes import is_incomplete
from partnerreg.store.folder import reason

_LONGEST = 1024 * 1024


def query(common: Common, filters: Filters, sql: str | None, file: Path | None) -> int:
    """Run one query and show its rows; 1 where invalid records are left out."""
    style = chosen_format(common.format, common.output, tuple(RENDERERS))
    text = _text(sql, file)
    connected(":memory:").close()  # a missing extra is said before anything is read
    found = data_set([common], filters)
    base = in_duckdb(found)
    lock(base)
    try:
        import duckdb  # noqa: PLC0415  (an extra; it is there, or nothing came so far)

        try:
            result = base.execute(text)
            names = [column[0] for column in result.description or ()]
            rows = result.fetchall() if names else []
        except duckdb.Error as error:
            first = str(error).splitlines()[0]
            hint = "partnerreg query --tables shows tables and columns"
            raise Failure(f"the query cannot be run: {first}", hint=hint) from None
    finally:
        base.close()
    table = Table(_heads(names, rows), tuple(tuple(map(_cell, row)) for row in rows))
    report = Report("Query", table, found.notes, failed=is_incomplete(found.notes))
    put(report, style, common)
    return 1 if report.failed else 0


def show_tables(common: Common) -> int:
    """Show the tables, their columns, and what they hold."""
    style = chosen_format(common.format, common.output, tuple(RENDERERS))
    heads = (
        Column("table", "Table"),
        Column("column", "Column"),
        Column("type", "Type"),
        Column("text", "What it holds", wrap=True),
    )
    rows = []
    for one in SCHEMA:
        rows.append((one.name, "", "", one.text))
        rows += [("", field.name, field.type, field.text) for field in one.fields]
    tidy = tuple((one.name, f.name, f.type, f.text) for one in SCHEMA for f in one.fields)
    put(Report("Tables", Table(heads, tidy), views=(Table(heads, tuple(rows)),)), style, common)
    return 0


def _text(sql: str | None, file: Path | None) -> str:
    if (sql is None) == (file is None):
        raise Failure(
            "query needs SQL, or -f FILE", hint="partnerreg query --tables shows the tables"
        )
    if sql not in {None, "-"}:
        return str(sql)
    try:
        if file is None:
            return sys.stdin.read(_LONGEST)
        with open(file, encoding="utf-8") as held:
            return held.read(_LONGEST)
    except (OSError, UnicodeDecodeError) as error:
        why = reason(error) if isinstance(error, OSError) else "it is not UTF-8"
        raise Failure(f"cannot read {file}: {why}", exit_code=ENVIRONMENT) from None


def _heads(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> tuple[Column, ...]:
    return tuple(
        Column(
            name,
            name,
            align="right" if any(isinstance(row[place], Decimal | int) for row in rows) else "left",
        )
        for place, name in enumerate(names)
    )


def _cell(value: Any) -> Cell:
    """Return a value as a report has it; an exact sum is text, without zeros that mean nothing."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        return format(value.quantize(Decimal(1)) if whole else value.normalize(), "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)
