"""The registry's records as frozen values, built from files that passed their schema.

Every date is a `PartialDate`, every amount a `Decimal` in its own currency or None where the
document does not say. List items keep the position that they have in their file, so that a
finding leads back to it.
"""

from dataclasses import dataclass
from typing import Literal

from partnerreg.model.dates import Duration, PartialDate
from partnerreg.model.funding_lines import Line, Money
from partnerreg.model.parts import (
    CaseNumber,
    Contact,
    Decision,
    Ended,
    Identifier,
    Milestone,
    Party,
    Period,
    Reference,
    Renewal,
)

NINETY_DAYS = Duration(0, 90)

AgreementKind = Literal["partnership", "membership"]


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
    references: tuple[Reference, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    kind: Literal["organisation"] = "organisation"

    @property
    def all_names(self) -> tuple[str, ...]:
        """Every name it goes by, the official one first."""
        return (self.name, *(name for _, name in self.names), *self.other_names)


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


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for the whole registry; `expiring_within` is counted from the as-of day."""

    title: str = ""
    currency: str | None = None
    expiring_within: Duration = NINETY_DAYS
