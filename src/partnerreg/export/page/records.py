"""What the page says of one record: an agreement, or an organisation."""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from partnerreg.calc.entry import Entry
from partnerreg.calc.status import status
from partnerreg.export.page.grid import Grid, Head, Item, Line, Look, grid_of
from partnerreg.export.page.words import Words
from partnerreg.model.records import Agreement, Organisation, Record
from partnerreg.model.registry import Registry
from partnerreg.output.report import Cell
from partnerreg.reports.recorded import references
from partnerreg.reports.show_agreement import coming, money_recorded, payments, terms
from partnerreg.reports.show_organisation import facts as organisation_facts
from partnerreg.reports.totals.dimensions import Grouping
from partnerreg.reports.totals.report import tables_of

_PRIVATE = frozenset({"contacts", "notes"})
_MOST_SHOWN = 50
"""Agreements of an organisation that are listed; the table of agreements has all."""
_TOLD = frozenset(
    {"start", "end", "ended", "themes", "notice to", "working groups", "type", "stage", "category"}
)
"""Facts whose values are words of the tool."""


class Money(Struct, frozen=True):
    """What an organisation gives and receives: agreed and paid amounts."""

    gives: list[Entry]
    receives: list[Entry]


class Fact(Struct, frozen=True):
    """A field of a record by name, and what it says."""

    name: str
    items: tuple[Item, ...]


class AgreementPart(Struct, frozen=True):
    """An agreement's section."""

    id: str
    title: str
    status: str
    status_told: str
    sort: str
    summary: str
    file: str
    facts: tuple[Fact, ...]
    grids: tuple[Grid, ...]


class OrganisationPart(Struct, frozen=True):
    """An organisation's section; `more` are agreements that are not listed."""

    id: str
    title: str
    sort: str
    summary: str
    file: str
    facts: tuple[Fact, ...]
    grids: tuple[Grid, ...]


def agreement_part(
    registry: Registry,
    as_of: date,
    one: Agreement,
    entries: tuple[Entry, ...],
    words: Words,
    *,
    public: bool,
) -> AgreementPart:
    """Return an agreement's section; `entries` are all its money, planned included."""
    now = status(one, as_of, registry.settings.expiring_within)
    facts = [(name, cell) for name, cell in terms(registry, as_of, one) if cell]
    due = grid_of(coming(one, as_of), words, words("Deadlines"), _DEADLINES)
    documents = references(one)
    titles = {str(row[0]): str(row[1]) for row in documents.rows}
    as_recorded = replace(_MONEY, replaced={"as": lambda text: _with_document(text, titles)})
    money = money_recorded(registry, one)
    grids = (
        _parties(registry, one, words),
        *_sums(registry, as_of, entries, "source", words, "money by year", depth=2),
        grid_of(money, words, words("Funding as recorded"), as_recorded),
        grid_of(payments(registry, one), words, words("Payments"), _MONEY),
        due,
        _documents(one, words),
    )
    return AgreementPart(
        one.id,
        registry.title(one),
        now,
        words(now),
        words(one.form or one.kind),
        one.summary or "",
        one.path,
        tuple(_facts(registry, facts, words, public=public)),
        tuple(grid for grid in grids if grid.lines),
    )


def organisation_part(
    registry: Registry,
    as_of: date,
    one: Organisation,
    money: Money,
    named_in: Sequence[tuple[Agreement, tuple[str, ...]]],
    words: Words,
    *,
    public: bool,
) -> OrganisationPart:
    """Return an organisation's section; `named_in` are the agreements that name it, and as what."""
    left_out = {"id", "file", "summary"}
    facts = [
        (name, cell)
        for name, cell in organisation_facts(registry, one)
        if cell and name not in left_out
    ]
    grids = (
        _takes_part_in(registry, as_of, named_in, words),
        *_sums(registry, as_of, tuple(money.gives), "recipient", words, "gives", depth=1),
        *_sums(registry, as_of, tuple(money.receives), "source", words, "receives", depth=1),
        _documents(one, words),
    )
    return OrganisationPart(
        one.id,
        one.name,
        words(one.type or "other"),
        one.summary or "",
        one.path,
        tuple(_facts(registry, facts, words, public=public)),
        tuple(grid for grid in grids if grid.lines),
    )


_DEADLINES = Look(told=frozenset({"event", "if_nothing"}))
_MONEY = Look(told=frozenset({"time", "amount", "paid", "due"}))


def _sums(
    registry: Registry,
    as_of: date,
    entries: tuple[Entry, ...],
    by: str,
    words: Words,
    title: str,
    *,
    depth: int,
) -> Iterable[Grid]:
    if not entries:
        return
    look = Look(told=frozenset({"kind", "stage"}))
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


def _parties(registry: Registry, one: Agreement, words: Words) -> Grid:
    heads = tuple(
        Head(words(text)) for text in ("Organisation", "Role", "Units", "From", "Until", "Signed")
    )
    ends = (("member", one.member), ("network", one.network))
    lines = [
        Line((_organisation(registry, organisation), Item(words(role)), *(Item(""),) * 4))
        for role, organisation in ends
        if organisation
    ]
    for party in one.parties:
        owner = registry.organisations.get(party.organisation)
        units = [
            owner.units[unit].name if owner and unit in owner.units else unit
            for unit in party.units
        ]
        dates = (party.from_, party.to, party.signed)
        lines.append(
            Line(
                (
                    _organisation(registry, party.organisation),
                    Item(words(party.role or "party")),
                    Item(", ".join(units)),
                    *(Item(words.told(day.text) if day else "") for day in dates),
                )
            )
        )
    used = [place for place in range(len(heads)) if any(line.items[place].text for line in lines)]
    return Grid(
        words("Parties"),
        tuple(heads[place] for place in used),
        tuple(Line(tuple(line.items[place] for place in used)) for line in lines),
    )


def _organisation(registry: Registry, identity: str) -> Item:
    found = registry.organisations.get(identity)
    known = found is not None and found.path not in registry.invalid
    return Item(registry.name(identity), record=f"organisation/{identity}" if known else "")


def _with_document(text: str, titles: dict[str, str]) -> str:
    """Return what a line is recorded as, with the title of its document instead of the id."""
    before, comma, last = text.rpartition(", ")
    return f"{before}{comma}{titles[last]}" if last in titles else text


def _documents(one: Record, words: Words) -> Grid:
    look = Look(linked={"url": lambda text: text}, left_out=frozenset({"id"}))
    return grid_of(references(one), words, words("Documents"), look)


def _takes_part_in(
    registry: Registry,
    as_of: date,
    named_in: Sequence[tuple[Agreement, tuple[str, ...]]],
    words: Words,
) -> Grid:
    within = registry.settings.expiring_within
    heads = tuple(Head(words(text)) for text in ("Agreement", "Status", "As"))
    lines = [
        Line(
            (
                Item(registry.title(one), record=f"agreement/{one.id}"),
                Item(words(status(one, as_of, within))),
                Item(", ".join(map(words.told, roles))),
            )
        )
        for one, roles in named_in[:_MOST_SHOWN]
    ]
    more = len(named_in) - len(lines)
    footer = (Line((Item(words("and more", count=more)), Item(""), Item(""))),) if more else ()
    return Grid(words("takes part in"), heads, tuple(lines), footer)


_OF_RECORDS = frozenset({"follows", "followed by", "renewed by"})
_OF_ORGANISATIONS = frozenset({"responsible", "part of"})


def _facts(
    registry: Registry, facts: Iterable[tuple[str, Cell]], words: Words, *, public: bool
) -> Iterable[Fact]:
    for name, cell in facts:
        if public and name in _PRIVATE:
            continue
        texts = cell if isinstance(cell, tuple) else (str(cell),)
        if name in _OF_RECORDS:
            items = tuple(_agreement(registry, text) for text in texts)
        elif name in _OF_ORGANISATIONS:
            items = tuple(_owner(registry, text) for text in texts)
        elif name == "website":
            items = tuple(Item(text, url=text) for text in texts)
        else:
            told = name in _TOLD
            items = tuple(Item(words.told(text) if told else text) for text in texts)
        yield Fact(words.told(name), items)


def _agreement(registry: Registry, identity: str) -> Item:
    found = registry.agreements_by_id.get(identity)
    if found is None or found.path in registry.invalid:
        return Item(identity)
    return Item(registry.title(found), record=f"agreement/{identity}")


def _owner(registry: Registry, text: str) -> Item:
    organisation, _, unit = text.partition("/")
    found = _organisation(registry, organisation)
    return replace(found, text=registry.unit_name(organisation, unit or None))
