"""The page's timeline as lines and signs in per cent of the width."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from partnerreg.export.page.bar_drawing import per_cent
from partnerreg.export.page.links import Links
from partnerreg.export.page.words import Words
from partnerreg.output.chart import Mark, Span, Timeline


class Segment(Struct, frozen=True):
    """A part of an agreement's line, and its style: holds, unknown, renews or planned."""

    first: str
    last: str
    style: str


class Sign(Struct, frozen=True):
    """A deadline on the line: its shape (the event), and what it says."""

    place: str
    event: str
    is_exact: bool
    told: str


class Row(Struct, frozen=True):
    """An agreement on the timeline; it may have begun before, and go on after."""

    record: str
    title: str
    until: str
    told: str
    segments: tuple[Segment, ...]
    signs: tuple[Sign, ...]
    is_before: bool
    is_after: bool


class TimeChart(Struct, frozen=True):
    """Agreements over years: ticks, the as-of day, a row each, and what the signs mean."""

    ticks: tuple[tuple[str, str], ...]
    today: str
    today_told: str
    rows: tuple[Row, ...]
    styles: tuple[tuple[str, str], ...]
    events: tuple[tuple[str, str], ...]
    has_hollow: bool


_STYLES = {
    "holds": "holds",
    "unknown": "start or end unknown",
    "renews": "may renew",
    "planned": "planned",
}
_EVENTS = ("end", "notice", "decide", "milestone", "payment")


def time_chart(timeline: Timeline, words: Words, as_of: date, links: Links) -> TimeChart:
    """Return the timeline as shapes."""
    first, last = timeline.first, timeline.last
    step = max(-(-(last.year - first.year + 1) // 12), 1)
    days = (date(year, 1, 1) for year in range(first.year, last.year + 1, step))
    ticks = tuple((_place(timeline, day), str(day.year)) for day in days)
    rows = tuple(_row(span, timeline, words, links) for span in timeline.spans)
    styles = {part.style for row in rows for part in row.segments}
    signs = [sign for row in rows for sign in row.signs]
    used = {sign.event for sign in signs}
    return TimeChart(
        ticks,
        _place(timeline, timeline.as_of),
        words("today", day=as_of),
        rows,
        tuple((style, words(told)) for style, told in _STYLES.items() if style in styles),
        tuple((event, words(event)) for event in _EVENTS if event in used),
        any(not sign.is_exact for sign in signs),
    )


def _part(timeline: Timeline, day: date, *, end: bool = False) -> float:
    whole = timeline.last.toordinal() + 1 - timeline.first.toordinal()
    part = (day.toordinal() + end - timeline.first.toordinal()) / whole
    return min(max(part, 0.0), 1.0)


def _place(timeline: Timeline, day: date) -> str:
    return per_cent(_part(timeline, day))


def _row(span: Span, timeline: Timeline, words: Words, links: Links) -> Row:
    known_end = span.last or (timeline.last if span.is_open else None)
    latest = span.renews_until or known_end
    start, until = (
        span.first.isoformat() if span.first else words("unknown"),
        words.told(span.until),
    )
    signs = [
        _sign(mark, timeline, words)
        for mark in span.marks
        if timeline.first <= mark.day <= timeline.last
    ]
    signs.sort(key=lambda sign: sign.event == "end")  # an end is drawn above what else is that day
    return Row(
        links.agreement(span.id),
        span.title,
        until,
        f"{start} – {until}",
        tuple(_segments(span, timeline)),
        tuple(signs),
        is_before=span.first is not None and span.first < timeline.first,
        is_after=span.is_open or (latest is not None and latest > timeline.last),
    )


def _segments(span: Span, timeline: Timeline) -> Iterator[Segment]:
    known_end = span.last or (timeline.last if span.is_open else None)
    start = _part(timeline, span.first) if span.first else 0.0
    end = _part(timeline, known_end, end=True) if known_end else 1.0
    if span.renews_until or (span.is_open and span.last):
        until = _part(timeline, span.renews_until, end=True) if span.renews_until else 1.0
        yield Segment(per_cent(end), per_cent(until), "renews")
    if span.is_planned and not (span.first or span.last):
        return  # nothing is known of when
    known = span.first is not None and known_end is not None
    style = "planned" if span.is_planned else "holds" if known else "unknown"
    yield Segment(per_cent(start), per_cent(end), style)


def _sign(mark: Mark, timeline: Timeline, words: Words) -> Sign:
    place = per_cent((_part(timeline, mark.day) + _part(timeline, mark.day, end=True)) / 2)
    day = mark.day.isoformat() if mark.is_exact else f"≤ {mark.day}"
    return Sign(place, mark.event, mark.is_exact, f"{words(mark.event)} {day}")
