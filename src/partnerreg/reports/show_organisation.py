"""Show an organisation in full, and the agreements that name it."""

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from partnerreg.calc.status import status
from partnerreg.model.organisation_links import organisations_named
from partnerreg.model.parts import Network
from partnerreg.model.records import Agreement, Organisation
from partnerreg.model.registry import Registry
from partnerreg.output.report import Cell, Column, Report, Table
from partnerreg.reports.filters import Filters
from partnerreg.reports.recorded import HEADS, as_recorded, references
from partnerreg.reports.totals.dimensions import Grouping
from partnerreg.reports.totals.report import totals
from partnerreg.reports.totals.selection import MoneySelection

_MOST_SHOWN = 50
"""Agreements that people see; JSON has all."""


def show_organisation(registry: Registry, as_of: date, one: Organisation) -> Report:
    """Return everything about an organisation."""
    table = Table(HEADS, tuple(fact for fact in facts(registry, one) if fact[1]))
    within = registry.settings.expiring_within
    pointing = [
        (
            registry.title(record),
            status(record, as_of, within),
            ", ".join(roles),
            record.id,
        )
        for record in registry.agreements
        for roles in [roles_of(record).get(one.id)]
        if roles
    ]
    heads = (
        Column("title", "Agreement", wrap=True),
        Column("status", "Status"),
        Column("as", "As", wrap=True),
        Column("id", "Id"),
    )
    agreements = Table(heads, tuple(pointing), title="Takes part in")
    shown = agreements
    more = len(pointing) - _MOST_SHOWN
    if more > 0:
        option = "--network" if one.type == "network" else "--party"
        footer = (f"and {more} more: partnerreg list {option} {one.id}", "", "", "")
        shown = Table(heads, tuple(pointing[:_MOST_SHOWN]), "Takes part in", (footer,))
    documents = references(one)
    gives = _money(registry, as_of, "recipient", Filters(source=(one.id,)))
    receives = _money(registry, as_of, "source", Filters(recipient=(one.id,)))
    money = [
        replace(table, title=f"{words}, {table.title}")
        for words, report in (("Gives", gives), ("Receives", receives))
        for table in report.shown
    ]
    views = (table, shown, *money, *((documents,) if documents.rows else ()))
    extra = {
        "agreements": agreements,
        "gives": gives.table,
        "receives": receives.table,
        "references": documents,
    }
    return Report(
        one.name,
        table,
        tuple(dict.fromkeys((*gives.notes, *receives.notes))),
        views,
        failed=one.path in registry.invalid,
        extra=extra,
    )


def _money(registry: Registry, as_of: date, by: str, filters: Filters) -> Report:
    """Return the agreed and paid money from or to an organisation, by whom and year."""
    wanted = MoneySelection(filters=filters)
    return totals(registry, as_of, grouping=Grouping(by, 1), wanted=wanted)


def facts(registry: Registry, one: Organisation) -> Iterator[tuple[str, Cell]]:
    """Yield what a record says of an organisation, by name; empty where it says nothing."""
    network = one.network or Network()
    stated = network.members_stated
    yield "id", one.id
    yield "file", one.path
    yield "type", one.type
    yield "country", one.country
    for language, name in one.names.items():
        yield f"name ({language})", name
    yield "other names", one.other_names
    yield "part of", one.part_of
    yield "dissolved", one.dissolved.text if one.dissolved else None
    yield "succeeded by", tuple(f"{registry.name(each)} ({each})" for each in one.succeeded_by)
    before = registry.predecessors.get(one.id, ())
    yield "successor of", tuple(f"{each.name} ({each.id})" for each in before)
    for slug, unit in one.units.items():
        yield "unit", f"{unit.name} ({one.id}/{slug})"
    for number in one.identifiers:
        yield number.scheme, number.id
    yield "founded", network.founded.text if network.founded else None
    yield "founded by", tuple(map(registry.name, network.founded_by))
    yield "members stated", None if stated is None else str(stated)
    yield "website", one.website
    yield from as_recorded(one, ("summary", "network.commitments"))
    for key, text in one.labels.items():
        yield f"label {key}", text
    yield "notes", one.notes
    for each in one.accepted:
        yield "accepted", f"{each.rule}: {each.reason}"


def roles_of(record: Agreement) -> dict[str, tuple[str, ...]]:
    """Return as what an agreement names each organisation."""
    roles = {party.index: party.role for party in record.parties}
    found: dict[str, dict[str, None]] = {}
    for where, name, _ in organisations_named(record):
        index = where[1] if where[0] == "parties" and isinstance(where[1], int) else None
        role = roles.get(index) if index is not None else None
        word = role or str(where[0] if where[0] != "funding" else where[-1])
        found.setdefault(name, {})[word] = None
    return {name: tuple(words) for name, words in found.items()}
