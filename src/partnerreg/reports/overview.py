"""Report `overview`: the registry on one screen."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from partnerreg.base.problems import SEVERITIES, LocatedProblem
from partnerreg.calc.deadlines import Deadline, deadlines
from partnerreg.calc.entry import Entry
from partnerreg.calc.funding import expand
from partnerreg.calc.status import STATUSES, status
from partnerreg.model.dates import Duration
from partnerreg.model.registry import Registry
from partnerreg.output.report import Amount, Column, Note, Report, Row, Table, columns
from partnerreg.reports.deadline_views import as_known, what_happens, who
from partnerreg.reports.missing import MISSING, is_stale
from partnerreg.reports.notes import invalid_left_out, note
from partnerreg.reports.totals.entries import money_rows
from partnerreg.reports.totals.selection import MoneySelection

_NEXT = 5
_CURRENCIES = 3
_SCREEN = 24
"""Lines of the smallest terminal."""
_NEXT_AT_LEAST = 2
_LEFT_OUT = frozenset({"ended", "declined", "planned", "expired"})
_FIRST_STEPS = (
    "there are no records yet: begin with partnerreg new organisation for each who takes part, "
    "then partnerreg new partnership and new membership; partnerreg import takes a list that "
    "you have"
)
_STALE = Duration(12, 0)
_TO_DO = (
    ("end", "end unknown"),
    ("start", "start unknown"),
    ("funding", "no funding"),
    ("figures", "without figures for some years"),
    ("amount", "amount unknown"),
    ("responsible", "nobody responsible"),
    ("references", "no document"),
)


def overview(registry: Registry, problems: Sequence[LocatedProblem], as_of: date) -> Report:
    """Return the registry on one screen of 24 lines; `problems` are all findings of that day."""
    entries, notes = money_rows(registry, as_of, MoneySelection(), None)
    coming = _coming(registry, as_of)
    sections = (
        _what_is_there(registry, as_of),
        _what_is_wrong(problems),
        *_what_it_costs(registry, entries),
        _what_is_next(coming, as_of),
        _what_is_missing(registry, as_of),
    )
    shown = tuple(table for table in sections if table.rows)
    records, money = replace(sections[0], title=None), _years_at_a_glance(registry, as_of)
    to_do = _to_do_at_a_glance(problems, sections[-1])
    # Title, headings, blank lines and a sentence that wraps take the rest.
    room = _SCREEN - sum(len(table.rows) + 2 for table in (records, money, to_do)) - 8
    screen = (
        records,
        money,
        _next_at_a_glance(registry, coming[: max(room, _NEXT_AT_LEAST)], as_of),
        to_do,
    )
    rows = [rewrite for table in shown for row in table.rows for rewrite in _tidy(table, row)]
    left_out = invalid_left_out(registry)
    notes = (*notes, *without_year(entries))
    if not registry.places:
        notes = (*notes, Note("empty-registry", _FIRST_STEPS))
    title = registry.settings.title or registry.root.absolute().resolve().name
    return Report(
        f"{title}, as of {as_of}",
        Table(columns("section name field value"), tuple(rows)),
        (*notes, *left_out),
        tuple(table for table in screen if table.rows),
        failed=bool(left_out),
        counts_notes=True,
    )


def without_year(entries: Sequence[Entry]) -> tuple[Note, ...]:
    """Return the note on sums of a whole term, which are of no year."""
    without = [entry.agreement.id for entry in entries if entry.year is None]
    how = "totals --spread start, or days, gives them years"
    message = f"sums of a term of {{n}} have no year: {how}"
    return (note("no-year", without, message),) if without else ()


def _years_at_a_glance(registry: Registry, as_of: date) -> Table:
    """Return the agreed and paid money of three years and the next, a row a currency."""
    until = as_of.year + 1
    entries, _ = money_rows(registry, as_of, MoneySelection(through=until), None)
    years = range(until - 3, until + 1)
    first = registry.settings.currency
    sums: dict[str, dict[int, Decimal]] = {}
    for entry in entries:
        if entry.year is not None and entry.year in years:
            own = sums.setdefault(entry.currency, {})
            own[entry.year] = own.get(entry.year, Decimal(0)) + entry.amount
    order = sorted(sums, key=lambda code: (code != first, code))
    shown = [year for year in years if any(year in own for own in sums.values())]
    heads = [Column("currency", "Agreed and paid")]
    for year in shown:
        coming = ", to come" if year == until else ""
        heads.append(Column(str(year), f"{year}{coming}", "right"))
    told = len(order) if len(order) <= _CURRENCIES else _CURRENCIES - 1
    rows: list[Row] = [
        (
            code,
            *(Amount(sums[code][year], code) if year in sums[code] else None for year in shown),
        )
        for code in order[:told]
    ]
    if len(order) > told:
        rows.append((f"and {len(order) - told} more", *(None for _ in shown)))
    return Table(tuple(heads), tuple(rows))


def _next_at_a_glance(registry: Registry, coming: Sequence[Deadline], as_of: date) -> Table:
    heads = (
        Column("date", "Next"),
        Column("left", "Left", "right"),
        Column("what", "What happens", wrap=True),
        Column("id", "Agreement"),
        Column("responsible", "Responsible", spare=True),
    )
    rows = tuple(
        (
            as_known(one),
            one.left(as_of),
            what_happens(registry, one),
            one.agreement.id,
            who(registry, one) or "nobody",
        )
        for one in coming
    )
    return Table(heads, rows)


def _to_do_at_a_glance(problems: Sequence[LocatedProblem], missing: Table) -> Table:
    """Return what is wrong and what is missing, a line each."""
    count = Counter(one.severity for one in problems)
    wrong = [
        f"{count[name]} {name}{'s' if count[name] != 1 else ''}"
        for name in SEVERITIES
        if count[name]
    ]
    lacks = [f"{row[1]} {row[0]}" for row in missing.rows]
    rows = []
    if wrong:
        rows.append(("findings", f"{', '.join(wrong)}: partnerreg validate"))
    if lacks:
        rows.append(("missing", f"{', '.join(lacks)}: {missing.rows[0][2]}"))
    return Table((Column("what", "To do"), Column("how", "Agreements", wrap=True)), tuple(rows))


def _coming(registry: Registry, as_of: date) -> list[Deadline]:
    """Return the deadlines that lie ahead, the next one first."""
    within = registry.settings.expiring_within
    coming: list[Deadline] = [
        one
        for agreement in registry.valid_agreements
        if status(agreement, as_of, within) not in _LEFT_OUT
        for one in deadlines(agreement, as_of)
        if one.day >= as_of
    ]
    coming.sort(key=lambda one: (one.day, one.agreement.id, one.event))
    return coming


def _tidy(table: Table, row: Row) -> Iterator[Row]:
    """Yield a row of any section for machines: its section and name, then a field each."""
    for column, cell in zip(table.columns[1:], row[1:], strict=True):
        if cell not in {None, ""}:
            yield (table.title, row[0], column.name.replace("-", "_").replace(" ", "_"), cell)


def _what_is_there(registry: Registry, as_of: date) -> Table:
    """Return how many records there are of each kind, and of which status."""
    within = registry.settings.expiring_within
    organisations = [
        one for one in registry.organisations.values() if one.path not in registry.invalid
    ]
    rows: list[Row] = [("organisations", len(organisations), "")]
    for kind in ("partnership", "membership"):
        own = [one for one in registry.valid_agreements if one.kind == kind]
        count = Counter(status(one, as_of, within) for one in own)
        by_status = ", ".join(f"{count[name]} {name}" for name in STATUSES if count[name])
        rows.append((f"{kind}s", len(own), by_status))
    heads = (
        Column("what", "Records"),
        Column("count", "Count", "right"),
        Column("status", "Status", wrap=True),
    )
    return Table(heads, tuple(rows), title="What is there")


def _what_is_wrong(problems: Sequence[LocatedProblem]) -> Table:
    count = Counter(one.severity for one in problems)
    rows = tuple(
        (f"{name}s" if name != "info" else "infos", count[name], "partnerreg validate")
        for name in SEVERITIES
        if count[name]
    )
    heads = (
        Column("severity", "Findings"),
        Column("count", "Count", "right"),
        Column("command", "See"),
    )
    return Table(heads, rows, title="What is wrong")


def _what_it_costs(registry: Registry, entries: tuple[Entry, ...]) -> list[Table]:
    tables = []
    first = registry.settings.currency
    for currency in sorted({e.currency for e in entries}, key=lambda code: (code != first, code)):
        sums: dict[tuple[int | None, str | None], Decimal] = defaultdict(Decimal)
        for entry in entries:
            if entry.currency == currency:
                sums[entry.year, entry.kind] += entry.amount
        rows = []
        for year in sorted({year for year, _ in sums}, key=lambda one: (one is None, one or 0)):
            own = [sums.get((year, kind), Decimal(0)) for kind in ("cash", "in-kind", None)]
            cells = [Amount(value, currency) if value else None for value in own]
            rows.append((str(year or "no year"), Amount(sum(own, Decimal(0)), currency), *cells))
        heads = [Column("year", "Year"), Column("total", "Total", "right")]
        heads += [Column(name, name, "right") for name in ("cash", "in-kind", "not stated")]
        tables.append(Table(tuple(heads), tuple(rows), title=f"Agreed and paid, {currency}"))
    return tables


def _what_is_next(coming: Sequence[Deadline], as_of: date) -> Table:
    rows = tuple(
        (
            one.day.isoformat(),
            one.left(as_of),
            one.words,
            one.agreement.id,
        )
        for one in coming[:_NEXT]
    )
    heads = (
        Column("date", "Date"),
        Column("left", "Left", "right"),
        Column("event", "Event"),
        Column("id", "Agreement"),
    )
    return Table(heads, rows, title="What runs out next")


def _what_is_missing(registry: Registry, as_of: date) -> Table:
    agreements = registry.valid_agreements
    money = {one.path: expand(one, as_of) for one in agreements}
    found: list[Row] = []
    for field, words in _TO_DO:
        count = sum(MISSING[field](one, money[one.path], as_of) for one in agreements)
        found.append((words, count, f"partnerreg list --missing {field}"))
    stale = sum(is_stale(one, _STALE, as_of) for one in agreements)
    found.append(("not checked for a year, or never", stale, "partnerreg list --stale 1y"))
    heads = (
        Column("what", "Agreements", wrap=True),
        Column("count", "Count", "right"),
        Column("command", "See"),
    )
    return Table(heads, tuple(row for row in found if row[1]), title="What is missing")
