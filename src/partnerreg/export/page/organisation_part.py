"""An organisation's section of the page."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from partnerreg.calc.entry import Entry
from partnerreg.calc.status import status
from partnerreg.export.page.grid import Grid, Head, Item, Line
from partnerreg.export.page.links import Links
from partnerreg.export.page.record_part import RecordPart, documents, facts_of, sums
from partnerreg.export.page.words import Words
from partnerreg.model.records import Agreement, Organisation
from partnerreg.model.registry import Registry
from partnerreg.reports.show_organisation import facts as organisation_facts

_MOST_SHOWN = 50
"""Agreements of an organisation that are listed; the table of agreements has all."""


class Money(Struct, frozen=True):
    """What an organisation gives and receives: agreed and paid amounts."""

    gives: list[Entry]
    receives: list[Entry]


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
        *sums(registry, as_of, gives, "recipient", links, words, "gives", depth=1),
        *sums(registry, as_of, receives, "source", links, words, "receives", depth=1),
        documents(one, words),
    )
    return RecordPart(
        f"organisation/{one.id}",
        one.name,
        (("", words(one.type or "other")),),
        one.summary or "",
        one.path,
        tuple(facts_of(registry, facts, links, words)),
        tuple(grid for grid in grids if grid.lines),
    )


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


_PLACES = frozenset(
    {"parties", "source", "recipient", "to", "milestones", "contacts", "case_numbers"}
)
"""Where an agreement names an organisation without giving it a role."""
