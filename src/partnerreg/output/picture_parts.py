"""What all pictures are made of: text in lines, data for altair, the colours of ink."""

from collections.abc import Sequence
from typing import Any

from partnerreg.base.printable import clean
from partnerreg.output.cells import wrapped

INK, FAINT, GRID = "#1a1a1a", "#555555", "#dddddd"
WIDTH = 640
LINE, LETTER = 13, 6
"""Pixels: a line of text, about what a letter takes."""
LABEL, PAGE = 44, 110
"""Letters in a line of a label, and of the notes."""


def lines_of(text: str) -> list[str]:
    """Return a label in lines; nothing of it is lost."""
    return wrapped(clean(text), LABEL)


def data(alt: Any, rows: Sequence[dict[str, Any]]) -> Any:
    """Return a chart over rows, to be marked."""
    return alt.Chart(alt.Data(values=list(rows)))


def text_block(alt: Any, lines: Sequence[str], colour: str = INK) -> Any:
    """Return lines of text as a chart of their own."""
    rows = [{"y": place * 15, "text": line} for place, line in enumerate(lines)]
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, 15 * len(rows)], reverse=True))
    marks = data(alt, rows).mark_text(align="left", baseline="top", color=colour, fontSize=11)
    drawn = marks.encode(x=alt.value(0), y=y, text="text:N")
    return drawn.properties(width=WIDTH, height=15 * len(rows))
