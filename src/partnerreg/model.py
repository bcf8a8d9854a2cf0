"""The registry's records as frozen values, built from files that passed their schema.

Every date is a `PartialDate`, every amount a `Decimal` in its own currency or None where the
document does not say. List items keep the position that they have in their file, so that a
finding leads back to it.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from partnerreg.dates import UNKNOWN, Duration, PartialDate

FundingKind = Literal["cash", "in-kind"]
AgreementKind = Literal["partnership", "membership"]


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number in a public register: an org-id.guide scheme and the id in it."""

    index: int
    scheme: str
    id: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """A municipality, association, network or other body."""

    id: str
    path: str
    name: str
    type: str | None = None
    names: tuple[tuple[str, str], ...] = ()
    other_names: tuple[str, ...] = ()
    country: str | None = None
    part_of: str | None = None
    identifiers: tuple[Identifier, ...] = ()
    units: tuple[tuple[str, str], ...] = ()
    founded: PartialDate | None = None
    founded_by: tuple[str, ...] = ()
    members_stated: int | str | None = None
    website: str | None = None
    references: tuple["Reference", ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    kind: Literal["organisation"] = "organisation"

    @property
    def all_names(self) -> tuple[str, ...]:
        """Every name it goes by, the official one first."""
        return (self.name, *(name for _, name in self.names), *self.other_names)


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation in an agreement; `from_` and `to` are inclusive."""

    index: int
    organisation: str
    role: str | None = None
    units: tuple[str, ...] = ()
    from_: PartialDate | None = None
    to: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day of `start` through the last day of `end`."""

    start: PartialDate = UNKNOWN
    end: PartialDate = UNKNOWN
    stated: str | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """An end by somebody's act: `date` is the last day on which the agreement held."""

    date: PartialDate
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Renewal:
    """What happens at the end; `until` is inclusive."""

    mode: str | None = None
    term: Duration | None = None
    times: int | None = None
    until: PartialDate | None = None
    decide_by: PartialDate | Duration | None = None


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """A number in an organisation's own register of cases."""

    index: int
    number: str
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a board decided, and when."""

    index: int
    date: PartialDate = UNKNOWN
    kind: str | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """A thing to be done by the last day of `due`; open while `done` is None."""

    index: int
    id: str
    title: str | None = None
    due: PartialDate = UNKNOWN
    done: PartialDate | None = None
    responsible: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask: a person or an organisation."""

    index: int
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A document that a record rests on."""

    index: int
    id: str
    title: str
    publisher: str | None = None
    published: PartialDate | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class When:
    """When money belongs: one year, each year (`per` year) or the whole term (`per` term).

    `from_` and `to` are inclusive: years with `per` year, days with `per` term.
    """

    year: int | None = None
    per: Literal["year", "term"] | None = None
    from_: PartialDate | None = None
    to: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """A budget row, and what a funding line has besides: an amount, when, and who says so.

    `amount` is None where it is unknown. `kind` is None in a budget row that covers both.
    """

    index: int
    when: When
    amount: Decimal | None
    currency: str | None
    kind: FundingKind | None
    stated: str | None = None
    bound: str = "exact"
    reference: str | None = None
    note: str | None = None

    list_name = "budget"


@dataclass(frozen=True, slots=True)
class Line(Money):
    """A funding line: who pays (`source`, `unit`) how much to whom."""

    source: str = ""
    unit: str | None = None
    recipient: str | None = None
    stage: Literal["planned", "agreed", "paid"] = "agreed"
    what: str | None = None
    recipient_key: str = "recipient"

    list_name = "lines"


@dataclass(frozen=True, slots=True)
class Agreement:
    """A partnership or a membership."""

    id: str
    path: str
    kind: AgreementKind
    stage: str
    title: str | None = None
    summary: str | None = None
    form: str | None = None
    member: str | None = None
    network: str | None = None
    category: str | None = None
    decided: PartialDate | None = None
    applied: PartialDate | None = None
    admitted: PartialDate | None = None
    parties: tuple[Party, ...] = ()
    themes: tuple[str, ...] = ()
    signed: PartialDate | None = None
    period: Period = Period()
    ended: Ended | None = None
    notice: Duration | None = None
    renewal: Renewal | None = None
    follows: tuple[str, ...] = ()
    responsible: str | None = None
    case_numbers: tuple[CaseNumber, ...] = ()
    decisions: tuple[Decision, ...] = ()
    budget: tuple[Money, ...] = ()
    lines: tuple[Line, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    contacts: tuple[Contact, ...] = ()
    references: tuple[Reference, ...] = ()
    checked: PartialDate | None = None
    labels: tuple[tuple[str, str], ...] = ()

    @property
    def organisations(self) -> tuple[str, ...]:
        """The parties' ids, each once; of a membership the member and the network first."""
        first = (self.member, self.network) if self.kind == "membership" else ()
        every = (*first, *(party.organisation for party in self.parties))
        return tuple(dict.fromkeys(name for name in every if name))


Record = Organisation | Agreement


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for the whole registry; `expiring_within` is counted from the as-of day."""

    title: str = ""
    currency: str | None = None
    expiring_within: Duration = Duration(0, 90)
