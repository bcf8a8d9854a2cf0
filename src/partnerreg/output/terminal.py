"""Write a report for a terminal: tables fitted to its width, with colour."""

import io
from dataclasses import replace

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
_LEAST_TEXT = 24


def render(report: Report, columns: int, *, colour: bool) -> str:
    """Return the report for a terminal of that many columns, with its escape sequences."""
    out = io.StringIO()
    console = Console(
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


def _parts(table: Table, columns: int) -> list[Grid | Text]:
    """Return the table; where it does not fit, with some of its numbers each, or row by row."""
    rows, footer = words(table)
    if not rows:
        return [Text("nothing")]
    if _is_too_wide(table, rows, footer, columns):
        table, rows, footer = _folded(table, rows, footer)
    heads = [column.heading for column in table.columns]
    widths = _widths(heads, rows, footer)
    least = [
        min(w, _LEAST_TEXT) if column.wrap else w
        for w, column in zip(widths, table.columns, strict=True)
    ]
    shown = list(range(len(heads)))
    groups = _fitting(table.columns, least, columns, shown)
    while any(sum(least[place] + _GAP for place in group) - _GAP > columns for group in groups):
        spare = [place for place in shown if table.columns[place].spare]
        if not spare:
            return _row_by_row(heads, [*rows, *footer])
        shown.remove(spare[-1])
        groups = _fitting(table.columns, least, columns, shown)
    parts: list[Grid | Text] = []
    for group in groups:
        parts += [Text(), *_grid(table.columns, heads, rows, footer, group)]
    return parts[1:]


def _widths(heads: list[str], rows: list[list[str]], footer: list[list[str]]) -> list[int]:
    return [
        max(width(line) for cell in cells for line in cell.split("\n"))
        for cells in zip(heads, *rows, *footer, strict=True)
    ]


def _is_too_wide(
    table: Table, rows: list[list[str]], footer: list[list[str]], columns: int
) -> bool:
    heads = [column.heading for column in table.columns]
    return sum(_widths(heads, rows, footer)) + _GAP * (len(heads) - 1) > columns


def _folded(
    table: Table, rows: list[list[str]], footer: list[list[str]]
) -> tuple[Table, list[list[str]], list[list[str]]]:
    """Return the table with its `below` columns as second lines of the columns before them."""
    groups: list[list[int]] = []
    for place, column in enumerate(table.columns):
        if column.below and groups:
            groups[-1].append(place)
        else:
            groups.append([place])

    def folded(row: list[str]) -> list[str]:
        cells = []
        for first, *others in groups:
            second = " · ".join(row[place] for place in others if row[place])
            cells.append(f"{row[first]}\n{second}" if second else row[first])
        return cells

    kept = tuple(table.columns[group[0]] for group in groups)
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
        )
    for number, row in enumerate(rows):
        last = bool(footer) and number == len(rows) - 1
        cells = (Text(row[place], style=_COLOURS.get(row[place], "")) for place in chosen)
        grid.add_row(*cells, end_section=last)
    for row in footer:
        grid.add_row(*(Text(row[place], style="bold") for place in chosen))
    return [grid]
