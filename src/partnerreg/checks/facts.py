"""Per-record facts that registry rules need; serialisable, so that they can be cached.

A rule over the registry (PR3xx) sees no records, only facts: so much is known of every file,
also of one that is not read again because its bytes are in the cache.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from partnerreg.base.collation import folded
from partnerreg.base.layout import Place
from partnerreg.base.problems import Path
from partnerreg.calc.status import known_start
from partnerreg.calc.term import is_tacit, nth_end
from partnerreg.model.dates import PartialDate
from partnerreg.model.organisation_links import Mention, organisations_named
from partnerreg.model.records import Agreement, Organisation, Record
from partnerreg.model.registry import RegistryIds


class Case(Struct, frozen=True, array_like=True, gc=False):
    """A case number: its position in the record, whose it is, and the number without case."""

    index: int
    organisation: str | None
    number: str


class Membership(Struct, frozen=True, array_like=True, gc=False):
    """A membership that holds or held: when it began and ended, as exactly as that is known.

    It began between `first` and `last_start` and ended between `first_end` and `last`, all
    inclusive. One that nobody ended holds to the end of time.
    """

    member: str
    network: str
    first: date
    last_start: date
    first_end: date
    last: date


class Waiting(Struct, frozen=True, array_like=True, gc=False):
    """A planned agreement: its stage, and the last day of its latest known step."""

    stage: str
    since: date


class Facts(Struct, frozen=True, omit_defaults=True, array_like=True, gc=False):
    """What one record says that concerns others; a field that does not apply is None or empty.

    `mentions` are the organisations it names, `founders` ids or names, `units` an organisation's
    slugs (None for an agreement). `name` has no case and no accents; `country` is ISO 3166-1.
    `parties` are told where there are case numbers. `identifiers` are position, scheme, and the
    number without spaces and hyphens. `dissolved` is an organisation's last day. `party_spans` say
    where a party stands, and the last day (inclusive) on which it is one, `done` what was signed,
    checked or paid and the first day that may be meant. `accepted` are codes of rules.
    """

    mentions: tuple[Mention, ...] = ()
    founders: tuple[str, ...] = ()
    units: tuple[str, ...] | None = None
    name: str | None = None
    country: str | None = None
    follows: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()
    parties: tuple[str, ...] = ()
    identifiers: tuple[tuple[int, str, str], ...] = ()
    dissolved: date | None = None
    succeeded_by: tuple[str, ...] = ()
    party_spans: tuple[tuple[Path, str, date], ...] = ()
    done: tuple[tuple[Path, date], ...] = ()
    accepted: tuple[str, ...] = ()
    membership: Membership | None = None
    waiting: Waiting | None = None


class RegistryFacts(RegistryIds, Struct, frozen=True, dict=True):
    """The files of a registry and the facts of their records, both in the order of paths.

    `facts` holds only records that could be built; the second of two organisations of one id is
    left out. `invalid` names the files with an error of their own. `today` is the day it really is,
    whatever the as-of day; without it nothing lies in the future.
    """

    places: Sequence[Place]
    facts: Sequence[tuple[Place, Facts]]
    invalid: frozenset[str]
    today: date = date.max

    def __iter__(self) -> Iterator[tuple[Place, Facts]]:
        return iter(self.facts)


def facts_of(record: Record) -> Facts:
    """Return a record's facts."""
    mentions = tuple(organisations_named(record))
    if isinstance(record, Organisation):
        return Facts(
            mentions=mentions,
            founders=record.network.founded_by if record.network else (),
            units=tuple(record.units),
            name=folded(record.name),
            country=record.country,
            identifiers=tuple(
                (one.index, one.scheme, re.sub(r"[\s-]", "", folded(one.id)))
                for one in record.identifiers
            ),
            dissolved=record.dissolved.last if record.dissolved else None,
            succeeded_by=record.succeeded_by,
            accepted=tuple(one.rule for one in record.accepted),
        )
    return Facts(
        mentions=mentions,
        follows=record.follows,
        cases=tuple(
            Case(case.index, case.organisation, folded(case.number)) for case in record.case_numbers
        ),
        parties=record.organisations if record.case_numbers else (),
        party_spans=tuple(_party_spans(record)),
        done=tuple(_done(record)),
        accepted=tuple(one.rule for one in record.accepted),
        membership=_membership(record),
        waiting=_waiting(record),
    )


def _party_spans(record: Agreement) -> Iterator[tuple[Path, str, date]]:
    """Yield until when somebody is a party, where that is known; at least on the first day."""
    ended = record.ended.date if record.ended else None
    last = ended.last if ended else _last_day(record)
    if last is None:
        goes_on = not ended and (record.end.is_open or record.end.is_known)
        last = date.max if goes_on else record.period.start.first
    if last is None or record.stage == "declined":
        return
    for key, organisation in (("member", record.member), ("network", record.network)):
        if organisation:
            yield (key,), organisation, last
    for party in record.parties:
        if party.organisation and not (party.to and party.to.last is None):
            until = min(party.to.last, last) if party.to and party.to.last else last
            yield ("parties", party.index, "organisation"), party.organisation, until


def _done(record: Agreement) -> Iterator[tuple[Path, date]]:
    """Yield what is recorded as done: signatures, the last check, payments."""
    dates: list[tuple[Path, PartialDate | None]] = [
        (("signed",), record.signed),
        (("checked",), record.checked),
    ]
    dates += [(("parties", one.index, "signed"), one.signed) for one in record.parties]
    dates += [
        (("funding", "lines", line.index, "payments", one.index, "paid"), one.paid)
        for line in record.lines
        for one in line.payments
    ]
    for where, day in dates:
        if day and day.first:
            yield where, day.first


def _membership(record: Agreement) -> Membership | None:
    if record.stage not in {"admitted", "suspended"} or not (record.member and record.network):
        return None
    start, ended = known_start(record), record.ended.date if record.ended else None
    end, last = record.end, _last_day(record) or date.max
    first_end = (end.first if end.last == last else None) or last
    if ended:
        # An end on an unknown day may lie anywhere before the recorded one.
        first_end = min(first_end, ended.first or start.first or date.min)
        last = min(last, ended.last or date.max)
    first = start.first or date.min
    return Membership(
        record.member, record.network, first, min(start.last or last, last), first_end, last
    )


def _last_day(record: Agreement) -> date | None:
    """Return the last day of a period that does not renew tacitly; None where it may go on."""
    if not is_tacit(record):
        return record.end.last
    never = record.renewal is not None and record.renewal.times == 0
    return nth_end(record, 0) if never else None


def _waiting(record: Agreement) -> Waiting | None:
    if not record.is_planned:
        return None
    steps = [record.decided, record.applied, record.signed]
    steps += [decision.date for decision in record.decisions]
    days = [step.last for step in steps if step and step.last]
    return Waiting(record.stage, max(days)) if days else None
