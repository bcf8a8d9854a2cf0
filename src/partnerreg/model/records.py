"""The registry's records as frozen structs: every field of the schemas, in their order.

They are built from files that passed their schema (`build.record`), and `build.data_of` gives
back what a file says, so that no report reads YAML a second time.
"""

from typing import Literal, get_args

from msgspec import Struct

from partnerreg.model.dates import Duration, PartialDate, end_of
from partnerreg.model.parts import (
    Accepted,
    Budget,
    CaseNumber,
    Contact,
    Decision,
    Ended,
    Funding,
    Identifier,
    Line,
    Milestone,
    Money,
    Network,
    NoticeTo,
    Participants,
    Party,
    Period,
    Reference,
    Renewal,
    Suspension,
    Unit,
    Vat,
)

NINETY_DAYS = Duration(0, 90, "P90D")
_NO_PERIOD = Period()

AgreementKind = Literal["partnership", "membership"]
Stage = Literal["planned", "applied", "agreed", "admitted", "suspended", "declined"]
STAGES: tuple[Stage, ...] = get_args(Stage)


class Organisation(Struct, frozen=True, omit_defaults=True, gc=False):
    """A municipality, association, network or other body; `id` and `path` are its file's."""

    id: str
    path: str
    kind: Literal["organisation"] = "organisation"
    name: str = ""
    type: str | None = None
    names: dict[str, str] = {}
    other_names: tuple[str, ...] = ()
    summary: str | None = None
    country: str | None = None
    part_of: str | None = None
    dissolved: PartialDate | None = None
    succeeded_by: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    units: dict[str, Unit] = {}
    network: Network | None = None
    website: str | None = None
    references: tuple[Reference, ...] = ()
    labels: dict[str, str] = {}
    notes: str | None = None
    accepted: tuple[Accepted, ...] = ()

    def __hash__(self) -> int:
        return hash(self.path)

    @property
    def all_names(self) -> tuple[str, ...]:
        """Every name it goes by, the official one first."""
        return (self.name, *self.names.values(), *self.other_names)


class Agreement(Struct, frozen=True, omit_defaults=True, gc=False):
    """A partnership or a membership; `id` and `path` are its file's.

    `registry_currency` (ISO 4217) is the settings', meant where the record names none.
    """

    id: str
    path: str
    kind: AgreementKind = "partnership"
    registry_currency: str | None = None
    member: str | None = None
    network: str | None = None
    title: str | None = None
    summary: str | None = None
    form: str | None = None
    stage: Stage = "agreed"
    category: str | None = None
    decided: PartialDate | None = None
    applied: PartialDate | None = None
    admitted: PartialDate | None = None
    parties: tuple[Party, ...] = ()
    participants: Participants | None = None
    working_groups: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    signed: PartialDate | None = None
    period: Period = _NO_PERIOD
    ended: Ended | None = None
    suspended: tuple[Suspension, ...] = ()
    notice: Duration | None = None
    notice_to: NoticeTo = "any-day"
    renewal: Renewal | None = None
    follows: tuple[str, ...] = ()
    responsible: str | None = None
    case_numbers: tuple[CaseNumber, ...] = ()
    decisions: tuple[Decision, ...] = ()
    funding: Funding | None = None
    milestones: tuple[Milestone, ...] = ()
    contacts: tuple[Contact, ...] = ()
    references: tuple[Reference, ...] = ()
    checked: PartialDate | None = None
    labels: dict[str, str] = {}
    notes: str | None = None
    accepted: tuple[Accepted, ...] = ()

    def __hash__(self) -> int:
        return hash(self.path)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The funding lines: who pays what."""
        return self.funding.lines if self.funding else ()

    @property
    def budget(self) -> tuple[Budget, ...]:
        """The totals that documents state."""
        return self.funding.budget if self.funding else ()

    @property
    def money(self) -> tuple[Money, ...]:
        """Every funding line and budget row."""
        return (*self.funding.lines, *self.funding.budget) if self.funding else ()

    @property
    def end(self) -> PartialDate:
        """The end of the period, as recorded, else where its length leads to.

        The length counts from the start or, where that is unknown, from the signature.
        """
        recorded, length = self.period.end, self.period.length
        if length is None or not recorded.is_unknown:
            return recorded
        start = self.period.start
        return end_of(start if start.is_known else self.signed or start, length)

    def vat_of(self, money: Money) -> Vat | None:
        """Return whether VAT is in a line or row: as it says itself, else as the funding says."""
        return money.vat or (self.funding.vat if self.funding else None)

    def currency_of(self, money: Money) -> str | None:
        """Return the currency (ISO 4217) of a line or row: its own, the funding's, the registry's.

        None where none of the three names one (PR218).
        """
        if money.currency:
            return money.currency
        return (self.funding.currency if self.funding else None) or self.registry_currency

    def recipient_of(self, line: Line) -> str | None:
        """Return who receives a line's money: as the line says, else `usual_recipient`."""
        return line.named_recipient or self.usual_recipient(line.source_organisation)

    def usual_recipient(self, source: str | None) -> str | None:
        """Return who receives money of which the record does not say it.

        The only organisation among the parties with the role recipient, unless it is the source
        itself; else of a membership the network.
        """
        named = {one.organisation for one in self.parties if one.role == "recipient"}
        return named.pop() if len(named) == 1 and source not in named else self.network

    @property
    def is_planned(self) -> bool:
        """Whether it is not yet agreed or admitted, so that all its money is planned."""
        return self.stage in {"planned", "applied"}

    @property
    def organisations(self) -> tuple[str, ...]:
        """The parties' ids, each once; of a membership the member and the network first."""
        first = (self.member, self.network) if self.kind == "membership" else ()
        every = (*first, *(party.organisation for party in self.parties))
        return tuple(dict.fromkeys(name for name in every if name))


Record = Organisation | Agreement


class Settings(Struct, frozen=True, omit_defaults=True, gc=False):
    """What holds for the whole registry; `expiring_within` is counted from the as-of day."""

    title: str = ""
    currency: str | None = None
    expiring_within: Duration = NINETY_DAYS
    rules: dict[str, str] = {}
