"""Show agreements to people: with whom, until when, what they cost this year, who looks after."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from partnerreg.calc.funding import Expansion
from partnerreg.calc.status import status
from partnerreg.calc.term import effective_end, is_tacit
from partnerreg.model.money import digits_shown, shown
from partnerreg.model.parts import Line
from partnerreg.model.records import Agreement
from partnerreg.model.registry import Registry
from partnerreg.output.report import Amount, Cell, Column, Table

_NAMED = 2
"""Parties that are named; of a coalition of two hundred the rest are counted."""


def view(registry: Registry, kept: list[tuple[Agreement, Expansion]], as_of: date) -> Table:
    """Return agreements as people see them, a row each."""
    year = as_of.year
    cash = [_cash(money, year) for _, money in kept]
    currencies = {currency for sums in cash for currency in sums}
    only = next(iter(currencies)) if len(currencies) == 1 else None
    heads = (
        Column("title", "Agreement", wrap=True),
        Column("with", "With", wrap=True, below="title"),
        Column("status", "Status"),
        Column("until", "Until"),
        Column("cash", f"{only or 'Cash'} {year}", "right"),
        Column("id", "Id", below="title"),
        Column("responsible", "Responsible", below="title"),
    )
    within = registry.settings.expiring_within
    return Table(
        heads,
        tuple(
            (
                registry.title(one),
                _others(registry, one),
                status(one, as_of, within),
                end_in_words(one, as_of),
                _amount(sums, only) or _unstated(one, money, year),
                one.id,
                responsible_name(registry, one.responsible) or "nobody",
            )
            for (one, money), sums in zip(kept, cash, strict=True)
        ),
    )


def responsible_name(registry: Registry, responsible: str | None) -> str:
    """Return by name who looks after something; nothing where nobody does."""
    organisation, _, unit = (responsible or "").partition("/")
    return registry.unit_name(organisation, unit or None) if organisation else ""


def end_in_words(agreement: Agreement, as_of: date) -> str:
    """Return until when an agreement holds: `2022`, `2023-12-31 renews`, `ended 2024-03-31`."""
    if agreement.ended:
        return f"ended {agreement.ended.date.text}"
    end = effective_end(agreement, as_of) if is_tacit(agreement) else None
    if end is None:
        return agreement.end.text
    recorded = agreement.end
    day = recorded.text if end.day == recorded.last else end.day.isoformat()
    return f"{day} renews" if end.renews else day


def _others(registry: Registry, agreement: Agreement) -> str:
    """Return the parties by name but for those in the title and for who looks after it."""
    own = {agreement.member, (agreement.responsible or "").partition("/")[0]}
    if not agreement.title:
        own.add(agreement.network)
    others = [one for one in dict.fromkeys(agreement.organisations) if one not in own]
    named = ", ".join(registry.name(one) for one in others[:_NAMED])
    more = len(others) - _NAMED
    return f"{named} and {more} more" if more > 0 else named


def _cash(money: Expansion, year: int) -> dict[str, Decimal]:
    """Return agreed and paid cash of a year, the remainder included, by currency."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for entry in money.entries:
        if entry.year == year and entry.stage != "planned" and entry.kind != "in-kind":
            sums[entry.currency] += entry.amount
    return dict(sums)


def _amount(sums: dict[str, Decimal], only: str | None) -> Cell:
    if only:
        return Amount(sums[only], only) if sums else None
    return ", ".join(
        f"{shown(value, digits_shown([value], currency))} {currency}"
        for currency, value in sorted(sums.items())
    )


def _unstated(agreement: Agreement, money: Expansion, year: int) -> str:
    """Return why a year has no sum: the amount is unknown, or it is one for the whole term."""
    if agreement.is_planned or agreement.stage == "declined":
        return ""
    lines = [one for one in money.unknown if isinstance(one, Line) and one.kind != "in-kind"]
    if any(one.stage != "planned" and one.year in (None, year) for one in lines):
        return "unknown"
    whole = any(
        entry.year is None and entry.stage != "planned" and entry.kind != "in-kind"
        for entry in money.entries
    )
    return "for the term" if whole else ""
