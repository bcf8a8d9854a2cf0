"""An agreement's section of the page."""

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from partnerreg.calc.entry import Entry
from partnerreg.calc.status import status
from partnerreg.export.page.grid import Grid, Head, Item, Line, Look, grid_of
from partnerreg.export.page.links import Links
from partnerreg.export.page.record_part import (
    Fact,
    RecordPart,
    documents,
    facts_of,
    organisation_item,
    owner_item,
    sums,
)
from partnerreg.export.page.words import Words
from partnerreg.model.records import Agreement
from partnerreg.model.registry import Registry
from partnerreg.reports.recorded import references
from partnerreg.reports.show_agreement import coming, money_recorded, payments, terms

_ELSEWHERE = frozenset(
    {"milestone", "contacts", "decisions", "participants", "ended", "renewal", "length", "notice"}
)
"""Facts that are told in another way: as tables, or with their words translated."""


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
    written = references(one)
    titles = {str(row[0]): str(row[1]) for row in written.rows}
    as_recorded = replace(_MONEY, replaced={"as": lambda text: _with_document(text, titles)})
    unpaid = {"open": words("unpaid")}
    paid = replace(_MONEY, replaced={"paid": lambda text: unpaid.get(text, text)})
    grids = (
        _parties(registry, one, links, words),
        *sums(registry, as_of, entries, "source", links, words, "money by year", depth=2),
        grid_of(money_recorded(registry, one), words, words("Funding as recorded"), as_recorded),
        grid_of(payments(registry, one), words, words("Payments"), paid),
        grid_of(coming(one, as_of), words, words("Deadlines"), _DEADLINES),
        _milestones(one, words),
        _decisions(one, words),
        _contacts(registry, one, links, words),
        documents(one, words),
    )
    facts = (*_own_facts(one, words), *facts_of(registry, recorded, links, words))
    return RecordPart(
        links.of(one),
        registry.title(one),
        ((now, words(now)), ("", words(one.form or one.kind))),
        one.summary or "",
        one.path,
        facts,
        tuple(grid for grid in grids if grid.lines),
    )


_DEADLINES = Look(told=frozenset({"event", "if_nothing"}))
_MONEY = Look(told=frozenset({"time", "amount", "due"}))


def _parties(registry: Registry, one: Agreement, links: Links, words: Words) -> Grid:
    rows = [
        (organisation_item(registry, organisation, links), Item(words(role)))
        for role, organisation in (("member", one.member), ("network", one.network))
        if organisation
    ]
    for party in one.parties:
        owner = registry.organisations.get(party.organisation)
        known = owner.units if owner else {}
        units = [known[unit].name if unit in known else unit for unit in party.units]
        dates = (party.from_, party.to, party.signed)
        row = (
            organisation_item(registry, party.organisation, links),
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
            owner_item(registry, each.organisation, links) if each.organisation else Item(""),
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


def _with_document(text: str, titles: dict[str, str]) -> str:
    """Return what a line is recorded as, with the title of its document instead of the id."""
    before, comma, last = text.rpartition(", ")
    return f"{before}{comma}{titles[last]}" if last in titles else text


def _own_facts(one: Agreement, words: Words) -> tuple[Fact, ...]:
    """Return the facts that are put into words: lengths, renewal, an early end, who takes part."""
    found: list[tuple[str, str]] = []
    if one.period.length:
        found.append(("length", words.duration(one.period.length)))
    if one.ended:
        reason = words(one.ended.reason) if one.ended.reason else ""
        parts = (words.told(one.ended.date.text), reason, one.ended.note)
        found.append(("ended", ", ".join(filter(None, parts))))
    if one.notice:
        found.append(("notice period", words.duration(one.notice)))
    renewal = one.renewal
    if renewal:
        told = (
            words(renewal.mode) if renewal.mode else "",
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
