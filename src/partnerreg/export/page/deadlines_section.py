"""The page's deadlines: what comes within a year, what is overdue, what is drawn over time."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from partnerreg.export.page.grid import Grid, Head, Item, Line
from partnerreg.export.page.links import Links
from partnerreg.export.page.words import Words
from partnerreg.model.registry import Registry
from partnerreg.output.chart import Span, Timeline
from partnerreg.output.report import Amount, Report

_OVER = frozenset({"declined", "ended", "expired"})
_LONG_AGO = 365
"""Days after which an end that nothing follows is no longer listed as overdue."""


def deadlines(
    report: Report, registry: Registry, links: Links, words: Words
) -> tuple[Grid, Grid, int]:
    """Return what comes within the report's window, what is overdue, and how much is left out.

    Left out are ends of more than a year ago that nothing follows.
    """
    heads = (
        Head(words("Agreement")),
        Head(words("Date")),
        Head(words("Left"), is_figure=True),
        Head(words("What happens")),
        Head(words("Responsible")),
    )
    ahead: list[Line] = []
    overdue: list[Line] = []
    left_out = 0
    for row in report.to_dicts():
        days = row["days_left"]
        if days < -_LONG_AGO and row["event"] == "end":
            left_out += 1
            continue
        organisation, _, unit = (row["responsible"] or "").partition("/")
        name = registry.unit_name(organisation, unit or None) if organisation else ""
        line = Line(
            (
                Item(row["title"], record=links.agreement(row["id"])),
                Item(_day(row)),
                Item(words.left(days, is_exact=row["precision"] == "day"), sort=str(days)),
                Item(_what_happens(row, registry, words)),
                Item(name or words("nobody"), record=links.organisation(organisation)),
            ),
            sort_of=name or words("nobody"),
        )
        (ahead if days >= 0 else overdue).append(line)
    overdue.reverse()
    choices = sorted({line.sort_of for line in (*ahead, *overdue)})
    told = tuple((one, one) for one in choices) if len(choices) > 1 else ()
    coming = Grid(words("within a year"), heads, tuple(ahead), choices=told, is_long=True)
    late = Grid(words("overdue"), heads, tuple(overdue), choices=told, is_long=True)
    return coming, late, left_out


def _day(row: Mapping[str, object]) -> str:
    day = str(row["date"])
    counted = row["event"] in {"notice", "decide"}
    length = {"year": 4, "month": 7}.get(str(row["precision"]), 10)
    return f"≤ {day}" if counted and length < 10 else day[:length]


_ELSE = {"renews": "else it renews", "ends": "else it ends", "option-lapses": "else it lapses"}


def _what_happens(row: Mapping[str, object], registry: Registry, words: Words) -> str:
    event, then = str(row["event"]), row["if_nothing"]
    if event == "milestone":
        agreement = registry.agreements_by_id[str(row["id"])]
        titles = {one.id: one.title or one.id for one in agreement.milestones}
        return f"{words('milestone')}: {titles.get(str(row['milestone']), row['milestone'])}"
    if event == "payment":
        amount, currency = row["amount"], str(row["currency"])
        if not isinstance(amount, Decimal):
            return f"{words('payment')}: {words('unknown')}"
        return f"{words('payment')}: {words.amount(Amount(amount, currency))} {currency}"
    if event == "end":
        told = [words(str(then or "ends"))]
    else:
        told = [words("last day of notice" if event == "notice" else "last day to decide")]
        told += [words(_ELSE[str(then)])] if then else []
    followers = row["renewed_by"]
    if isinstance(followers, list) and followers:
        told.append(f"{words('continued by')} {', '.join(map(registry.name_of, followers))}")
    return ", ".join(told)


def is_over(row: Mapping[str, object]) -> bool:
    """Whether an agreement, a row of `list`, has ended or never came about."""
    return row["status"] in _OVER


def to_draw(report: Report, timeline: Timeline) -> tuple[Span, ...]:
    """Return the agreements that are not over and of which any date is known.

    What ends first comes before the others.
    """
    over = {row["id"] for row in report.to_dicts() if is_over(row)}
    spans = [
        one
        for one in timeline.spans
        if one.id not in over and (one.first or one.last or one.is_open or one.marks)
    ]
    spans.sort(key=lambda one: one.last or date.max)
    return tuple(spans)
