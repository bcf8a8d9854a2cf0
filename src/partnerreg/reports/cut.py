"""Choose the columns, the order and the number of a list's rows."""

from msgspec import Struct
from msgspec.structs import replace

from partnerreg.base.collation import collated
from partnerreg.base.errors import Failure
from partnerreg.output.report import Amount, Cell, Note, Row, Table
from partnerreg.reports.arguments import known_value

_MISSING = (None, "unknown")
"""What is not known comes last, whatever the order."""


class Cut(Struct, frozen=True):
    """Which part of a list is wanted: `columns`, the order by `sort`, the first `limit` rows.

    `known` are the names of all columns, separated by blanks. `sort` is one of them, with a minus
    before it for the largest first; rows without a value come last. Raises `Failure` (2) for names
    that are not known.
    """

    known: str = ""
    columns: tuple[str, ...] = ()
    sort: str | None = None
    limit: int | None = None

    def __post_init__(self) -> None:
        for option, names in (("--columns", self.columns), ("--sort", (self._sorted_by or (),))):
            for name in names:
                if name:
                    known_value(option, str(name), tuple(self.known.split()))
        if len(set(self.columns)) < len(self.columns):
            raise Failure("--columns: a column is named twice", hint="name each once")
        if self.limit is not None and self.limit < 1:
            raise Failure(f"--limit: {self.limit} is no number of rows", hint="1 or more")

    @property
    def _sorted_by(self) -> str:
        return (self.sort or "").removeprefix("-")

    def applied(
        self, rows: Table, view: Table
    ) -> tuple[tuple[Table, Table], list[int], tuple[Note, ...]]:
        """Return the rows and what people see of them, which rows they are, and how many more.

        People see the columns that were asked for, else `view`, whose rows are the same ones.
        """
        names = [column.name for column in rows.columns]
        order = list(range(len(rows.rows)))
        if self._sorted_by:
            place = names.index(self._sorted_by)
            backwards = (self.sort or "").startswith("-")
            missing = [n for n in order if rows.rows[n][place] in _MISSING]
            known = [n for n in order if rows.rows[n][place] not in _MISSING]
            known.sort(key=lambda number: _key(rows.rows[number][place]), reverse=backwards)
            order = [*known, *missing]
        notes: tuple[Note, ...] = ()
        if self.limit is not None and len(order) > self.limit:
            message = f"{len(order) - self.limit} more rows are not shown: --limit {self.limit}"
            notes = (Note("limited", message),)
            order = order[: self.limit]
        chosen = [names.index(name) for name in self.columns] or list(range(len(names)))
        cut = replace(
            rows,
            columns=tuple(rows.columns[place] for place in chosen),
            rows=tuple(_of(rows.rows[number], chosen) for number in order),
        )
        if self.columns:
            seen = replace(cut, rows=tuple(tuple(map(_for_people, row)) for row in cut.rows))
            return (cut, seen), order, notes
        seen = replace(view, rows=tuple(view.rows[number] for number in order))
        return (cut, seen), order, notes


def _for_people(cell: Cell) -> Cell:
    return ("yes" if cell else "no") if isinstance(cell, bool) else cell


def _of(row: Row, places: list[int]) -> Row:
    return tuple(row[place] for place in places)


def _key(cell: Cell) -> tuple[object, ...]:
    """Return what a cell is sorted by: numbers by size, dates as written, text by its letters."""
    if isinstance(cell, Amount):
        return (0, cell.value)
    if isinstance(cell, int):
        return (0, cell)
    return (1, collated(", ".join(cell) if isinstance(cell, tuple) else str(cell)))
