"""The money that a report of totals counts: selected, spread, converted, with its notes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from partnerreg.codelists import minor_digits
from partnerreg.convert import Method, Used, convert
from partnerreg.filters import Filters, names_unit, select
from partnerreg.funding import Entry, Expansion, expand
from partnerreg.model import Agreement
from partnerreg.money import plain, shown
from partnerreg.notes import note
from partnerreg.rates import Rates
from partnerreg.registry import Registry
from partnerreg.spread import Spread, spread
from partnerreg.table import Note

STAGES: dict[str, frozenset[str]] = {
    "": frozenset({"agreed", "paid"}),
    "all": frozenset({"planned", "agreed", "paid"}),
    "planned": frozenset({"planned"}),
    "agreed": frozenset({"agreed"}),
    "paid": frozenset({"paid"}),
}


@dataclass(frozen=True, slots=True)
class Money:
    """What to count: stages, kinds, years (inclusive), how to spread, what to convert into."""

    filters: Filters = Filters()
    stage: str = ""
    kind: str = "all"
    years: tuple[int, int] | None = None
    spread: Spread = "none"
    target: str | None = None
    method: Method = Method("average")


def money_rows(
    registry: Registry, as_of: date, wanted: Money, rates: Rates | None
) -> tuple[tuple[Entry, ...], tuple[Note, ...]]:
    """Return the entries to be added up, and notes on everything left out or read into them."""
    agreements, notes = select(registry, wanted.filters, as_of)
    expansions = [(one, expand(one, as_of)) for one in agreements]
    every = [entry for _, expansion in expansions for entry in expansion.entries]
    entries = [entry for entry in every if _is_wanted(entry, wanted)]
    parts = [part for entry in entries for part in spread(entry, wanted.spread)]
    kept = [part for part in parts if _in_years(part, wanted.years)]
    converted, conversion_notes = _convert(kept, wanted, rates)
    all_notes = [
        *notes,
        *_reading_notes(expansions, wanted),
        *_gap_notes(expansions, as_of, wanted),
        *_left_out_notes(every, parts, wanted),
        *conversion_notes,
    ]
    return tuple(converted), tuple(all_notes)


def _is_wanted(entry: Entry, wanted: Money) -> bool:
    return (
        entry.stage in STAGES[wanted.stage]
        and _of_kind(entry, wanted.kind)
        and _from_source(entry, wanted.filters.source)
    )


def _of_kind(entry: Entry, kind: str) -> bool:
    return kind == "all" or entry.kind == kind


def _from_source(entry: Entry, sources: tuple[str, ...]) -> bool:
    if not sources:
        return True
    return any(names_unit(named, entry.source or "", entry.unit) for named in sources)


def _in_years(entry: Entry, years: tuple[int, int] | None) -> bool:
    return years is None or (entry.year is not None and years[0] <= entry.year <= years[1])


def _convert(
    entries: list[Entry], wanted: Money, rates: Rates | None
) -> tuple[list[Entry], list[Note]]:
    if wanted.target is None:
        return entries, []
    target, known = wanted.target, rates or Rates({})
    done: list[Entry] = []
    failed: list[Entry] = []
    used: dict[Used, set[str]] = {}
    for entry in entries:
        result, rates_used = convert(entry, target, known, wanted.method)
        if result is None:
            failed.append(entry)
            continue
        done.append(result)
        for rate in rates_used:
            used.setdefault(rate, set()).add(entry.agreement.id)
    notes = [_rate_note(rate, used[rate], wanted.method) for rate in sorted(used, key=_by_currency)]
    return done, [*notes, *_unconverted(failed, missing_file=rates is None)]


def _by_currency(used: Used) -> tuple[str, int]:
    return (used.currency, used.year or 0)


def _rate_note(used: Used, records: Iterable[str], method: Method) -> Note:
    rate = used.rate
    value = f"{float(rate.value):.6g} {used.currency} a euro"  # for people; sums use the fraction
    how = {
        "average": f"the mean of {rate.days} days published from {rate.first} to {rate.last}",
        "end": f"the rate published last that year, on {rate.last}",
    }.get(method.name, f"the rate of {rate.last}")
    year = f" of {used.year}" if used.year else ""
    return note("converted", records, f"ECB, {used.currency}{year}: {value}, {how}")


def _unconverted(failed: list[Entry], *, missing_file: bool) -> Iterator[Note]:
    why = "the registry has no rates/ecb.csv" if missing_file else "rates/ecb.csv has no rate"
    groups: dict[tuple[str, int | None], list[Entry]] = {}
    for entry in failed:
        groups.setdefault((entry.currency, entry.year), []).append(entry)
    for (currency, year), entries in sorted(groups.items(), key=lambda item: str(item[0])):
        total = plain(sum((entry.amount for entry in entries), entries[0].amount * 0), currency)
        when = f" of {year}" if year else " without a year"
        ids = [entry.agreement.id for entry in entries]
        yield note("unconverted", ids, f"{total} {currency}{when} not converted: {why}")


def _reading_notes(
    expansions: list[tuple[Agreement, Expansion]], wanted: Money
) -> Iterator[Note]:
    """Yield how yearly amounts, unknown amounts and bounds were read."""
    readings: dict[tuple[str, int], list[str]] = {}
    unknown, bounded = [], []
    for agreement, expansion in expansions:
        for remark in expansion.remarks:
            readings.setdefault((remark.code, remark.year), []).append(agreement.id)
        unknown += [agreement.id] * bool(expansion.unknown)
        bounded += [agreement.id] * bool(expansion.bounded)
    sentences = {
        "start-unknown": "yearly funding before {year} is left out for {n}: the start is unknown",
        "end-unknown": "yearly funding after {year} is left out for {n}: the end is unknown",
        "continued": "yearly funding of {n} is counted through {year}: open or tacitly renewed",
    }
    for (code, year), ids in sorted(readings.items()):
        yield note(code, ids, sentences[code].replace("{year}", str(year)))
    if unknown:
        yield note("amount-unknown", unknown, "{n} with an unknown amount, which is not counted; within a stated budget it lies in what is not attributed")
    if bounded:
        yield note("inexact", bounded, "{n} with a figure that the document rounds or bounds; it is counted as written")


def _gap_notes(
    expansions: list[tuple[Agreement, Expansion]], as_of: date, wanted: Money
) -> Iterator[Note]:
    """Yield the years of a known period for which a record with yearly figures has none."""
    gaps: dict[tuple[int, ...], list[str]] = {}
    for agreement, expansion in expansions:
        missing = tuple(
            year
            for year in missing_years(agreement, expansion, as_of)
            if wanted.years is None or wanted.years[0] <= year <= wanted.years[1]
        )
        if missing:
            gaps.setdefault(missing, []).append(agreement.id)
    for years, ids in sorted(gaps.items()):
        yield note("years-without-figures", ids, f"no figures for {_spans(years)} in {{n}}")


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


def missing_years(agreement: Agreement, expansion: Expansion, as_of: date) -> list[int]:
    """Return the years within a known period that have no figure, where others have one.

    An open end counts through the as-of year. Records with sums for a term are whole.
    """
    have = {entry.year for entry in expansion.entries}
    have |= {one.when.year for one in expansion.unknown}
    first, last = agreement.period.start.first, agreement.period.end.last
    if not have or None in have or (last is None and not agreement.period.end.is_open):
        return []
    known = {year for year in have if year is not None}
    start = first.year if first else min(known)
    end = last.year if last else as_of.year
    if agreement.ended and agreement.ended.date.last:
        end = min(end, agreement.ended.date.last.year)
    return [year for year in range(start, end + 1) if year not in known]


def _left_out_notes(every: list[Entry], parts: list[Entry], wanted: Money) -> Iterator[Note]:
    stages = STAGES[wanted.stage]
    planned = [
        entry
        for entry in every
        if entry.stage == "planned" and "planned" not in stages and _of_kind(entry, wanted.kind)
    ]
    if planned:
        ids = [entry.agreement.id for entry in planned]
        yield note("planned-left-out", ids, f"planned money of {{n}} is left out: {sums(planned)}")
    if wanted.kind != "all":
        unclear = [entry for entry in every if entry.kind is None and entry.stage in stages]
        if unclear and not wanted.filters.source:
            ids = [entry.agreement.id for entry in unclear]
            yield note("kind-unknown", ids, f"{sums(unclear)} is cash or in kind, and left out")
    if wanted.filters.source:
        rest = [entry for entry in every if entry.remainder and entry.stage in stages and _of_kind(entry, wanted.kind)]
        if rest:
            ids = [entry.agreement.id for entry in rest]
            yield note("remainder-left-out", ids, f"{sums(rest)} in {{n}} is not attributed to any source")
    without = [part for part in parts if part.year is None]
    if without:
        ids = [part.agreement.id for part in without]
        if wanted.years:
            yield note("no-year", ids, f"{sums(without)} of {{n}} has no year and is left out")
        elif wanted.spread != "none":
            yield note("no-year", ids, f"{sums(without)} of {{n}} could not be spread: a side of the term is unknown or open")


def sums(entries: Iterable[Entry]) -> str:
    """Return the entries' sums by currency: `1,000.00 SEK and 20.00 EUR`."""
    totals: dict[str, Decimal] = {}
    for entry in entries:
        totals[entry.currency] = totals.get(entry.currency, Decimal(0)) + entry.amount
    return " and ".join(
        f"{shown(total, minor_digits(currency))} {currency}"
        for currency, total in sorted(totals.items())
    )
