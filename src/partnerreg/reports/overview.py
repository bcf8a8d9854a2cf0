"""Report `overview`: the registry on one screen."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from partnerreg.base.problems import SEVERITIES, LocatedProblem
from partnerreg.calc.deadlines import Deadline, deadlines
from partnerreg.calc.entry import Entry
from partnerreg.calc.funding import expand
from partnerreg.calc.status import STATUSES, status
from partnerreg.model.dates import Duration
from partnerreg.model.registry import Registry
from partnerreg.output.report import Amount, Column, Note, Report, Row, Table, columns
from partnerreg.reports.agreements import MISSING, is_stale
from partnerreg.reports.notes import invalid_left_out, note
from partnerreg.reports.totals.entries import money_rows
from partnerreg.reports.totals.selection import MoneySelection

_NEXT = 5
_LEFT_OUT = frozenset({"ended", "declined", "planned", "expired"})
_FIRST_STEPS = (
    "there are no records yet: begin with organisations/<id>.yaml (name, type) for each who takes "
    "part, then partnerships/<id>.yaml and memberships/<id>.yaml; partnerreg validate says what is "
    "missing"
)
_STALE = Duration(12, 0)
_TO_DO = (
    ("end", "end unknown"),
    ("start", "start unknown"),
    ("funding", "no funding"),
    ("figures", "years without figures"),
    ("amount", "amount unknown"),
    ("responsible", "nobody responsible"),
    ("references", "no document"),
)


def overview(registry: Registry, problems: Sequence[LocatedProblem], as_of: date) -> Report:
    """Return the registry on one screen; `problems` are all findings of that day."""
    entries, notes = money_rows(registry, as_of, MoneySelection(), None)
    sections = (
        _what_is_there(registry, as_of),
        _what_is_wrong(problems),
        *_what_it_costs(registry, entries),
        _what_is_next(registry, as_of),
        _what_is_missing(registry, as_of),
    )
    shown = tuple(table for table in sections if table.rows)
    rows = [rewrite for table in shown for row in table.rows for rewrite in _tidy(table, row)]
    left_out = invalid_left_out(registry)
    without = [entry.agreement.id for entry in entries if entry.year is None]
    if without:
        how = "totals --spread start, or days, gives them years"
        notes = (*notes, note("no-year", without, f"sums of a term of {{n}} have no year: {how}"))
    if not registry.places:
        notes = (*notes, Note("empty-registry", _FIRST_STEPS))
    title = registry.settings.title or registry.root.absolute().resolve().name
    return Report(
        f"{title}, as of {as_of}",
        Table(columns("section name field value"), tuple(rows)),
        (*notes, *left_out),
        shown,
        failed=bool(left_out),
    )


def _tidy(table: Table, row: Row) -> Iterator[Row]:
    """Yield a row of any section for machines: its section and name, then a field each."""
    for column, cell in zip(table.columns[1:], row[1:], strict=True):
        if cell not in {None, ""}:
            yield (table.title, row[0], column.name.replace("-", "_").replace(" ", "_"), cell)


def _what_is_there(registry: Registry, as_of: date) -> Table:
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


def _what_is_next(registry: Registry, as_of: date) -> Table:
    within = registry.settings.expiring_within
    coming: list[Deadline] = [
        one
        for agreement in registry.valid_agreements
        if status(agreement, as_of, within) not in _LEFT_OUT
        for one in deadlines(agreement, as_of)
        if one.day >= as_of
    ]
    coming.sort(key=lambda one: (one.day, one.agreement.id, one.event))
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
