"""Show an organisation in full, and the agreements that name it."""

from datetime import date

from partnerreg.calc.status import status
from partnerreg.model.organisation_links import organisations_named
from partnerreg.model.parts import Network
from partnerreg.model.records import Agreement, Organisation
from partnerreg.model.registry import Registry
from partnerreg.output.report import Cell, Column, Report, Table
from partnerreg.reports.recorded import HEADS, recorded

_PLAIN = ("summary", "network.commitments", "notes")
"""Shown as recorded, without words of our own."""


def show_organisation(registry: Registry, as_of: date, one: Organisation) -> Report:
    """Return everything about an organisation."""
    network = one.network or Network()
    stated = network.members_stated
    facts: list[tuple[str, Cell]] = [
        ("id", one.id),
        ("file", one.path),
        ("type", one.type),
        ("country", one.country),
        ("other names", tuple(one.all_names[1:])),
        ("part of", one.part_of),
        *(("unit", f"{unit.name} ({one.id}/{slug})") for slug, unit in one.units.items()),
        *((each.scheme, each.id) for each in one.identifiers),
        ("founded", network.founded.text if network.founded else None),
        ("founded by", tuple(map(registry.name, network.founded_by))),
        ("members stated", None if stated is None else str(stated)),
        ("website", one.website),
        *recorded(one, _PLAIN),
    ]
    table = Table(HEADS, tuple(fact for fact in facts if fact[1] not in {None, "", ()}))
    within = registry.settings.expiring_within
    pointing = [
        (
            registry.title(record),
            status(record, as_of, within),
            ", ".join(dict.fromkeys(roles)),
            record.id,
        )
        for record in registry.agreements
        for roles in [_roles(record, one.id)]
        if roles
    ]
    heads = (
        Column("title", "Agreement", wrap=True),
        Column("status", "Status"),
        Column("as", "As", wrap=True),
        Column("id", "Id"),
    )
    agreements = Table(heads, tuple(pointing), title="Takes part in")
    failed = one.path in registry.invalid
    extra = {"agreements": agreements}
    return Report(one.name, table, (), (table, agreements), failed=failed, extra=extra)


def _roles(record: Agreement, organisation: str) -> list[str]:
    """Return as what an agreement names an organisation."""
    roles = {party.index: party.role for party in record.parties}
    found = []
    for where, name, _ in organisations_named(record):
        if name == organisation:
            index = where[1] if where[0] == "parties" and isinstance(where[1], int) else None
            role = roles.get(index) if index is not None else None
            found.append(role or str(where[0] if where[0] != "funding" else where[-1]))
    return found
