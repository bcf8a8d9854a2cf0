"""Charts of the page as shapes in per cent of the width: they fit any screen and print."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from partnerreg.export.page.links import Links
from partnerreg.export.page.words import Words
from partnerreg.model.money import digits_shown
from partnerreg.output.chart import Bars, Mark, Panel, Series, Span, Timeline
from partnerreg.output.report import Amount


class Box(Struct, frozen=True):
    """A part of a bar: where, which style (a class of the page), and what it says."""

    x: str
    width: str
    style: str
    pattern: str
    told: str


class Year(Struct, frozen=True):
    """A year's bar and its exact sum."""

    label: str
    boxes: tuple[Box, ...]
    total: str


class Key(Struct, frozen=True):
    """A series: its style, what it is, and its sum over all years."""

    style: str
    pattern: str
    label: str
    total: str


class BarChart(Struct, frozen=True):
    """The bars of one currency."""

    currency: str
    years: tuple[Year, ...]
    keys: tuple[Key, ...]


def bar_charts(bars: Bars, words: Words) -> tuple[BarChart, ...]:
    """Return a chart for each currency."""
    return tuple(_chart(panel, words) for panel in bars.panels)


def patterns(charts: Sequence[BarChart]) -> tuple[tuple[str, str, bool, bool], ...]:
    """Return the patterns that charts use: id, the style of its colour, striped, dotted."""
    used = {key.pattern: key.style for chart in charts for key in chart.keys if key.pattern}
    return tuple((name, style, "k" in name, "p" in name) for name, style in sorted(used.items()))


def _chart(panel: Panel, words: Words) -> BarChart:
    every = [*panel.totals.values(), *(v for one in panel.series for v in one.amounts.values())]
    digits = digits_shown(every, panel.currency)

    def told(value: Decimal) -> str:
        return words.amount(Amount(value, panel.currency), digits)

    ups = [_reach(panel, year, up=True) for year in panel.years]
    downs = [_reach(panel, year, up=False) for year in panel.years]
    highest, lowest = max(ups, default=Decimal(0)), min(downs, default=Decimal(0))
    whole = highest - lowest or Decimal(1)
    years = []
    for year in panel.years:
        up = down = Decimal(0)
        boxes = []
        for one in panel.series:
            value = one.amounts.get(year, Decimal(0))
            if not value:
                continue
            start = up if value > 0 else down + value
            up, down = (up + value, down) if value > 0 else (up, down + value)
            words_ = f"{_label(one, words)}: {told(value)}"
            x, wide = (start - lowest) / whole, abs(value) / whole
            boxes.append(Box(_per_cent(x), _per_cent(wide), _style(one), _pattern(one), words_))
        label = str(year) if year else words("no year")
        total = told(panel.totals[year]) if year in panel.totals else words("no figures")
        years.append(Year(label, tuple(boxes), total))
    keys = tuple(
        Key(_style(one), _pattern(one), _label(one, words), told(one.total)) for one in panel.series
    )
    return BarChart(panel.currency, tuple(years), keys)


def _reach(panel: Panel, year: int | None, *, up: bool) -> Decimal:
    values = (one.amounts.get(year, Decimal(0)) for one in panel.series)
    return sum((value for value in values if (value > 0) is up), Decimal(0))


def _per_cent(part: Decimal | float) -> str:
    return f"{float(part) * 100:.3f}%"


def _style(one: Series) -> str:
    return "rest" if one.place is None else f"s{one.place}"


def _pattern(one: Series) -> str:
    """Return the pattern's id: of what is striped (k), dotted (p) or empty; none where plain."""
    signs = ("k" if one.kind == "in-kind" else "") + ("p" if one.is_planned else "")
    signs += "" if one.is_attributed else "o"
    return f"{signs}-{_style(one)}" if signs else ""


def _label(one: Series, words: Words) -> str:
    """Return a series' label: a name as it is, the tool's own words translated."""
    name = one.name
    if one.is_nobodys:
        name = words.told(name)
    elif one.place is None:
        name = words("more", count=name.partition(" ")[0])
    signs = ", ".join(map(words, one.signs))
    return f"{name} ({signs})" if signs else name


# Timeline -----------------------------------------------------------------------------------------


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
    return _per_cent(_part(timeline, day))


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
        yield Segment(_per_cent(end), _per_cent(until), "renews")
    if span.is_planned and not (span.first or span.last):
        return  # nothing is known of when
    known = span.first is not None and known_end is not None
    style = "planned" if span.is_planned else "holds" if known else "unknown"
    yield Segment(_per_cent(start), _per_cent(end), style)


def _sign(mark: Mark, timeline: Timeline, words: Words) -> Sign:
    place = _per_cent((_part(timeline, mark.day) + _part(timeline, mark.day, end=True)) / 2)
    day = mark.day.isoformat() if mark.is_exact else f"≤ {mark.day}"
    return Sign(place, mark.event, mark.is_exact, f"{words(mark.event)} {day}")
