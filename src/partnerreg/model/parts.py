"""The parts of a record that are neither money nor the record itself.

List items keep the position that they have in their file (`index`, from 0).
"""

from dataclasses import dataclass

from partnerreg.model.dates import UNKNOWN, Duration, PartialDate


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number in a public register: an org-id.guide scheme and the id in it."""

    index: int
    scheme: str
    id: str


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
