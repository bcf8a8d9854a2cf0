"""`Report`: what every report returns: typed tables and notes, formatted by the writers."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct, field

from partnerreg.model.money import plain

if TYPE_CHECKING:
    from partnerreg.output.chart import Chart


class Amount(Struct, frozen=True):
    """An exact sum in one currency (ISO 4217)."""

    value: Decimal
    currency: str

    @property
    def quantised(self) -> Decimal:
        """The value with the currency's minor digits."""
        return Decimal(plain(self.value, self.currency))


Cell = str | int | bool | None | Amount | tuple[str, ...]
Row = tuple[Cell, ...]


class Column(Struct, frozen=True):
    """A column: its name for machines, its heading for people; numbers align right.

    On a narrow terminal only `wrap` columns are broken into lines, so that ids and codes stay
    whole; a column that names another in `below` goes into a second line of that one, and `spare`
    columns are left away. `ids` says that it holds ids, which a spreadsheet's reader wants by name.
    `date` says that it holds dates as recorded.
    `least` is how wide it must be at least, where that can be.
    """

    name: str
    title: str = ""
    align: Literal["left", "right"] = "left"
    wrap: bool = False
    spare: bool = False
    below: str = ""
    ids: bool = False
    date: bool = False
    least: int = 0

    @property
    def heading(self) -> str:
        """What stands above it."""
        return self.title or self.name.replace("_", " ")


class Table(Struct, frozen=True):
    """Rows under columns; `footer` are totals, `title` a line above.

    `may_be_cut` says that rows may be left out where a forge's comment has no room for them. A row
    that begins with an empty cell belongs to the one above it.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str | None = None
    footer: tuple[Row, ...] = ()
    may_be_cut: bool = False

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return one dict a row: sums as `Decimal`, dates as recorded, missing values None."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, map(_native, row), strict=True)) for row in self.rows]


class Event(Struct, frozen=True):
    """A day in a calendar: `uid` stays the same when the day or the words change.

    `exact` is False where the day is the last that may be meant; `group` is the calendar that it
    belongs to where there are several.
    """

    uid: str
    day: date
    exact: bool
    summary: str
    description: str
    group: str


NOTHING = Table((), ())
"""What people see of a report that has no table at all."""


class Note(Struct, frozen=True):
    """What a report left out or read beyond the record: a code, a sentence, the records' ids."""

    code: str
    message: str
    records: tuple[str, ...] = ()


class Report(Struct, frozen=True):
    """A report: tidy rows for machines, views for people, notes for both.

    `views` are what people see instead of the rows. `failed` makes the command exit 1.
    `extra` adds keys to the JSON object; a table there becomes a list of objects; the rows
    may be left to CSV. `summary` is the report in a few lines, under which Markdown folds the rest.
    `needs_care` is what `expiring --check` asks; `note_style` is how people see the notes: one line
    a code (brief), one a note (all), or none. `counts_notes` makes brief notes one line in all, but
    for files with errors. `name_of` gives the name or title that stands for an id.
    `events` are its rows as days in a calendar. `chart` makes its picture, where it has one.
    """

    title: str
    table: Table
    notes: tuple[Note, ...] = ()
    views: tuple[Table, ...] | None = None
    failed: bool = False
    extra: dict[str, Any] = field(default_factory=dict)
    rows_in_json: bool = True
    needs_care: bool = False
    summary: tuple[str, ...] = ()
    note_style: str = "brief"
    counts_notes: bool = False
    name_of: Callable[[str], str] | None = None
    events: tuple[Event, ...] = ()
    chart: "Callable[[], Chart] | None" = None

    @property
    def shown(self) -> tuple[Table, ...]:
        """The tables that people see."""
        return (self.table,) if self.views is None else self.views

    def with_names(self) -> Table:
        """Return the tidy rows with a column of names behind each column of ids."""
        table, name_of = self.table, self.name_of
        if name_of is None or not any(column.ids for column in table.columns):
            return table
        heads: list[Column] = []
        for column in table.columns:
            heads += [column, Column(f"{column.name}_name")] if column.ids else [column]
        rows = []
        for row in table.rows:
            cells: list[Cell] = []
            for column, cell in zip(table.columns, row, strict=True):
                cells.append(cell)
                if column.ids:
                    ids = (cell,) if isinstance(cell, str) else cell
                    cells.append(tuple(map(name_of, ids)) if isinstance(ids, tuple) else None)
            rows.append(tuple(cells))
        return Table(tuple(heads), tuple(rows))

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the tidy rows as dicts; see `Table.to_dicts`."""
        return self.table.to_dicts()


_WRAPPED = frozenset({"title", "message", "hint", "summary", "document", "stated", "text"})
_OF_IDS = frozenset(
    {"source", "recipient", "party", "parties", "network", "record", "responsible", "renewed_by"}
)


_OF_DATES = frozenset({"date", "start", "end", "effective_end", "latest_end", "earliest_exit"})


def columns(names: str, *, right: Iterable[str] = ()) -> tuple[Column, ...]:
    """Return columns by their names, separated by spaces; those in `right` are aligned right.

    Columns of prose (`title`, `message`, `stated`, …) may be wrapped on a narrow terminal;
    `source`, `parties`, `record` and their like hold ids.
    """
    numbers = frozenset(right)
    return tuple(
        Column(
            name,
            align="right" if name in numbers else "left",
            wrap=name in _WRAPPED,
            ids=name in _OF_IDS,
            date=name in _OF_DATES,
        )
        for name in names.split()
    )


def _native(cell: Cell) -> Any:
    if isinstance(cell, Amount):
        return cell.quantised
    return list(cell) if isinstance(cell, tuple) else cell
