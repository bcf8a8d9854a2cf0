"""The page's lists of agreements and organisations."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from partnerreg.calc.status import STATUSES, known_start
from partnerreg.export.page.grid import Grid, Head, Item, Line
from partnerreg.export.page.links import Links
from partnerreg.export.page.words import Words
from partnerreg.model.codelists import codes
from partnerreg.model.records import Agreement, Organisation
from partnerreg.model.registry import Registry
from partnerreg.output.report import Amount, Report
from partnerreg.reports.agreement_views import responsible_name

Roles = Mapping[str, Sequence[tuple[Agreement, tuple[str, ...]]]]
"""For each organisation the agreements that name it, and as what."""


def agreements(
    registry: Registry,
    report: Report,
    ordered: Sequence[Agreement],
    links: Links,
    words: Words,
    as_of: date,
) -> Grid:
    """Return the agreements, as `list` has them."""
    heads = (
        Head(words("Agreement")),
        Head(words("Parties")),
        Head(words("Form")),
        Head(words("Status")),
        Head(words("From")),
        Head(words("Until")),
        Head(words("Cash in", year=as_of.year), is_figure=True),
        Head(words("Responsible")),
    )
    lines = []
    for one, row, seen in zip(ordered, report.to_dicts(), report.shown[0].rows, strict=True):
        start, latest = known_start(one).first, row["latest_end"]
        span = (start.year if start else None, int(latest[:4]) if latest else None)
        items = (
            Item(registry.title(one), record=links.of(one)),
            Item(_others(str(seen[1]), words)),
            Item(words(row["form"] or row["kind"])),
            Item(words(row["status"])),
            Item(words.told(row["start"])),
            Item(words.told(str(seen[3])), sort=latest or "~"),
            _cash(seen[4], row, words),
            Item(responsible_name(registry, one.responsible) or words("nobody")),
        )
        lines.append(Line(items, sort_of=row["status"], years=span))
    used = {line.sort_of for line in lines}
    choices = tuple((one, words(one)) for one in STATUSES if one in used)
    title = words("section agreements")
    return Grid(title, heads, tuple(lines), choices=choices, is_long=True)


def _others(text: str, words: Words) -> str:
    """Return the other parties; `and 3 more` behind them in the page's words."""
    found = re.fullmatch(r"(.*) and (\d+) more", text)
    return f"{found[1]} {words('and more', count=found[2])}" if found else text


def _cash(cash: object, row: Mapping[str, object], words: Words) -> Item:
    """Return a year's cash; of money for the whole time what it comes to in all."""
    if isinstance(cash, Amount):
        return Item(f"{words.amount(cash)} {cash.currency}", sort=f"{cash.value:f}")
    whole, currency = row["funding_cash"], row["currency"]
    if cash == "for the term" and isinstance(whole, Decimal):
        amount = words.amount(Amount(whole, str(currency)))
        return Item(words("in all", amount=f"{amount} {currency}"), sort=f"{whole:f}")
    return Item(words.told(str(cash or "")))


def organisations(every: Sequence[Organisation], roles: Roles, links: Links, words: Words) -> Grid:
    """Return the organisations, with how many agreements name each."""
    heads = (
        Head(words("Organisation")),
        Head(words("Type")),
        Head(words("Country")),
        Head(words("section agreements"), is_figure=True),
    )
    lines = []
    for one in every:
        count = str(len(roles.get(one.id, ())))
        items = (
            Item(one.name, record=links.organisation(one.id)),
            Item(words(one.type or "other")),
            Item(one.country or ""),
            Item(count, sort=count),
        )
        lines.append(Line(items, sort_of=one.type or "other"))
    used = {line.sort_of for line in lines}
    choices = tuple((one, words(one)) for one in codes("organisation_type") if one in used)
    return Grid(words("section organisations"), heads, tuple(lines), choices=choices, is_long=True)
