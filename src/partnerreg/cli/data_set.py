"""The data set of one registry or several, as the options of `export` and `query` ask for it."""

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from partnerreg.base.errors import Failure
from partnerreg.base.slug import slug
from partnerreg.cli.open import open_registry
from partnerreg.cli.options import Common
from partnerreg.cli.progress import bar
from partnerreg.export.duck import connected, fill
from partnerreg.export.package import data_package
from partnerreg.export.schema import SCHEMA, Field, Table
from partnerreg.export.tables import tables
from partnerreg.model.registry import Registry
from partnerreg.output.report import Note
from partnerreg.reports.arguments import known_value
from partnerreg.reports.filters import Filters, select
from partnerreg.reports.notes import invalid_left_out


class DataSet(Struct, frozen=True):
    """The tables, what the registries are called, and what had to be left out."""

    tables: tuple[Table, ...]
    slugs: tuple[str, ...]
    title: str
    notes: tuple[Note, ...]


def check_tables(names: Sequence[str]) -> None:
    """Raise `Failure` (2) for a table that there is none of."""
    for name in names:
        known_value("--tables", name, tuple(one.name for one in SCHEMA))


def data_set(
    commons: Sequence[Common], filters: Filters, *, wanted: Sequence[str] = (), public: bool = False
) -> DataSet:
    """Return the data set of the registries that the options name, filtered."""
    day = commons[0].day
    parts: list[tuple[str, tuple[Table, ...]]] = []
    notes: tuple[Note, ...] = ()
    titles = []
    for common in commons:
        whole = open_registry(common).registry
        registry = _filtered(whole, filters, day)
        title = whole.settings.title or whole.root.absolute().name
        titles.append(title)
        made = tables(
            registry, day, wanted=wanted, public=public, progress=bar("exporting", "tables")
        )
        parts.append((slug(title) or "registry", made))
        notes += invalid_left_out(whole)
    slugs = tuple(name for name, _ in parts)
    if len(set(slugs)) < len(slugs):
        twice = next(name for name in slugs if slugs.count(name) > 1)
        hint = "the title in settings.yaml tells them apart"
        raise Failure(f"two registries are called {twice}", hint=hint)
    every = parts[0][1] if len(parts) == 1 else _joined(parts)
    return DataSet(every, slugs, " and ".join(titles), notes)


def in_duckdb(found: DataSet, path: str = ":memory:") -> Any:
    """Return a connection to a DuckDB database that holds the tables."""
    base = connected(path)
    with tempfile.TemporaryDirectory() as folder:
        for name, whole in data_package(found.tables, "data", found.title).items():
            (Path(folder) / name).write_bytes(whole)
        fill(base, found.tables, folder)
    return base


def _filtered(registry: Registry, filters: Filters, day: date) -> Registry:
    if filters == Filters():
        return registry
    chosen, _ = select(registry, filters, day)
    return replace(registry, agreements=chosen)


def _joined(parts: Sequence[tuple[str, tuple[Table, ...]]]) -> tuple[Table, ...]:
    """Return the tables of several registries in one, each beginning with the registry's name."""
    column = Field("registry", "text", "The registry: its title as an id.")
    return tuple(
        replace(
            same[0],
            fields=(column, *same[0].fields),
            key=same[0].key + 1 if same[0].key else 0,
            rows=tuple(
                (name, *row)
                for (name, _), table in zip(parts, same, strict=True)
                for row in table.rows
            ),
        )
        for same in zip(*(tables for _, tables in parts), strict=True)
    )
