"""Notes of `totals`: how sums were read, and what they leave out."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache

from msgspec.structs import replace

from partnerreg.calc.entry import Entry, span_of, term_of
from partnerreg.calc.funding import Expansion, missing_years
from partnerreg.calc.status import is_suspended
from partnerreg.calc.years import MOST_YEARS, years
from partnerreg.model.codelists import minor_digits
from partnerreg.model.money import shown
from partnerreg.model.parts import Money
from partnerreg.model.records import Agreement
from partnerreg.output.report import Note
from partnerreg.reports.notes import note
from partnerreg.reports.totals.selection import (
    STAGES,
    MoneySelection,
    asks_for_sources,
    from_source,
    in_years,
    is_asked_for,
    is_wanted,
    of_kind,
    to_recipient,
)

_READINGS = {
    "start-unknown": "yearly funding before {year} is left out for {n}: the start is unknown",
    "end-unknown": "yearly funding after {year} is left out for {n}: the end is unknown",
    "ended": "yearly funding of {n} is counted through {year}, when it was ended",
    "not-yet": "yearly funding of {n} begins in {year}, after the as-of year",
    "continued": "yearly funding of {n} is counted through {year}: open or tacitly renewed",
}


def reading_notes(
    expansions: list[tuple[Agreement, Expansion]], wanted: MoneySelection
) -> Iterator[Note]:
    """Yield how yearly amounts, unknown amounts, budgets and bounds were read.

    Nothing is told of money that was not asked for: of another stage, kind or source, or of what
    was left out outside the years that are wanted.
    """
    first, last = wanted.years or (0, 9999)
    readings: dict[tuple[str, int], list[str]] = {}
    unknown, bounded = [], []
    for agreement, expansion in expansions:
        for money, remark in expansion.readings:
            if is_asked_for(agreement, money, wanted):
                readings.setdefault((remark.code, remark.year), []).append(agreement.id)
        asked = [one for one in expansion.unknown if is_asked_for(agreement, one, wanted)]
        unknown += [agreement.id] * any(_in_years(one, wanted.years) for one in asked)
        asked = [one for one in expansion.bounded if is_asked_for(agreement, one, wanted)]
        bounded += [agreement.id] * any(_in_years(one, wanted.years) for one in asked)
    for (code, year), ids in sorted(readings.items()):
        if (code == "start-unknown" and first >= year) or (code == "end-unknown" and last <= year):
            continue
        yield note(code, ids, _READINGS[code].replace("{year}", str(year)))
    if unknown:
        yield note(
            "amount-unknown",
            unknown,
            "{n} with an unknown amount: not counted, or part of what is not attributed",
        )
    over = [
        agreement.id
        for agreement, expansion in expansions
        if any(is_wanted(one, wanted) for one in expansion.overspent)
    ]
    if over:
        yield note("over-budget", over, "the lines of {n} have come to more than the budget")
    yield from _unclear_notes(expansions, wanted)
    if bounded:
        yield note(
            "inexact",
            bounded,
            "{n} with a figure that the document rounds or bounds; it is counted as written",
        )


def _unclear_notes(
    expansions: list[tuple[Agreement, Expansion]], wanted: MoneySelection
) -> Iterator[Note]:
    """Yield the budgets of which it cannot be known what the lines leave over."""
    beside = {
        "remainder-mixed-currency": "lines of {lines} in another currency stand beside",
        "remainder-crosses-part": "lines of {lines} overlap only a part of the time of",
    }
    for code, words in beside.items():
        found = [
            one
            for _, expansion in expansions
            for one in expansion.unclear
            if one.code == code
            and is_wanted(one.row, wanted)
            and (one.row.year is None or in_years(one.row, wanted.years))
        ]
        if found:
            lines = {(id(line.origin), line.year): line for one in found for line in one.lines}
            spelt = words.replace("{lines}", sums(lines.values()))
            budgets = sums(one.row for one in found)
            message = f"what is left of budgets is not known for {{n}}: {spelt} {budgets}"
            yield note(code, [one.row.agreement.id for one in found], message)


def _in_years(money: Money, years: tuple[int, int] | None) -> bool:
    """Whether money may belong to a span of years; only a line of one year may not."""
    return years is None or money.year is None or years[0] <= money.year <= years[1]


def gap_notes(
    expansions: list[tuple[Agreement, Expansion]], as_of: date, years_wanted: tuple[int, int] | None
) -> Iterator[Note]:
    """Yield the years of a known period for which a record with yearly figures has none."""
    gaps: dict[tuple[int, ...], list[str]] = {}
    for agreement, expansion in expansions:
        missing = tuple(
            year
            for year in missing_years(agreement, expansion, as_of)
            if years_wanted is None or years_wanted[0] <= year <= years_wanted[1]
        )
        if missing:
            gaps.setdefault(missing, []).append(agreement.id)
    for missing, ids in sorted(gaps.items()):
        yield note("years-without-figures", ids, f"no figures for {_spans(missing)} in {{n}}")


def not_counted_yet(
    agreements: Iterable[Agreement], as_of: date, wanted: MoneySelection
) -> Iterator[Note]:
    """Yield the open and renewing agreements that were not counted through the years asked for."""
    counted = max(as_of.year, wanted.through or 0)
    if wanted.years is None or wanted.years[1] <= counted:
        return
    later = min(wanted.years[1], as_of.year + 99)
    found = [
        agreement.id
        for agreement in agreements
        if agreement.stage != "declined"
        and any(
            money.per == "year"
            and is_asked_for(agreement, money, wanted)
            and years(money, agreement, as_of, later).years[-1:]
            != years(money, agreement, as_of, wanted.through).years[-1:]
            for money in agreement.money
        )
    ]
    if found:
        message = f"{{n}} open or renewing: counted through {counted}, --through {later} goes on"
        yield note("not-counted-yet", found, message)


def counted_notes(entries: Iterable[Entry]) -> Iterator[Note]:
    """Yield what was subtracted, and the yearly money of years that lie in a suspension."""
    paid_back: list[Entry] = []
    suspended: dict[int, list[str]] = {}
    for entry in entries:
        agreement = entry.agreement
        if entry.is_repayment:
            paid_back.append(replace(entry, amount=-entry.amount))
        if entry.year and entry.origin.per == "year" and agreement.suspended:
            first, last = span_of(entry)
            if first and is_suspended(agreement, first, last):
                suspended.setdefault(entry.year, []).append(agreement.id)
    if paid_back:
        ids = [entry.agreement.id for entry in paid_back]
        yield note("repayments", ids, f"{sums(paid_back)} paid back in {{n}} is subtracted")
    for year, ids in sorted(suspended.items()):
        message = f"yearly money of {year} is counted for {{n}}, suspended all that year"
        yield note("suspended", ids, message)


@cache
def _spans(years: tuple[int, ...]) -> str:
    """Write years as `2018, 2021–2023`."""
    spans: list[list[int]] = []
    for year in years:
        if spans and spans[-1][1] == year - 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(f"{a}–{b}" if a != b else str(a) for a, b in spans)


def left_out_notes(
    every: list[Entry], parts: list[Entry], wanted: MoneySelection
) -> Iterator[Note]:
    """Yield the money that stages, kinds, sources and years keep out of the sums."""
    stages = STAGES[wanted.stage]
    planned = [
        entry
        for entry in every
        if entry.stage == "planned"
        and "planned" not in stages
        and of_kind(entry, wanted.kind)
        and from_source(entry, wanted)
        and to_recipient(entry.recipient, wanted)
        and (entry.year is None or in_years(entry, wanted.years))
    ]
    if planned:
        ids = [entry.agreement.id for entry in planned]
        yield note("planned-left-out", ids, f"planned money of {{n}} is left out: {sums(planned)}")
    if wanted.kind != "all":
        unclear = [
            entry
            for entry in every
            if entry.kind is None
            and entry.stage in stages
            and (entry.year is None or in_years(entry, wanted.years))
        ]
        if unclear and not asks_for_sources(wanted):
            ids = [entry.agreement.id for entry in unclear]
            yield note("kind-unknown", ids, f"{sums(unclear)} is cash or in kind, and left out")
    if asks_for_sources(wanted):
        rest = [
            entry
            for entry in every
            if entry.remainder
            and entry.stage in stages
            and to_recipient(entry.recipient, wanted)
            and of_kind(entry, wanted.kind)
            and (entry.year is None or in_years(entry, wanted.years))
        ]
        if rest:
            ids = [entry.agreement.id for entry in rest]
            yield note(
                "remainder-left-out", ids, f"{sums(rest)} in {{n}} is not attributed to any source"
            )
    without = [part for part in parts if part.year is None]
    if without:
        ids = [part.agreement.id for part in without]
        if wanted.years:
            yield note("no-year", ids, f"{sums(without)} of {{n}} has no year and is left out")
        elif wanted.spread != "none":
            why = "a side of the term is unknown or open"
            if wanted.spread == "payments":
                why = "no payment with a date and an amount"
            elif any(None not in term_of(part) for part in without):
                why = f"the term has an unknown or open side, or lasts over {MOST_YEARS} years"
            yield note("no-year", ids, f"{sums(without)} of {{n}} not spread: {why}")


def sums(entries: Iterable[Entry]) -> str:
    """Return the entries' sums by currency: `1,000.00 SEK and 20.00 EUR`."""
    totals: dict[str, Decimal] = {}
    for entry in entries:
        totals[entry.currency] = totals.get(entry.currency, Decimal(0)) + entry.amount
    return " and ".join(
        f"{shown(total, minor_digits(currency))} {currency}"
        for currency, total in sorted(totals.items())
    )
