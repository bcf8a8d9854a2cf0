"""Money as a record states it: budget rows and funding lines, not yet read into years."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from partnerreg.model.dates import PartialDate

FundingKind = Literal["cash", "in-kind"]


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
