"""List the organisations that a record refers to, and where."""

from partnerreg.base.problems import Path
from partnerreg.model.records import Agreement, Record

Mention = tuple[Path, str, str | None]
"""Where, the organisation's id, and the unit's slug where one is named."""


def organisations_named(record: Record) -> list[Mention]:
    """Return every mention of an organisation in a record.

    Founders are no mentions: they may be names as well as ids.
    """
    if isinstance(record, Agreement):
        return _of_agreement(record)
    found: list[Mention] = [(("part_of",), record.part_of, None)] if record.part_of else []
    found += [
        (("succeeded_by", place), successor, None)
        for place, successor in enumerate(record.succeeded_by)
    ]
    return found


def _of_agreement(agreement: Agreement) -> list[Mention]:
    found: list[Mention] = []

    def add(where: Path, named: str | None) -> None:
        if named:
            organisation, _, unit = named.partition("/")
            found.append((where, organisation, unit or None))

    if agreement.member:
        found.append((("member",), agreement.member, None))
    if agreement.network:
        found.append((("network",), agreement.network, None))
    for party in agreement.parties:
        if not party.organisation:
            continue  # misspelt: the schema says so
        found.append((("parties", party.index, "organisation"), party.organisation, None))
        for place, unit in enumerate(party.units):
            found.append((("parties", party.index, "units", place), party.organisation, unit))
    add(("responsible",), agreement.responsible)
    for case in agreement.case_numbers:
        add(("case_numbers", case.index, "organisation"), case.organisation)
    for line in agreement.lines:
        add(("funding", "lines", line.index, "source"), line.source)
        recipient = line.named_recipient
        if recipient and recipient != agreement.network:
            found.append((("funding", "lines", line.index, line.recipient_key), recipient, None))
    for milestone in agreement.milestones:
        add(("milestones", milestone.index, "responsible"), milestone.responsible)
    for contact in agreement.contacts:
        add(("contacts", contact.index, "organisation"), contact.organisation)
    return found
