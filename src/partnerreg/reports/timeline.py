"""Draw agreements over time: from when until when, and the days on which something falls due."""

from collections.abc import Iterable, Sequence
from datetime import date

from partnerreg.calc.deadlines import Deadline, deadlines
from partnerreg.calc.exits import latest_end
from partnerreg.calc.status import has_ended, known_start
from partnerreg.calc.term import effective_end
from partnerreg.model.records import Agreement
from partnerreg.model.registry import Registry
from partnerreg.output.chart import Mark, Span, Timeline
from partnerreg.reports.agreement_views import end_in_words

_YEARS = 5
"""Years before and after the as-of day beyond which a timeline cuts off."""


def timeline_of(registry: Registry, agreements: Iterable[Agreement], as_of: date) -> Timeline:
    """Return agreements over whole calendar years, with the deadlines that lie ahead.

    The years are those that the agreements span, at most five before and after the as-of day, and
    one more where something goes on.
    """
    spans = tuple(
        _span(registry, one, [due for due in deadlines(one, as_of) if due.day >= as_of], as_of)
        for one in agreements
    )
    starts = [one.first.year for one in spans if one.first]
    ends = [day.year for one in spans for day in (one.renews_until, one.last) if day]
    first = min([as_of.year, *starts])
    goes_on = any(one.is_open or one.renews_until for one in spans)
    last = max([as_of.year, *ends]) + goes_on
    return Timeline(
        date(max(first, as_of.year - _YEARS, date.min.year), 1, 1),
        date(min(last, as_of.year + _YEARS, date.max.year), 12, 31),
        as_of,
        spans,
    )


def timeline_within(
    registry: Registry, due: Sequence[Deadline], first: date, last: date, as_of: date
) -> Timeline:
    """Return the agreements of some deadlines, in the order of their first ones.

    It begins with the first and ends with the last of them where they lie outside of the window.
    """
    by_agreement: dict[Agreement, list[Deadline]] = {}
    for one in due:
        by_agreement.setdefault(one.agreement, []).append(one)
    spans = tuple(_span(registry, one, own, as_of) for one, own in by_agreement.items())
    days = [first, last, *(one.day for one in due)]
    return Timeline(min(days), max(days), as_of, spans)


def _span(registry: Registry, agreement: Agreement, due: Iterable[Deadline], as_of: date) -> Span:
    end = effective_end(agreement, as_of)
    renews = end is not None and end.renews
    latest = latest_end(agreement, as_of) if renews else None
    is_over = has_ended(agreement, as_of)
    return Span(
        agreement.id,
        registry.title(agreement),
        known_start(agreement).first,
        end.day if end else None,
        end_in_words(agreement, as_of),
        is_open=not is_over and (agreement.end.is_open if end is None else renews and not latest),
        renews_until=latest if latest and end and latest > end.day else None,
        is_planned=agreement.is_planned or agreement.stage == "declined",
        marks=tuple(Mark(one.event, one.day, one.precision == "day") for one in due),
    )
