"""Report `expiring`: what ends, renews or falls due in a window of days."""

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from partnerreg.base.errors import Failure
from partnerreg.calc.deadlines import Deadline, deadlines, open_payments
from partnerreg.calc.status import status
from partnerreg.calc.term import notice_day
from partnerreg.model.dates import Duration, shifted
from partnerreg.model.records import Agreement
from partnerreg.model.registry import Registry
from partnerreg.output.report import Amount, Note, Report, Table, columns
from partnerreg.reports.deadline_views import check_group, events, responsible, views
from partnerreg.reports.filters import Filters, may_concern, select
from partnerreg.reports.notes import invalid_left_out, is_incomplete, note
from partnerreg.reports.timeline import timeline_within

_LEFT_OUT = frozenset({"ended", "declined", "planned"})
_PATIENCE = Duration(6, 0)
"""How long an application may wait for an answer before it counts as overdue."""


class Window(Struct, frozen=True):
    """From the first through the last day, both included; raises `Failure` (2) for an empty one."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Failure("the window ends before it begins", hint="check --from, --to and --as-of")


class Span(Struct, frozen=True):
    """What the options say of the window; what is missing is filled in by `window`.

    Raises `Failure` (2) where they do not go together.
    """

    within: Duration | None = None
    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        if self.within and (self.first or self.last):
            raise Failure("--within goes without --from and --to")
        if self.first and self.last:
            _ = Window(self.first, self.last)

    def window(self, as_of: date, usual: Duration) -> Window:
        """Return the window: from the as-of day, as long as `usual`, where nothing else is said.

        Raises `Failure` (2) where it ends before it begins.
        """
        first = self.first or as_of
        return Window(first, self.last or shifted(first, self.within or usual))


def expiring(
    registry: Registry,
    as_of: date,
    *,
    span: Span = Span(),
    filters: Filters = Filters(),
    unrenewed: bool = False,
    overdue: bool = False,
    payments: bool = False,
    by: str = "",
) -> Report:
    """Return the deadlines in a window, by date; without one, within `expiring_within`.

    `unrenewed` leaves out what needs nobody's care (see `needs_nobody`). `overdue` adds what
    lies behind: open milestones, expired agreements without a follower, and applications older
    than six months. `payments` adds instalments that are due and not paid.
    People see a table for each value of `by`: month, quarter, responsible or event.
    """
    check_group(by)
    window = span.window(as_of, registry.settings.expiring_within)
    chosen, notes = select(registry, filters, as_of)
    within = registry.settings.expiring_within
    live = [one for one in chosen if status(one, as_of, within) not in _LEFT_OUT]
    every = [found for one in live for found in deadlines(one, window.first)]
    due = [found for one in live for found in open_payments(one)] if payments else []
    every += due
    found = {one for one in every if window.first <= one.day <= window.last}
    if overdue:
        found |= set(_overdue(registry, live, chosen, as_of))
        found |= {one for one in due if one.day < as_of}
    if unrenewed:
        found = {one for one in found if not needs_nobody(registry, one, as_of)}
    ordered = sorted(
        found,
        key=lambda one: (
            one.day,
            one.agreement.id,
            one.event,
            one.milestone or "",
            one.place or (),
        ),
    )
    concerned = may_concern(registry, filters, as_of)
    left_out = invalid_left_out(registry, [path for path, _ in concerned])
    return Report(
        f"Expiring from {window.first} to {window.last}, as of {as_of}",
        _rows(registry, ordered, as_of),
        (
            *notes,
            *_unknown_notes(live, payments=payments),
            *_imprecise(every, found, window),
            *left_out,
        ),
        views(registry, ordered, as_of, by),
        failed=is_incomplete((*notes, *left_out)),
        needs_care=any(not needs_nobody(registry, one, as_of) for one in ordered),
        name_of=registry.name_of,
        events=events(registry, ordered),
        chart=lambda: timeline_within(registry, ordered, window.first, window.last, as_of),
    )


def needs_nobody(registry: Registry, deadline: Deadline, as_of: date) -> bool:
    """Whether a deadline needs nobody's care.

    An end, a notice or a decision with an agreed follower does not, nor the end of a term that
    renews and whose last day of notice has passed: nothing can be done about it.
    """
    agreement = deadline.agreement
    if deadline.event in {"end", "notice", "decide"} and registry.renewed_by(agreement):
        return True
    if deadline.event != "end" or deadline.if_nothing != "renews" or agreement.notice is None:
        return False
    return notice_day(deadline.day, agreement.notice) < as_of


def _overdue(
    registry: Registry, live: list[Agreement], chosen: Iterable[Agreement], as_of: date
) -> Iterator[Deadline]:
    for agreement in live:
        for deadline in deadlines(agreement, as_of):
            late = deadline.event == "milestone" or (
                deadline.event == "end" and not registry.renewed_by(agreement)
            )
            if late and deadline.day < as_of:
                yield deadline
    for agreement in chosen:
        applied = agreement.applied
        if (
            agreement.stage == "applied"
            and agreement.ended is None
            and applied
            and applied.first
            and applied.last
            and applied.precision
        ):
            answer = shifted(applied.last, _PATIENCE)
            if answer < as_of:
                first = shifted(applied.first, _PATIENCE)
                yield Deadline(agreement, "decide", answer, first, applied.precision)


def _rows(registry: Registry, ordered: list[Deadline], as_of: date) -> Table:
    names = (
        "id kind event date precision days_left title milestone if_nothing renewed_by "
        "responsible parties amount currency"
    )
    return Table(
        columns(names, right=["days_left", "amount"]),
        tuple(
            (
                one.agreement.id,
                one.agreement.kind,
                one.event,
                one.day.isoformat(),
                one.precision,
                (one.day - as_of).days,
                registry.title(one.agreement),
                one.milestone,
                one.if_nothing,
                registry.renewed_by(one.agreement),
                responsible(one),
                one.agreement.organisations,
                None if one.amount is None else Amount(one.amount, one.currency or ""),
                one.currency,
            )
            for one in ordered
        ),
    )


def _unknown_notes(live: list[Agreement], *, payments: bool) -> Iterator[Note]:
    ends = [one.id for one in live if one.end.is_unknown and not _end_by_act(one)]
    if ends:
        yield note("end-unknown", ends, "{n} cannot be listed: the end is unknown")
    dues = [one.id for one in live for m in one.milestones if m.done is None and not m.due.is_known]
    if dues:
        yield note("due-unknown", dues, "{n} with an open milestone whose due date is unknown")
    unpaid = [
        one.id
        for one in live
        for line in one.lines
        for each in line.payments
        if payments and each.paid is None and not each.due.is_known
    ]
    if unpaid:
        yield note("due-unknown", unpaid, "{n} with an open payment whose due date is unknown")


def _end_by_act(agreement: Agreement) -> bool:
    return agreement.ended is not None and agreement.ended.date.is_known


def _imprecise(every: list[Deadline], found: set[Deadline], window: Window) -> Iterator[Note]:
    """Yield a note about dates known only by month or year that may fall into the window too."""
    unsure = [
        one.agreement.id
        for one in every
        if one not in found and one.first <= window.last and one.day > window.last
    ]
    if unsure:
        message = (
            "{n} with a date known only by month or year, counted as its last day: "
            "it may come within these days"
        )
        yield note("may-end-earlier", unsure, message)
