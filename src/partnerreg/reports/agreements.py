"""Report `list`: agreements, one a row."""

from datetime import date
from decimal import Decimal

from partnerreg.base.collation import collated
from partnerreg.calc.exits import earliest_exit, latest_end
from partnerreg.calc.funding import Expansion, expand, missing_years
from partnerreg.calc.status import Status, status
from partnerreg.calc.term import effective_end
from partnerreg.model.dates import Duration
from partnerreg.model.parts import Line
from partnerreg.model.records import Agreement
from partnerreg.model.registry import Registry
from partnerreg.output.report import Amount, Cell, Report, Table, columns
from partnerreg.reports.agreement_views import view
from partnerreg.reports.cut import Cut
from partnerreg.reports.filters import Filters, may_concern, select
from partnerreg.reports.missing import MISSING, check_missing, is_stale
from partnerreg.reports.notes import invalid_left_out, is_incomplete
from partnerreg.reports.timeline import timeline_of

COLUMNS = (
    "id kind form title status stage start end parties responsible currency "
    "funding_cash funding_in_kind funding_complete effective_end renews latest_end "
    "earliest_exit"
)
"""What a row of `list` has, for machines."""


def listing(
    registry: Registry,
    as_of: date,
    *,
    filters: Filters = Filters(),
    missing: tuple[str, ...] = (),
    stale: Duration | None = None,
    cut: Cut = Cut(),
) -> Report:
    """Return the agreements that pass the filters, by title.

    `missing` keeps those that lack all of the named; `stale` those last checked longer ago, or
    never; `cut` chooses columns, order and number of rows. Raises `Failure` (2) for values that
    cannot be meant.
    """
    check_missing(missing)
    chosen, notes = select(registry, filters, as_of)
    kept = [
        (one, money)
        for one in chosen
        for money in [expand(one, as_of)]
        if all(MISSING[name](one, money, as_of) for name in missing)
        and (stale is None or is_stale(one, stale, as_of))
    ]
    kept.sort(key=lambda pair: (collated(registry.title(pair[0])), pair[0].id))
    concerned = may_concern(registry, filters, as_of)
    notes = (*notes, *invalid_left_out(registry, [path for path, _ in concerned]))
    table, order, more = cut.applied(_rows(registry, kept, as_of), view(registry, kept, as_of))
    return Report(
        f"Agreements, as of {as_of}",
        table[0],
        (*notes, *more),
        table[1:],
        failed=is_incomplete(notes),
        name_of=registry.name_of,
        chart=lambda: timeline_of(registry, [kept[place][0] for place in order], as_of),
    )


def money_of(
    agreement: Agreement, money: Expansion, as_of: date
) -> tuple[str | None, Amount | None, Amount | None, bool | None]:
    """Return currency, agreed and paid cash (with the remainder) and in-kind, and completeness.

    The sums are None where there is no funding, several currencies, or nothing but unknown amounts
    of the kind; complete means that no amount and no year is unknown. None says that there is no
    funding.
    """
    if not (agreement.lines or agreement.budget):
        return None, None, None, None
    codes = {code for one in agreement.money if (code := agreement.currency_of(one))}
    complete = not (
        money.unknown
        or missing_years(agreement, money, as_of)
        or any(remark.code != "continued" for remark in money.remarks)
    )
    if len(codes) != 1:
        return None, None, None, complete
    currency = codes.pop()
    counted = [entry for entry in money.entries if entry.stage != "planned"]
    in_kind = sum((e.amount for e in counted if e.kind == "in-kind"), Decimal(0))
    cash = sum((e.amount for e in counted if e.kind != "in-kind"), Decimal(0))
    sums = {False: cash, True: in_kind}
    shown = [
        None if _all_unknown(agreement, in_kind=kind) else Amount(sums[kind], currency)
        for kind in (False, True)
    ]
    return currency, shown[0], shown[1], complete


def _all_unknown(agreement: Agreement, *, in_kind: bool) -> bool:
    """Whether there are amounts of a kind, planned ones aside, and all of them are unknown."""
    if agreement.is_planned or agreement.stage == "declined":
        return False  # none of its money is agreed or paid
    amounts = [
        money.amount
        for money in agreement.money
        if (money.kind == "in-kind") is in_kind
        and not (isinstance(money, Line) and money.stage == "planned")
    ]
    return bool(amounts) and all(amount is None for amount in amounts)


def _rows(registry: Registry, kept: list[tuple[Agreement, Expansion]], as_of: date) -> Table:
    within = registry.settings.expiring_within
    rows = []
    for one, money in kept:
        now = status(one, as_of, within)
        head: tuple[Cell, ...] = (
            one.id,
            one.kind,
            one.form,
            registry.title(one),
            now,
            one.stage,
            one.period.start.text,
            one.period.end.text,
            one.organisations,
            one.responsible,
        )
        rows.append((*head, *money_of(one, money, as_of), *_ends(one, as_of, now)))
    return Table(columns(COLUMNS, right=["funding_cash", "funding_in_kind"]), tuple(rows))


def _ends(one: Agreement, as_of: date, now: Status) -> tuple[Cell, ...]:
    """Return the effective end, whether it renews, the latest end and the earliest exit."""
    end = effective_end(one, as_of)
    days = (latest_end(one, as_of), earliest_exit(one, as_of, now))
    return (
        end.day.isoformat() if end else None,
        bool(end and end.renews),
        *(day.isoformat() if day else None for day in days),
    )
