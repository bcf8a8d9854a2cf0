"""Carry out `export`: the whole registry as a data set, in a format of others."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from partnerreg.base.errors import Failure
from partnerreg.base.slug import slug
from partnerreg.cli.data_set import DataSet, check_tables, data_set, in_duckdb
from partnerreg.cli.options import Common
from partnerreg.cli.output import say, write
from partnerreg.export.duck import connected, parquet_parts
from partnerreg.export.grants import giving
from partnerreg.export.journal import hledger_journal
from partnerreg.export.package import data_package, text_of
from partnerreg.export.schema import Table as Data
from partnerreg.export.sqlite import sqlite_database
from partnerreg.model.codelists import minor_digits
from partnerreg.output.note_lines import note_lines
from partnerreg.output.report import Amount, Cell, Column, Report, Table
from partnerreg.output.xlsx import workbook
from partnerreg.reports.arguments import known_value
from partnerreg.reports.filters import Filters
from partnerreg.store.output_file import check_output
from partnerreg.store.output_folder import check_folder, write_folder

FORMATS = ("csv", "sqlite", "duckdb", "parquet", "xlsx", "360giving", "hledger")
_ENDINGS = {
    ".sqlite": "sqlite",
    ".db": "sqlite",
    ".duckdb": "duckdb",
    ".xlsx": "xlsx",
    ".json": "360giving",
    ".journal": "hledger",
}
_FOLDERS = frozenset({"csv", "parquet"})


def export_format(to: Path, given: str | None) -> str:
    """Return the format: as given, else by the ending, else CSV into a folder.

    Raises `Failure` (2) for one that is not known, and for a path among the registry's own.
    """
    check_output(to)
    if given:
        return known_value("--format", given, FORMATS)
    found = _ENDINGS.get(to.suffix.lower())
    if found is None and to.suffix and not to.is_dir():
        endings = ", ".join(_ENDINGS)
        raise Failure(
            f"--to: the ending of {to.name} says no format", hint=f"use {endings}, or a folder"
        )
    return found or "csv"


def export(
    commons: Sequence[Common],
    filters: Filters,
    to: Path,
    style: str,
    wanted: Sequence[str],
    *,
    public: bool,
) -> int:
    """Write the data set, and return the exit code: 1 where invalid records are left out."""
    check_tables(wanted)
    if style in {"duckdb", "parquet"}:
        connected(":memory:").close()  # a missing extra is said before anything is read
    if style in _FOLDERS:
        check_folder(to)
    needed = wanted if style in {"csv", "sqlite", "duckdb", "parquet", "xlsx"} else ()
    found = data_set(commons, filters, wanted=needed, public=public)
    notes = found.notes
    if style == "csv":
        name = slug(found.title) or "data"
        write_folder(to, data_package(found.tables, name, found.title))
    elif style == "parquet":
        write_folder(to, _parquet(found))
    elif style == "sqlite":
        write(sqlite_database(found.tables), to)
    elif style == "duckdb":
        write(_database(found), to)
    elif style == "xlsx":
        write(workbook(found.title, [(one.name, _sheet(one)) for one in found.tables]), to)
    elif style == "hledger":
        write(hledger_journal(found.tables, commons[0].day), to)
    else:
        whole, more = giving(found.tables)
        write(whole, to)
        notes += more
    for line in note_lines(Report("", Table((), ()), notes)):
        say(line)
    return 1 if found.notes else 0


def _database(found: DataSet) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.duckdb"
        in_duckdb(found, str(path)).close()
        return path.read_bytes()


def _parquet(found: DataSet) -> dict[str, bytes]:
    files = {}
    base = in_duckdb(found)
    with tempfile.TemporaryDirectory() as folder:
        for number, (path, query) in enumerate(parquet_parts(found.tables, found.slugs)):
            part = Path(folder) / f"{number}.parquet"
            base.execute(f"COPY ({query}) TO '{part}' (FORMAT parquet)")
            files[path] = part.read_bytes()
            part.unlink()
    base.close()
    return files


def _sheet(data: Data) -> Table:
    """Return a table of the data set as a report's: sums with their currency, dates as text."""
    names = [field.name for field in data.fields]
    heads = tuple(
        Column(
            field.name,
            align="right" if field.type == "money" else "left",
            date=field.type == "date",
        )
        for field in data.fields
    )
    place = names.index("currency") if "currency" in names else None
    rows = []
    for row in data.rows:
        cells: list[Cell] = []
        for field, value in zip(data.fields, row, strict=True):
            currency = row[place] if place is not None else None
            if field.type == "money" and value is not None and isinstance(currency, str):
                assert minor_digits(currency) >= 0
                cells.append(Amount(value, currency))  # type: ignore[arg-type]
            elif isinstance(value, bool | int) or value is None:
                cells.append(value)
            else:
                cells.append(text_of(value))
        rows.append(tuple(cells))
    return Table(heads, tuple(rows))
