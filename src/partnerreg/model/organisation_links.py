"""List the organisations that a record refers to, and where."""

from collections.abc import Iterator

from partnerreg.base.problems import Path
from partnerreg.model.records import Agreement, Organisation, Record

Mention = tuple[Path, str, str | None]
"""Where, the organisation's id, and the unit's slug where one is named."""


def organisations_named(record: Record) -> Iterator[Mention]:
    """Yield every mention of an organisation in a record.

    Founders are no mentions: they may be names as well as ids.
    """
    if isinstance(record, Organisation):
        if record.part_of:
            yield ("part_of",), record.part_of, None
        for place, successor in enumerate(record.succeeded_by):
            yield ("succeeded_by", place), successor, None
        return
    yield from _of_agreement(record)


def _of_agreement(agreement: Agreement) -> Iterator[Mention]:
    for key, organisation in (("member", agreement.member), ("network", agreement.network)):
        if organisation:
            yield (key,), organisation, None
    for party in agreement.parties:
        if not party.organisation:
            continue  # misspelt: the schema says so
        where: Path = ("parties", party.index)
        yield (*where, "organisation"), party.organisation, None
        for place, unit in enumerate(party.units):
            yield (*where, "units", place), party.organisation, unit
    yield from _organisation_or_unit(("responsible",), agreement.responsible)
    for case in agreement.case_numbers:
        where = ("case_numbers", case.index, "organisation")
        yield from _organisation_or_unit(where, case.organisation)
    for line in agreement.lines:
        where = ("funding", "lines", line.index)
        yield from _organisation_or_unit((*where, "source"), line.source)
        recipient = line.named_recipient
        if recipient and recipient != agreement.network:
            yield (*where, line.recipient_key), recipient, None
    for milestone in agreement.milestones:
        where = ("milestones", milestone.index, "responsible")
        yield from _organisation_or_unit(where, milestone.responsible)
    for contact in agreement.contacts:
        yield from _organisation_or_unit(
            ("contacts", contact.index, "organisation"), contact.organisation
        )


def _organisation_or_unit(where: Path, named: str | None) -> Iterator[Mention]:
    if named:
        organisation, _, unit = named.partition("/")
        yield where, organisation, unit or None
