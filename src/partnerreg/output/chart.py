"""`Bars` and `Timeline`: what a report draws; the writers decide how."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from partnerreg.model.parts import FundingKind

COLOURS = (
    *("#332288", "#3f8efc", "#997700", "#882255"),
    *("#ee6677", "#117733", "#7570b3", "#543005"),
)
"""A colour a series: 3:1 on white (WCAG 2.2, 1.4.11), apart for colour-blind eyes too."""
REST = "#6b6b6b"
"""The colour of what stands for many, and of what is attributed to nobody."""
MOST_SERIES = len(COLOURS)


class Series(Struct, frozen=True):
    """Sums of one sort by year, in the panel's currency; None is the year of a whole term's sum.

    `name` is what they are of: `4 more` of the rest, `not attributed` or the like where that is
    nobody's (`is_nobodys`). `place` is its colour's place among `COLOURS`, None of the rest and of
    what is nobody's. `is_attributed` is False of what a budget leaves over. A repayment is
    negative.
    """

    name: str
    amounts: dict[int | None, Decimal]
    place: int | None
    kind: FundingKind | None = "cash"
    is_planned: bool = False
    is_attributed: bool = True
    is_nobodys: bool = False

    @property
    def signs(self) -> tuple[str, ...]:
        """What it is beyond agreed cash of somebody, in words of the tool."""
        told = (
            ("not attributed", not self.is_attributed and not self.is_nobodys),
            ("in kind", self.kind == "in-kind"),
            ("planned", self.is_planned),
        )
        return tuple(word for word, is_told in told if is_told)

    @property
    def label(self) -> str:
        """Its name, and what it is beyond that."""
        return f"{self.name} ({', '.join(self.signs)})" if self.signs else self.name

    @property
    def colour(self) -> str:
        """Its colour, `#rrggbb`."""
        return REST if self.place is None else COLOURS[self.place]

    @property
    def total(self) -> Decimal:
        """The sum of all its years."""
        return sum(self.amounts.values(), Decimal(0))


class Panel(Struct, frozen=True):
    """The series of one currency (ISO 4217), the largest first, and the exact sums by year.

    Years between others are there without figures too. Where the series overlap `totals` are
    smaller than their sums: each amount counts once.
    """

    currency: str
    years: tuple[int | None, ...]
    series: tuple[Series, ...]
    totals: dict[int | None, Decimal]


class Bars(Struct, frozen=True):
    """Funding by year, a panel a currency."""

    panels: tuple[Panel, ...]


class Mark(Struct, frozen=True):
    """A deadline on a timeline; `is_exact` is False where the day is the last that is possible."""

    event: str
    day: date
    is_exact: bool = True


class Span(Struct, frozen=True):
    """An agreement on a timeline, both days included.

    `first` and `last` are None where they are unknown; where `is_open` no end is agreed, or it
    renews itself without limit. `renews_until` is the latest end of one that renews itself.
    `until` tells the end in words. `is_planned` says that it is not agreed yet, or never was.
    """

    id: str
    title: str
    first: date | None
    last: date | None
    until: str
    is_open: bool = False
    renews_until: date | None = None
    is_planned: bool = False
    marks: tuple[Mark, ...] = ()


class Timeline(Struct, frozen=True):
    """Agreements over time from `first` through `last`; what lies outside is cut off there."""

    first: date
    last: date
    as_of: date
    spans: tuple[Span, ...]


Chart = Bars | Timeline

EVENTS = {
    "end": ("E", "ends"),
    "notice": ("N", "last day of notice"),
    "decide": ("D", "decision"),
    "milestone": ("M", "milestone"),
    "payment": ("P", "payment"),
}
"""The letter and the words of each event on a timeline."""
