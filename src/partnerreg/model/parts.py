"""The parts of a record as frozen structs, named and ordered as in the schemas.

Dates are `PartialDate`, lengths of time `Duration`, amounts `Decimal` in the currency's own
units. Nothing is inherited or worked out here: a field that the file leaves out has its default.
"""

from decimal import Decimal
from typing import ClassVar, Literal

from msgspec import Struct, field

from partnerreg.model import dates
from partnerreg.model.dates import UNKNOWN, UNSTATED, Duration, PartialDate

FundingKind = Literal["cash", "in-kind"]
FundingStage = Literal["planned", "agreed", "paid"]
Vat = Literal["included", "excluded", "exempt"]
NoticeTo = Literal["any-day", "month-end", "quarter-end", "half-year-end", "year-end"]
Bound = Literal["exact", "about", "at-least", "at-most"]

POSITION = "#"
"""The key under which an item of a list carries its position; no schema has such a key."""


class Part(Struct, frozen=True, omit_defaults=True, gc=False):
    """A mapping inside a record."""


class Item(Part, frozen=True):
    """A mapping in a list; `index` is its position in the file's list, from 0."""

    index: int = field(default=-1, name=POSITION)


class Identifier(Item, frozen=True):
    """A number in a public register: an org-id.guide scheme and the id in it."""

    scheme: str = ""
    id: str = ""


class Unit(Part, frozen=True):
    """A board or department of an organisation."""

    name: str = ""


class Network(Part, frozen=True):
    """What is known of an organisation that others join."""

    founded: PartialDate | None = None
    founded_by: tuple[str, ...] = ()
    members_stated: int | str | None = None
    commitments: tuple[str, ...] = ()


class Party(Item, frozen=True):
    """An organisation in an agreement; `from_` and `to` are inclusive."""

    organisation: str = ""
    role: str | None = None
    units: tuple[str, ...] = ()
    from_: PartialDate | None = field(default=None, name="from")
    to: PartialDate | None = None
    signed: PartialDate | None = None


class Participants(Part, frozen=True):
    """How many organisations and people take part: a number, or `over 40`."""

    organisations: int | str | None = None
    people: int | str | None = None


class Period(Part, frozen=True):
    """From the first day of `start` through the last day of `end`."""

    start: PartialDate = UNSTATED
    end: PartialDate = UNSTATED
    length: Duration | None = None
    stated: str | None = None


class Ended(Part, frozen=True):
    """An end by somebody's act: `date` is the last day on which the agreement held."""

    date: PartialDate = UNSTATED
    reason: str | None = None
    note: str | None = None


class Suspension(Item, frozen=True):
    """A time in which an agreement did not apply, both days inclusive.

    Without `to` it is until further notice.
    """

    from_: PartialDate = field(default=UNSTATED, name="from")
    to: PartialDate | None = None
    reason: str | None = None
    note: str | None = None


class Renewal(Part, frozen=True):
    """What happens at the end; `until` is inclusive."""

    mode: str | None = None
    term: Duration | None = None
    times: int | None = None
    until: PartialDate | None = None
    decide_by: int | str | None = None

    @property
    def decide_on(self) -> PartialDate | None:
        """The date by which an option must be taken up, where one is recorded."""
        return None if self.decide_before else _date(self.decide_by)

    @property
    def decide_before(self) -> Duration | None:
        """How long before the end an option must be taken up, where that is recorded."""
        text = str(self.decide_by)
        return dates.parse_duration(text) if text.startswith("P") else None


class CaseNumber(Item, frozen=True):
    """A number in an organisation's own register of cases."""

    organisation: str | None = None
    number: str = ""


class Decision(Item, frozen=True):
    """What a board or council decided, and when."""

    date: PartialDate = UNSTATED
    body: str | None = None
    kind: str | None = None
    number: str | None = None
    summary: str | None = None
    reference: str | None = None
    end: PartialDate | None = None


class Accepted(Item, frozen=True):
    """A rule (its code) whose warnings about the record are right to leave, and why."""

    rule: str = ""
    reason: str = ""


class Payment(Item, frozen=True, kw_only=True):
    """An instalment of a line's amount; open while `paid` is None. `amount` is None if unknown."""

    due: PartialDate = UNSTATED
    amount: Decimal | None
    paid: PartialDate | None = None
    condition: str | None = None

    @property
    def year(self) -> int | None:
        """The calendar year it falls due, else was paid; None where neither is known."""
        for day in (self.due, self.paid):
            if day and day.first and day.last and day.first.year == day.last.year:
                return day.first.year
        return None


class Budget(Item, frozen=True, kw_only=True):
    """A total that a document states, whoever pays.

    Exactly one of `year` and `per` is given. `from_` and `to` are inclusive: years with `per`
    year, days with `per` term. `amount` is None where it is unknown, `kind` where the row covers
    cash and in-kind; `currency` (ISO 4217) where the funding's own is meant.
    """

    year: int | None = None
    per: Literal["year", "term"] | None = None
    from_: PartialDate | None = field(default=None, name="from")
    to: PartialDate | None = None
    amount: Decimal | None
    currency: str | None = None
    vat: Vat | None = None
    kind: FundingKind | None = None
    stated: str | None = None
    bound: Bound = "exact"
    reference: str | None = None
    note: str | None = None

    list_name: ClassVar[str] = "budget"

    @property
    def until(self) -> PartialDate | None:
        """The last year or day (inclusive), where one is given."""
        return self.to


class Line(Item, frozen=True, kw_only=True):
    """Who pays how much to whom: `source` is an organisation, or organisation/unit.

    As `Budget`, but `to` may instead name the recipient: see `until` and `named_recipient`.
    """

    source: str = ""
    year: int | None = None
    per: Literal["year", "term"] | None = None
    from_: PartialDate | None = field(default=None, name="from")
    to: int | str | None = None
    recipient: str | None = None
    repayment: bool = False
    kind: FundingKind = "cash"
    what: str | None = None
    amount: Decimal | None
    currency: str | None = None
    vat: Vat | None = None
    share: Decimal | None = None
    stage: FundingStage = "agreed"
    stated: str | None = None
    bound: Bound = "exact"
    reference: str | None = None
    note: str | None = None
    payments: tuple[Payment, ...] = ()
    labels: dict[str, str] = {}

    list_name: ClassVar[str] = "lines"

    @property
    def source_organisation(self) -> str:
        """The organisation that pays, without its unit."""
        return self.source.partition("/")[0]

    @property
    def source_unit(self) -> str | None:
        """The slug of the unit that pays, where one is named."""
        return self.source.partition("/")[2] or None

    @property
    def until(self) -> PartialDate | None:
        """The last year or day (inclusive), where `to` is a date."""
        return _date(self.to) if dates.LOOKS_LIKE_DATE(str(self.to)) else None

    @property
    def named_recipient(self) -> str | None:
        """The organisation that the line itself says receives the money."""
        if self.recipient or self.to in {None, "unknown", "open"}:
            return self.recipient
        return None if dates.LOOKS_LIKE_DATE(str(self.to)) else str(self.to)

    @property
    def recipient_key(self) -> str:
        """The key under which the recipient is named."""
        return "recipient" if self.recipient else "to"


Money = Budget | Line
"""A budget row or a funding line: an amount, when, and who says so."""


class Funding(Part, frozen=True):
    """What an agreement costs (`budget`) and who pays (`lines`).

    `currency` (ISO 4217) and `vat` are meant where a row or line names none.
    """

    currency: str | None = None
    vat: Vat | None = None
    budget: tuple[Budget, ...] = ()
    lines: tuple[Line, ...] = ()


class Milestone(Item, frozen=True):
    """A thing to be done by the last day of `due`; open while `done` is None."""

    id: str = ""
    title: str | None = None
    kind: str | None = None
    due: PartialDate = UNSTATED
    done: PartialDate | None = None
    responsible: str | None = None


class Contact(Item, frozen=True):
    """Whom to ask: a person or an organisation."""

    role: str | None = None
    name: str | None = None
    organisation: str | None = None


class Reference(Item, frozen=True):
    """A document that a record rests on."""

    id: str = ""
    title: str = ""
    publisher: str | None = None
    language: str | None = None
    published: PartialDate | None = None
    url: str | None = None
    retrieved: PartialDate | None = None


def _date(written: object) -> PartialDate | None:
    """Return a date as written; one that is on no calendar has its finding and is unknown."""
    if written is None:
        return None
    try:
        return dates.parse(str(written))
    except ValueError:
        return UNKNOWN
