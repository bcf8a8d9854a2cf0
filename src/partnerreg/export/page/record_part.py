"""What every record's section of the page is made of: facts, sums, documents, links."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from partnerreg.calc.entry import Entry
from partnerreg.export.page.grid import Grid, Item, Line, Look, grid_of
from partnerreg.export.page.links import Links
from partnerreg.export.page.words import Words
from partnerreg.model.records import Record
from partnerreg.model.registry import Registry
from partnerreg.output.report import Cell
from partnerreg.reports.recorded import references
from partnerreg.reports.totals.dimensions import Grouping
from partnerreg.reports.totals.report import tables_of

_TOLD = frozenset(
    {
        *("start", "end", "signed", "decided", "applied", "admitted", "checked"),
        *("themes", "notice to", "working groups", "stage", "category", "dissolved", "founded"),
    }
)
"""Facts whose values are words of the tool, or dates."""


class Fact(Struct, frozen=True):
    """A field of a record by name, and what it says."""

    name: str
    items: tuple[Item, ...]


class RecordPart(Struct, frozen=True):
    """A record's section: what it is called and is, its facts, and its tables.

    `badges` are a style of the page (a status) and a word each.
    """

    anchor: str
    title: str
    badges: tuple[tuple[str, str], ...]
    summary: str
    file: str
    facts: tuple[Fact, ...]
    grids: tuple[Grid, ...]


def sums(
    registry: Registry,
    as_of: date,
    entries: tuple[Entry, ...],
    by: str,
    links: Links,
    words: Words,
    title: str,
    *,
    depth: int,
) -> Iterable[Grid]:
    """Yield some entries added up, a grid a currency, by source or recipient."""
    if not entries:
        return
    look = Look(told=frozenset({"kind", "stage"}), linked={by: links.labelled})
    for table in tables_of(registry, as_of, entries, Grouping(by, depth)):
        named = words(title, currency=table.title)
        yield own_words(grid_of(table, words, named, look), words)


_OWN_WORDS = frozenset({"not attributed", "no recipient stated", "no theme", "Total"})
_LEFT_OVER = " (not attributed)"


def own_words(grid: Grid, words: Words) -> Grid:
    """Return a grid with the tool's words in its first column translated, names left alone."""

    def line(one: Line) -> Line:
        first, *others = one.items
        text = first.text.removesuffix(_LEFT_OVER)
        told = words(text) if text in _OWN_WORDS and not first.record else text
        if text != first.text:
            told = f"{told} ({words('not attributed')})"
        return replace(one, items=(replace(first, text=told), *others))

    return replace(grid, lines=tuple(map(line, grid.lines)), footer=tuple(map(line, grid.footer)))


def organisation_item(registry: Registry, identity: str, links: Links) -> Item:
    """Return an organisation by name, as a link where the page shows it."""
    return Item(registry.name(identity), record=links.organisation(identity))


def documents(one: Record, words: Words) -> Grid:
    """Return the documents that a record rests on."""
    look = Look(linked={"url": lambda text: text}, left_out=frozenset({"id"}))
    return grid_of(references(one), words, words("Documents"), look)


_OF_RECORDS = frozenset({"follows", "followed by", "renewed by"})
_OF_ORGANISATIONS = frozenset({"responsible", "part of"})


def facts_of(
    registry: Registry, facts: Iterable[tuple[str, Cell]], links: Links, words: Words
) -> tuple[Fact, ...]:
    """Return the facts of a record by name, in the page's words."""
    found = []
    for name, cell in facts:
        texts = cell if isinstance(cell, tuple) else (str(cell),)
        if name in _OF_RECORDS:
            items = [Item(registry.name_of(text), record=links.agreement(text)) for text in texts]
        elif name in _OF_ORGANISATIONS:
            items = [owner_item(registry, text, links) for text in texts]
        elif name == "website":
            items = [Item(text, url=text) for text in texts]
        else:
            told = name in _TOLD
            items = [Item(words.told(text) if told else text) for text in texts]
        found.append(Fact(words.told(name), tuple(items)))
    return tuple(found)


def owner_item(registry: Registry, text: str, links: Links) -> Item:
    """Return an organisation or its unit by name, as a link where the page shows it."""
    organisation, _, unit = text.partition("/")
    return Item(
        registry.unit_name(organisation, unit or None), record=links.organisation(organisation)
    )
