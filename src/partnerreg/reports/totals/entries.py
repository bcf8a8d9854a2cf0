"""Select, spread and convert the money that `totals` adds up."""

from collections.abc import Iterable, Iterator
from datetime import date

from partnerreg.calc.convert import Method, Used, convert, rates_by
from partnerreg.calc.entry import Entry, term_of
from partnerreg.calc.funding import expand
from partnerreg.calc.rates import Rates
from partnerreg.calc.spread import spread
from partnerreg.model.registry import Registry
from partnerreg.output.report import Note
from partnerreg.reports.filters import select
from partnerreg.reports.notes import note
from partnerreg.reports.totals.notes import (
    counted_notes,
    gap_notes,
    left_out_notes,
    not_counted_yet,
    reading_notes,
    sums,
)
from partnerreg.reports.totals.selection import MoneySelection, in_years, is_wanted


def money_rows(
    registry: Registry, as_of: date, wanted: MoneySelection, rates: Rates | None
) -> tuple[tuple[Entry, ...], tuple[Note, ...]]:
    """Return the entries to be added up, and notes on everything left out or read into them."""
    agreements, notes = select(registry, wanted.filters, as_of, lines=True)
    expansions = [(one, expand(one, as_of, wanted.through)) for one in agreements]
    every = [entry for _, expansion in expansions for entry in expansion.entries]
    entries = [entry for entry in every if is_wanted(entry, wanted)]
    parts = entries  # as `spread` has it for "none", without asking it of each
    if wanted.spread != "none":
        parts = [part for entry in entries for part in spread(entry, wanted.spread)]
    kept = [part for part in parts if in_years(part, wanted.years)]
    converted, conversion_notes = _convert(kept, wanted, rates)
    all_notes = [
        *notes,
        *reading_notes(expansions, wanted),
        *gap_notes(expansions, as_of, wanted.years),
        *not_counted_yet(agreements, as_of, wanted),
        *left_out_notes(every, parts, wanted),
        *counted_notes(kept),
        *conversion_notes,
    ]
    return tuple(converted), tuple(all_notes)


def _convert(
    entries: list[Entry], wanted: MoneySelection, rates: Rates | None
) -> tuple[list[Entry], list[Note]]:
    if wanted.currency is None:
        return entries, []
    target, rate_of = wanted.currency, rates_by(rates or Rates(), wanted.method)
    done: list[Entry] = []
    failed: list[Entry] = []
    used: dict[Used, set[str]] = {}
    for entry in entries:
        result, rates_used = convert(entry, target, rate_of, wanted.method)
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
    days = "1 day" if rate.days == 1 else f"{rate.days} days"
    how = {
        "average": f"the mean of {days} published from {rate.first} to {rate.last}",
        "end": f"the rate published last that year, on {rate.last}",
    }.get(method.name, f"the rate of {rate.last}")
    year = f" of {used.year}" if used.year else ""
    return note("converted", records, f"ECB, {used.currency}{year}: {value}, {how}")


def _unconverted(failed: list[Entry], *, missing_file: bool) -> Iterator[Note]:
    why = "the registry has no rates/ecb.csv" if missing_file else "rates/ecb.csv has no rate"
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in failed:
        dated = entry.year or term_of(entry)[0]
        reason = why if dated else "its start is unknown"
        groups.setdefault((entry.currency, reason), []).append(entry)
    for (_, reason), entries in sorted(groups.items()):
        years = sorted({str(entry.year or "no year") for entry in entries})
        ids = [entry.agreement.id for entry in entries]
        yield note("unconverted", ids, f"{sums(entries)} ({', '.join(years)}) left out: {reason}")
