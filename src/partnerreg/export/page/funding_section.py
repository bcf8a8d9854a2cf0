"""The page's funding: sums by source, recipient and theme."""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from partnerreg.export.page.grid import Grid, Look, grid_of
from partnerreg.export.page.links import Links
from partnerreg.export.page.record_part import own_words
from partnerreg.export.page.words import Words
from partnerreg.output.report import Report


class Funding(Struct, frozen=True):
    """The money of one currency: the sums by source, recipient and theme."""

    currency: str
    grids: tuple[Grid, ...]


def funding(sums: Mapping[str, Report], links: Links, words: Words) -> tuple[Funding, ...]:
    """Return the sums by source, recipient and theme, as `totals` has them."""
    found = []
    for first in sums["source"].shown:
        grids = []
        for by, report in sums.items():
            table = next(one for one in report.shown if one.title == first.title)
            told = frozenset({"kind", "stage", *(["theme"] if by == "theme" else [])})
            look = Look(told=told, linked={by: links.labelled} if by != "theme" else {})
            title = f"{words(f'by {by}')}, {first.title}"
            grid = own_words(grid_of(table, words, title, look), words)
            lead = words("theme hint") if by == "theme" else ""
            grids.append(replace(grid, is_long=True, lead=lead))
        found.append(Funding(first.title or "", tuple(grids)))
    return tuple(found)
