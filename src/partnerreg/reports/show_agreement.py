"""Show an agreement in full: facts, deadlines, money, documents."""

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from partnerreg.calc.deadlines import deadlines
from partnerreg.calc.exits import earliest_exit, latest_end
from partnerreg.calc.status import status
from partnerreg.calc.term import effective_end
from partnerreg.model.dates import Duration
from partnerreg.model.parts import Line, Money, Party
from partnerreg.model.records import Agreement
from partnerreg.model.registry import Registry
from partnerreg.output.report import Amount, Cell, Column, Note, Report, Table
from partnerreg.reports.recorded import HEADS, as_recorded, references
from partnerreg.reports.totals.report import totals
from partnerreg.reports.totals.selection import MoneySelection


def show_agreement(registry: Registry, as_of: date, one: Agreement) -> Report:
    """Return everything about an agreement."""
    facts = Table(HEADS, tuple(fact for fact in _facts(registry, as_of, one) if fact[1]))
    dates, documents, lines = coming(one, as_of), references(one), money_recorded(registry, one)
    views = [facts, *(table for table in (dates,) if table.rows)]
    extra: dict[str, Table] = {"deadlines": dates, "references": documents, "lines": lines}
    notes: tuple[Note, ...] = ()
    if one.path in registry.invalid:
        notes = (
            Note("invalid-left-out", "this record has errors; reports leave it out", (one.id,)),
        )
    elif one.money:
        alone = replace(registry, agreements=(one,), invalid=frozenset())
        funding = totals(alone, as_of, wanted=MoneySelection(stage="all"))
        views += funding.shown
        notes, extra["funding"] = funding.notes, funding.table
    instalments = payments(registry, one)
    extra["payments"] = instalments
    views += [table for table in (lines, instalments, documents) if table.rows]
    failed = one.path in registry.invalid
    return Report(registry.title(one), facts, notes, tuple(views), failed=failed, extra=extra)


def _facts(registry: Registry, as_of: date, one: Agreement) -> Iterator[tuple[str, Cell]]:
    yield "id", one.id
    yield "file", one.path
    yield "kind", one.kind
    yield "form", one.form
    yield "status", status(one, as_of, registry.settings.expiring_within)
    yield "stage", one.stage
    yield "category", one.category
    yield "summary", one.summary
    if one.member and one.network:
        yield "member", f"{registry.name(one.member)} ({one.member})"
        yield "network", f"{registry.name(one.network)} ({one.network})"
    for party in one.parties:
        yield party.role or "party", _party(registry, party)
    yield from terms(registry, as_of, one)


def terms(registry: Registry, as_of: date, one: Agreement) -> Iterator[tuple[str, Cell]]:
    """Yield from when until when it holds, and all else that is recorded but parties and money."""
    now = status(one, as_of, registry.settings.expiring_within)
    yield "start", one.period.start.text
    yield "end", one.period.end.text
    yield "length", _length(one.period.length)
    yield "stated", one.period.stated
    end = effective_end(one, as_of)
    ends = (
        ("effective end", end.day if end and end.day != one.period.end.last else None),
        ("latest end", latest_end(one, as_of)),
        ("earliest exit", earliest_exit(one, as_of, now)),
    )
    for name, last in ends:
        yield name, last.isoformat() if last else None
    for name, day in (
        ("signed", one.signed),
        ("decided", one.decided),
        ("applied", one.applied),
        ("admitted", one.admitted),
        ("checked", one.checked),
    ):
        yield name, day.text if day else None
    if one.ended:
        yield "ended", _joined(one.ended.date.text, one.ended.reason, one.ended.note)
    for pause in one.suspended:
        span = f"{pause.from_.text} to {pause.to.text if pause.to else 'further notice'}"
        yield "suspended", _joined(span, pause.reason, pause.note)
    yield "notice", _length(one.notice)
    yield "notice to", one.notice_to if one.notice_to != "any-day" else None
    if one.renewal:
        renewal = one.renewal
        yield (
            "renewal",
            _joined(
                " ".join(filter(None, (renewal.mode, _length(renewal.term)))),
                f"at most {renewal.times} times" if renewal.times is not None else None,
                f"until {renewal.until.text}" if renewal.until else None,
                f"decide by {renewal.decide_by}" if renewal.decide_by is not None else None,
            ),
        )
    yield "themes", one.themes
    yield "responsible", one.responsible
    for case in one.case_numbers:
        yield "case number", _joined(case.number, case.organisation)
    yield from as_recorded(one, ("participants", "working_groups", "contacts", "decisions"))
    for step in one.milestones:
        done = f"done {step.done.text}" if step.done else "open"
        words = f"{step.title or step.id}: due {step.due.text}, {done}"
        yield "milestone", _joined(words, step.kind, step.responsible)
    yield "follows", one.follows
    yield "followed by", tuple(each.id for each in registry.followers.get(one.id, ()))
    yield "renewed by", registry.renewed_by(one)
    for key, text in one.labels.items():
        yield f"label {key}", text
    yield "notes", one.notes
    for each in one.accepted:
        yield "accepted", f"{each.rule}: {each.reason}"


def _party(registry: Registry, party: Party) -> str:
    units = [registry.unit_name(party.organisation, unit) for unit in party.units]
    name = f"{registry.name(party.organisation)} ({party.organisation})"
    span = [("from", party.from_), ("to", party.to), ("signed", party.signed)]
    dates = [f"{word} {day.text}" for word, day in span if day]
    return _joined(f"{name}: {', '.join(units)}" if units else name, *dates)


def _joined(*words: str | None) -> str:
    return ", ".join(filter(None, words))


def coming(one: Agreement, as_of: date) -> Table:
    """Return the deadlines that lie ahead."""
    heads = (
        Column("date", "Date"),
        Column("event", "Event"),
        Column("if_nothing", "If nobody acts", wrap=True),
    )
    rows = [
        (each.day.isoformat(), each.milestone or each.event, each.if_nothing)
        for each in sorted(deadlines(one, as_of), key=lambda each: each.day)
        if each.day >= as_of
    ]
    return Table(heads, tuple(rows), title="Deadlines")


def money_recorded(registry: Registry, one: Agreement) -> Table:
    """Return the funding lines and budget rows as recorded, those of unknown amount too."""
    heads = (
        Column("source", "Source", wrap=True),
        Column("recipient", "To", wrap=True),
        Column("time", "Time"),
        Column("amount", "Amount", "right"),
        Column("currency", "Currency"),
        Column("as", "As", wrap=True),
        Column("stated", "Stated", wrap=True),
        Column("note", "Note", wrap=True),
    )
    rows = tuple(_line(registry, one, money) for money in one.money)
    return Table(heads, rows, title="Funding as recorded")


def payments(registry: Registry, one: Agreement) -> Table:
    """Return the instalments of every line, in the order of the file."""
    heads = (
        Column("source", "Source", wrap=True),
        Column("due", "Due"),
        Column("amount", "Amount", "right"),
        Column("currency", "Currency"),
        Column("paid", "Paid"),
        Column("condition", "Condition", wrap=True),
    )
    rows = tuple(
        (
            registry.unit_name(line.source_organisation, line.source_unit),
            each.due.text,
            "unknown" if each.amount is None else Amount(each.amount, one.currency_of(line) or ""),
            one.currency_of(line),
            each.paid.text if each.paid else "open",
            each.condition,
        )
        for line in one.lines
        for each in line.payments
    )
    return Table(heads, rows, title="Payments")


def _line(registry: Registry, one: Agreement, money: Money) -> tuple[Cell, ...]:
    currency = one.currency_of(money) or ""
    source, recipient = "budget", None
    words: list[str | None] = [money.kind]
    if isinstance(money, Line):
        source = registry.unit_name(money.source_organisation, money.source_unit)
        recipient = one.recipient_of(money)
        labels = [f"{key}={text}" for key, text in money.labels.items()]
        words = [money.kind if money.kind != "cash" else None, money.what, *labels]
        words.insert(1, money.stage if money.stage != "agreed" else None)
        words.append("repayment" if money.repayment else None)
        words.append(f"{money.share} %" if money.share is not None else None)
    vat = one.vat_of(money)
    words.append("VAT exempt" if vat == "exempt" else f"VAT {vat}" if vat else None)
    words += [money.bound if money.bound != "exact" else None, money.reference]
    amount: Cell = "unknown" if money.amount is None else Amount(money.amount, currency)
    return (
        source,
        registry.name(recipient) if recipient else None,
        _time(money),
        amount,
        currency,
        _joined(*words),
        money.stated,
        money.note,
    )


def _time(money: Money) -> str:
    if money.year:
        return str(money.year)
    span = [
        f"{word} {day.text}" for word, day in (("from", money.from_), ("to", money.until)) if day
    ]
    return " ".join(["a year" if money.per == "year" else "the term", *span])


def _length(duration: Duration | None) -> str | None:
    return duration.text if duration else None
