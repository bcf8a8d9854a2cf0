"""Write a report for a terminal: tables fitted to its width, with colour."""

import io
import re

from msgspec.structs import replace
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from partnerreg.base.printable import clean
from partnerreg.output.cells import width, words
from partnerreg.output.note_lines import note_lines
from partnerreg.output.report import NOTHING, Column, Report, Table

_GAP = 2
_COLOURS = {
    "active": "green",
    "expiring": "yellow",
    "expired": "red",
    "error": "red",
    "warning": "yellow",
}
_GONE_BY = re.compile(r"(≥ )?\d+ d ago")
_NEAR = re.compile(r"(≤ )?([0-9]|[12][0-9]|30) d")
"""Days left or gone by, as deadlines write them: overdue is red, within thirty days yellow."""
_LEAST_TEXT, _NARROW = 24, 60
_WIDEST_PAGE = 100


def render(report: Report, columns: int, *, colour: bool) -> str:
    """Return the report for a terminal of that many columns, with its escape sequences."""
    out = io.StringIO()
    console = _console(out, columns, colour=colour)
    console.print(Text(clean(report.title), style="bold"))
    for table in report.shown or (NOTHING,):
        console.print()
        if table.title:
            console.print(Text(table.title, style="bold"))
        for part in _parts(table, columns):
            console.print(part)
    lines = note_lines(report)
    if lines:
        console.print()
    for line in lines:
        console.print(Text(line, style="dim"), soft_wrap=False)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def render_page(markdown: str, columns: int, *, colour: bool) -> str:
    """Return a page of the manual for a terminal of that many columns, with its sequences."""
    from rich.markdown import Markdown  # noqa: PLC0415  (slow to import, and only help needs it)

    out = io.StringIO()
    # The terminal's own colours, on its own ground: readable in light and dark.
    page = Markdown(markdown, code_theme="ansi_dark", hyperlinks=False)
    _console(out, min(columns, _WIDEST_PAGE), colour=colour).print(page)
    return out.getvalue()


def _console(out: io.StringIO, columns: int, *, colour: bool) -> Console:
    return Console(
        file=out,
        width=columns,
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )


def _parts(table: Table, columns: int) -> list[Grid | Text]:
    """Return the table; where it does not fit, with some of its numbers each, or row by row."""
    rows, footer = words(table)
    if not rows:
        return [Text("nothing")]
    prose = _LEAST_TEXT if columns >= _NARROW else _LEAST_TEXT // 2
    least = _least(table, rows, footer, prose)
    if any(column.below for column in table.columns) and not _fits(least, columns):
        table, rows, footer = _folded(table, rows, footer)
        least = _least(table, rows, footer, prose)
        whole = [max(w, column.least) for w, column in zip(least, table.columns, strict=True)]
        least = whole if _fits(whole, columns) else least
    heads = [column.heading for column in table.columns]
    shown = list(range(len(heads)))
    hidden: list[str] = []
    groups = _fitting(table.columns, least, columns, shown)
    numbers = [place for place in shown if _is_spare_number(table.columns[place])]
    while numbers and len(groups) > 1:  # the oldest years go first, totals stay with their rows
        hidden.append(heads[numbers[0]])
        shown.remove(numbers.pop(0))
        groups = _fitting(table.columns, least, columns, shown)
    while not all(_fits([least[place] for place in group], columns) for group in groups):
        spare = [place for place in shown if table.columns[place].spare]
        if not spare:
            return _row_by_row(heads, [*rows, *footer])
        hidden.append(heads[spare[-1]])
        shown.remove(spare[-1])
        groups = _fitting(table.columns, least, columns, shown)
    parts: list[Grid | Text] = []
    for group in groups:
        parts += [Text(), *_grid(table.columns, least, heads, rows, footer, group)]
    if hidden:
        parts.append(Text(f"no room for: {', '.join(hidden)} (-o FILE has it all)", style="dim"))
    return parts[1:]


def _is_spare_number(column: Column) -> bool:
    return column.spare and column.align == "right"


def _least(table: Table, rows: list[list[str]], footer: list[list[str]], prose: int) -> list[int]:
    """Return how wide each column must be, where prose is broken into lines of that width."""
    heads = [column.heading for column in table.columns]
    widths = (
        max(width(line) for cell in cells for line in cell.split("\n"))
        for cells in zip(heads, *rows, *footer, strict=True)
    )
    return [
        min(w, prose) if column.wrap else w for w, column in zip(widths, table.columns, strict=True)
    ]


def _fits(widths: list[int], columns: int) -> bool:
    return sum(widths) + _GAP * (len(widths) - 1) <= columns


def _folded(
    table: Table, rows: list[list[str]], footer: list[list[str]]
) -> tuple[Table, list[list[str]], list[list[str]]]:
    """Return the table with its `below` columns as second lines of the columns that they name."""
    under: dict[str, list[int]] = {
        column.name: [place] for place, column in enumerate(table.columns) if not column.below
    }
    for place, column in enumerate(table.columns):
        if column.below:
            under[column.below].append(place)
    groups = list(under.values())

    def folded(row: list[str]) -> list[str]:
        cells = []
        for first, *others in groups:
            prose = [row[place] for place in others if table.columns[place].wrap]
            codes = " · ".join(
                row[place] for place in others if row[place] and not table.columns[place].wrap
            )
            cells.append("\n".join(line for line in (row[first], *prose, codes) if line))
        return cells

    def longest(places: list[int]) -> int:
        """Return the longest id or code that goes below: it stays in one piece if it can."""
        codes = [place for place in places if not table.columns[place].wrap]
        words = (word for row in rows for place in codes for word in row[place].split())
        return max(map(width, words), default=0)

    kept = tuple(replace(table.columns[first], least=longest(others)) for first, *others in groups)
    return (
        replace(table, columns=kept),
        [folded(row) for row in rows],
        [folded(row) for row in footer],
    )


def _row_by_row(heads: list[str], rows: list[list[str]]) -> list[Grid | Text]:
    """Return each row as a list of its cells: what is too wide for a table."""
    grid = Grid(box=None, pad_edge=False, show_header=False, padding=(0, _GAP, 0, 0))
    grid.add_column(width=max(map(width, heads)))
    grid.add_column(overflow="fold")
    for number, row in enumerate(rows):
        if number:
            grid.add_row()
        for head, cell in zip(heads, row, strict=True):
            if cell:
                grid.add_row(Text(head, style="dim"), Text(cell))
    return [grid]


def _fitting(
    columns: tuple[Column, ...], least: list[int], room: int, shown: list[int]
) -> list[list[int]]:
    """Share the number columns out over as many tables as they need; text columns repeat."""
    text = [place for place in shown if columns[place].align == "left"]
    numbers = [place for place in shown if columns[place].align == "right"]
    left = room - sum(least[place] + _GAP for place in text) + _GAP
    groups: list[list[int]] = [[]]
    taken = 0
    for place in numbers:
        if groups[-1] and taken + least[place] + _GAP > left:
            groups.append([])
            taken = 0
        groups[-1].append(place)
        taken += least[place] + _GAP
    return [sorted([*text, *group]) for group in groups]


def _grid(
    columns: tuple[Column, ...],
    least: list[int],
    heads: list[str],
    rows: list[list[str]],
    footer: list[list[str]],
    chosen: list[int],
) -> list[Grid | Text]:
    grid = Grid(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold")
    for place in chosen:
        right = columns[place].align == "right"
        grid.add_column(
            Text(heads[place]),
            justify="right" if right else "left",
            no_wrap=not columns[place].wrap,
            overflow="fold",
            min_width=least[place],
        )
    for number, row in enumerate(rows):
        last = bool(footer) and number == len(rows) - 1
        grid.add_row(*(_painted(row[place]) for place in chosen), end_section=last)
    for row in footer:
        grid.add_row(*(Text(row[place], style="bold") for place in chosen))
    return [grid]


def _painted(cell: str) -> Text:
    """Return a cell in the colour of what it says; what stands below its first line is dim."""
    first, break_, below = cell.partition("\n")
    style = _COLOURS.get(first, "")
    if first.endswith(" d") and _NEAR.fullmatch(first):
        style = "yellow"
    elif first.endswith(" ago") and _GONE_BY.fullmatch(first):
        style = "red"
    return Text(first, style=style).append(break_ + below, style="dim")
