"""A terminal: tables that fit its width, headings and totals bold, statuses in colour."""

import io

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from partnerreg.clean import clean
from partnerreg.render.cells import words
from partnerreg.render.note_lines import note_lines
from partnerreg.render.width import width
from partnerreg.table import NOTHING, Column, Report, Table

_GAP = 2
_COLOURS = {
    "active": "green",
    "expiring": "yellow",
    "expired": "red",
    "error": "red",
    "warning": "yellow",
}
_LEAST_TEXT = 16


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
    """Return the table, or where its numbers do not fit, the same rows with some years each."""
    rows, footer = words(table)
    if not rows:
        return [Text("nothing")]
    heads = [column.heading for column in table.columns]
    widths = [max(map(width, cells)) for cells in zip(heads, *rows, *footer, strict=True)]
    parts: list[Grid | Text] = []
    for chosen in _fitting(table.columns, widths, columns):
        if parts:
            parts.append(Text())
        parts.append(_grid(table.columns, heads, rows, footer, chosen))
    return parts


def _fitting(columns: tuple[Column, ...], widths: list[int], room: int) -> list[list[int]]:
    """Share the number columns out over as many tables as they need; text columns repeat."""
    text = [place for place, column in enumerate(columns) if column.align == "left"]
    numbers = [place for place, column in enumerate(columns) if column.align == "right"]
    left = room - sum(min(widths[place], _LEAST_TEXT) + _GAP for place in text)
    groups: list[list[int]] = [[]]
    taken = 0
    for place in numbers:
        if groups[-1] and taken + widths[place] + _GAP > left:
            groups.append([])
            taken = 0
        groups[-1].append(place)
        taken += widths[place] + _GAP
    return [sorted([*text, *group]) for group in groups]


def _grid(
    columns: tuple[Column, ...],
    heads: list[str],
    rows: list[list[str]],
    footer: list[list[str]],
    chosen: list[int],
) -> Grid:
    grid = Grid(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold")
    for place in chosen:
        right = columns[place].align == "right"
        grid.add_column(
            Text(heads[place]), justify="right" if right else "left", no_wrap=right, overflow="fold"
        )
    for row in rows:
        grid.add_row(*(Text(row[place], style=_COLOURS.get(row[place], "")) for place in chosen))
    for row in footer:
        grid.add_row(*(Text(row[place], style="bold") for place in chosen))
    return grid
