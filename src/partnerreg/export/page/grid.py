"""`Grid`: a table of the page, with links, and what its rows are filtered and sorted by."""

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct, field

from partnerreg.export.page.words import Words
from partnerreg.model.money import digits_shown
from partnerreg.output.report import Amount, Cell, Table


class Item(Struct, frozen=True):
    """A cell: its text, what it leads to, and what it is sorted by where that is not the text.

    `record` is `agreement/<id>` or `organisation/<id>`, `url` an address outside of the page.
    """

    text: str
    record: str = ""
    url: str = ""
    sort: str = ""


class Head(Struct, frozen=True):
    """A column's heading; figures stand to the right."""

    text: str
    is_figure: bool = False


class Line(Struct, frozen=True):
    """A row: its cells, and for the filters its status or type, and the years that it may hold."""

    items: tuple[Item, ...]
    sort_of: str = ""
    years: tuple[int | None, int | None] | None = None


class Grid(Struct, frozen=True):
    """Lines under heads; `footer` are totals. With `choices` it can be filtered and sorted.

    `lead` is said before it.
    """

    title: str
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    footer: tuple[Line, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    is_long: bool = False
    lead: str = ""


Linked = Callable[[str], str]
"""Tells what a text of a cell leads to; nothing where it leads nowhere."""


class Look(Struct, frozen=True):
    """How a report's table becomes a grid, by the names of its columns.

    `told` hold words of the tool, `linked` lead somewhere, `replaced` are put into other words.
    """

    told: frozenset[str] = frozenset()
    replaced: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    linked: Mapping[str, Linked] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()


def grid_of(table: Table, words: Words, title: str, look: Look = Look()) -> Grid:
    """Return a report's table as a grid, its headings and the tool's own words translated."""
    places = [
        place
        for place, column in enumerate(table.columns)
        if column.name not in look.left_out
        and (column.align == "right" or not table.rows or any(row[place] for row in table.rows))
    ]
    digits = _digits(table)
    heads = tuple(
        Head(words.told(table.columns[place].heading), table.columns[place].align == "right")
        for place in places
    )

    def line(row: Sequence[Cell]) -> Line:
        return Line(tuple(_item(table, row, place, words, digits, look) for place in places))

    return Grid(title, heads, tuple(map(line, table.rows)), tuple(map(line, table.footer)))


def _digits(table: Table) -> dict[str, int]:
    cells = [cell for row in (*table.rows, *table.footer) for cell in row]
    amounts = [cell for cell in cells if isinstance(cell, Amount)]
    return {
        currency: digits_shown([one.value for one in amounts if one.currency == currency], currency)
        for currency in {one.currency for one in amounts}
    }


def _item(
    table: Table,
    row: Sequence[Cell],
    place: int,
    words: Words,
    digits: Mapping[str, int],
    look: Look,
) -> Item:
    cell, name = row[place], table.columns[place].name
    if isinstance(cell, Amount):
        return Item(words.amount(cell, digits[cell.currency]), sort=f"{cell.value:f}")
    text = "" if cell is None else ", ".join(cell) if isinstance(cell, tuple) else str(cell)
    link = look.linked[name](text) if name in look.linked else ""
    shown = words.told(text) if name in look.told else text
    shown = look.replaced[name](shown) if name in look.replaced else shown
    if link.startswith(("http://", "https://")):
        return Item(shown, url=link)
    return Item(shown, record=link)
