"""What the page says of one record: an agreement, or an organisation."""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from partnerreg.calc.entry import Entry
from partnerreg.calc.status import status
from partnerreg.export.page.grid import Grid, Head, Item, Line, Look, grid_of
from partnerreg.export.page.links import Links
from partnerreg.export.page.words import Words
from partnerreg.model.records import Agreement, Organisation, Record
from partnerreg.model.registry import Registry
from partnerreg.output.report import Cell
from partnerreg.reports.recorded import references
from partnerreg.reports.show_agreement import coming, money_recorded, payments, terms
from partnerreg.reports.show_organisation import facts as organisation_facts
from partnerreg.reports.totals.dimensions import Grouping
from partnerreg.reports.totals.report import tables_of

_MOST_SHOWN = 50
"""Agreements of an organisation that are listed; the table of agreements has all."""
_TOLD = frozenset(
    {
        *("start", "end", "signed", "decided", "applied", "admitted", "checked"),
        *("themes", "notice to", "working groups", "stage", "category", "dissolved", "founded"),
    }
)
"""Facts whose values are words of the tool, or dates."""
_ELSEWHERE = frozenset(
    {"milestone", "contacts", "decisions", "participants", "ended", "renewal", "length", "notice"}
)
"""Facts that are told in another way: as tables, or with their words translated."""


class Money(Struct, frozen=True):
    """What an organisation gives and receives: agreed and paid amounts."""

    gives: list[Entry]
    receives: list[Entry]


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


def agreement_part(
    registry: Registry,
    as_of: date,
    one: Agreement,
    entries: tuple[Entry, ...],
    links: Links,
    words: Words,
) -> RecordPart:
    """Return an agreement's section; `entries` are all its money, planned included."""
    now = status(one, as_of, registry.settings.expiring_within)
    recorded = [
        (name, cell)
        for name, cell in terms(registry, as_of, one)
        if cell and name not in _ELSEWHERE
    ]
    documents = references(one)
    titles = {str(row[0]): str(row[1]) for row in documents.rows}
    as_recorded = replace(_MONEY, replaced={"as": lambda text: _with_document(text, titles)})
    unpaid = {"open": words("unpaid")}
    paid = replace(_MONEY, replaced={"paid": lambda text: unpaid.get(text, text)})
    grids = (
        _parties(registry, one, links, words),
        *_sums(registry, as_of, entries, "source", links, words, "money by year", depth=2),
        grid_of(money_recorded(registry, one), words, words("Funding as recorded"), as_recorded),
        grid_of(payments(registry, one), words, words("Payments"), paid),
        grid_of(coming(one, as_of), words, words("Deadlines"), _DEADLINES),
        _milestones(one, words),
        _decisions(one, words),
        _contacts(registry, one, links, words),
        _documents(one, words),
    )
    facts = (*_own_facts(one, words), *_facts(registry, recorded, links, words))
    return RecordPart(
        links.of(one),
        registry.title(one),
        ((now, words(now)), ("", words(one.form or one.kind))),
        one.summary or "",
        one.path,
        facts,
        tuple(grid for grid in grids if grid.lines),
    )


def organisation_part(
    registry: Registry,
    as_of: date,
    one: Organisation,
    money: Money,
    named_in: Sequence[tuple[Agreement, tuple[str, ...]]],
    links: Links,
    words: Words,
) -> RecordPart:
    """Return an organisation's section; `named_in` are the agreements that name it, and as what."""
    left_out = {"id", "file", "summary", "type"}
    facts = [
        (name, cell)
        for name, cell in organisation_facts(registry, one)
        if cell and name not in left_out
    ]
    gives, receives = tuple(money.gives), tuple(money.receives)
    grids = (
        _takes_part_in(registry, as_of, named_in, links, words),
        *_sums(registry, as_of, gives, "recipient", links, words, "gives", depth=1),
        *_sums(registry, as_of, receives, "source", links, words, "receives", depth=1),
        _documents(one, words),
    )
    return RecordPart(
        f"organisation/{one.id}",
        one.name,
        (("", words(one.type or "other")),),
        one.summary or "",
        one.path,
        tuple(_facts(registry, facts, links, words)),
        tuple(grid for grid in grids if grid.lines),
    )


_DEADLINES = Look(told=frozenset({"event", "if_nothing"}))
_MONEY = Look(told=frozenset({"time", "amount", "due"}))


def _sums(
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


def _parties(registry: Registry, one: Agreement, links: Links, words: Words) -> Grid:
    rows = [
        (_organisation(registry, organisation, links), Item(words(role)))
        for role, organisation in (("member", one.member), ("network", one.network))
        if organisation
    ]
    for party in one.parties:
        owner = registry.organisations.get(party.organisation)
        known = owner.units if owner else {}
        units = [known[unit].name if unit in known else unit for unit in party.units]
        dates = (party.from_, party.to, party.signed)
        row = (
            _organisation(registry, party.organisation, links),
            Item(words(party.role or "party")),
            Item(", ".join(units)),
            *(Item(words.told(day.text) if day else "") for day in dates),
        )
        rows.append(row)  # type: ignore[arg-type]
    heads = ("Organisation", "Role", "Units", "From", "Until", "Signed")
    return _grid("Parties", heads, rows, words)


def _milestones(one: Agreement, words: Words) -> Grid:
    rows = [
        (
            Item(each.title or each.id),
            Item(words.told(each.due.text)),
            Item(words.told(each.done.text) if each.done else words("not done")),
            Item(words(each.kind) if each.kind else ""),
        )
        for each in one.milestones
    ]
    return _grid("Milestones", ("milestone", "Due", "Done", "kind"), rows, words)


def _decisions(one: Agreement, words: Words) -> Grid:
    rows = [
        (
            Item(words.told(each.date.text)),
            Item(each.body or ""),
            Item(words(f"decision {each.kind}") if each.kind else ""),
            Item(each.number or ""),
            Item(each.summary or ""),
            Item(words.told(each.end.text) if each.end else ""),
        )
        for each in one.decisions
    ]
    heads = ("Date", "Body", "kind", "Number", "summary", "Until")
    return _grid("Decisions", heads, rows, words)


def _contacts(registry: Registry, one: Agreement, links: Links, words: Words) -> Grid:
    rows = [
        (
            Item(each.role or ""),
            Item(each.name or ""),
            _owner(registry, each.organisation, links) if each.organisation else Item(""),
        )
        for each in one.contacts
    ]
    return _grid("Contacts", ("Role", "name", "Organisation"), rows, words)


def _grid(title: str, heads: Sequence[str], rows: Sequence[Sequence[Item]], words: Words) -> Grid:
    """Return rows under headings, without the columns that are empty."""
    whole = [(*row, *(Item(""),) * (len(heads) - len(row))) for row in rows]
    used = [place for place in range(len(heads)) if any(row[place].text for row in whole)]
    return Grid(
        words(title),
        tuple(Head(words(heads[place])) for place in used),
        tuple(Line(tuple(row[place] for place in used)) for row in whole),
    )


def _organisation(registry: Registry, identity: str, links: Links) -> Item:
    return Item(registry.name(identity), record=links.organisation(identity))


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
    links: Links,
    words: Words,
) -> Grid:
    within = registry.settings.expiring_within
    heads = tuple(Head(words(text)) for text in ("Agreement", "Status", "Role"))
    lines = [
        Line(
            (
                Item(registry.title(one), record=links.of(one)),
                Item(words(status(one, as_of, within))),
                Item(", ".join(words(f"as {role}" if role in _PLACES else role) for role in roles)),
            )
        )
        for one, roles in named_in[:_MOST_SHOWN]
    ]
    more = len(named_in) - len(lines)
    footer = (Line((Item(words("and more", count=more)), Item(""), Item(""))),) if more else ()
    return Grid(words("takes part in"), heads, tuple(lines), footer)


_OF_RECORDS = frozenset({"follows", "followed by", "renewed by"})
_OF_ORGANISATIONS = frozenset({"responsible", "part of"})
_PLACES = frozenset(
    {"parties", "source", "recipient", "to", "milestones", "contacts", "case_numbers"}
)
"""Where an agreement names an organisation without giving it a role."""


def _own_facts(one: Agreement, words: Words) -> tuple[Fact, ...]:
    """Return the facts that are put into words: lengths, renewal, an early end, who takes part."""
    found: list[tuple[str, str]] = []
    if one.period.length:
        found.append(("length", words.duration(one.period.length)))
    if one.ended:
        parts = (words.told(one.ended.date.text), words(one.ended.reason or ""), one.ended.note)
        found.append(("ended", ", ".join(filter(None, parts))))
    if one.notice:
        found.append(("notice period", words.duration(one.notice)))
    renewal = one.renewal
    if renewal:
        told = (
            words(renewal.mode or ""),
            words.duration(renewal.term) if renewal.term else "",
            words("at most", times=renewal.times) if renewal.times is not None else "",
            words("not past", day=renewal.until.text) if renewal.until else "",
            words("decide by", day=renewal.decide_on.text) if renewal.decide_on else "",
            words("decide before", length=words.duration(renewal.decide_before))
            if renewal.decide_before
            else "",
        )
        found.append(("renewal", ", ".join(filter(None, told))))
    if one.participants:
        counts = (
            ("organisations", one.participants.organisations),
            ("people", one.participants.people),
        )
        stated = [f"{words(name)}: {count}" for name, count in counts if count is not None]
        found.append(("participants", ", ".join(stated)))
    return tuple(Fact(words(name), (Item(text),)) for name, text in found)


def _facts(
    registry: Registry, facts: Iterable[tuple[str, Cell]], links: Links, words: Words
) -> tuple[Fact, ...]:
    found = []
    for name, cell in facts:
        texts = cell if isinstance(cell, tuple) else (str(cell),)
        if name in _OF_RECORDS:
            items = [Item(registry.name_of(text), record=links.agreement(text)) for text in texts]
        elif name in _OF_ORGANISATIONS:
            items = [_owner(registry, text, links) for text in texts]
        elif name == "website":
            items = [Item(text, url=text) for text in texts]
        else:
            told = name in _TOLD
            items = [Item(words.told(text) if told else text) for text in texts]
        found.append(Fact(words.told(name), tuple(items)))
    return tuple(found)


def _owner(registry: Registry, text: str, links: Links) -> Item:
    organisation, _, unit = text.partition("/")
    return Item(
        registry.unit_name(organisation, unit or None), record=links.organisation(organisation)
    )
