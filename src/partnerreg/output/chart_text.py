"""Write a report's chart as text: bars, or a timeline, at a fixed width."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from partnerreg.base.printable import clean
from partnerreg.model.money import digits_shown, shown
from partnerreg.output.cells import padded, width, wrapped
from partnerreg.output.chart import EVENTS, Bars, Panel, Series, Span, Timeline
from partnerreg.output.note_lines import note_lines
from partnerreg.output.report import Report

_SIGNS = "█▓▒░#=+ox%:&~@*<"
_SHADES = ("36", "33", "35", "32", "34", "31", "96", "93")
"""Colours of a terminal (SGR), each readable on a dark and on a light ground."""
_LEAST_BAR, _MOST_LABEL = 16, 44
_HOLDS, _UNKNOWN, _RENEWS, _PLANNED = "━", "┄", "─", "┈"
_EARLIER, _LATER, _TODAY, _SEVERAL = "◀", "▶", "│", "*"
_PAPER = 80
"""Columns of a chart in a file or a pipe."""
_STEPS = (1, 3, 6, 12, 24, 60, 120, 600, 1200, 6000)
"""Months between two dates on the axis: the shortest for which there is room."""


def on_paper(report: Report) -> str:
    """Return the report's chart as a file or a pipe has it."""
    return render(report, _PAPER, colour=False)


def render(report: Report, columns: int, *, colour: bool) -> str:
    """Return the report's chart in that many columns, at least forty; its notes below."""
    columns = max(columns, 40)
    chart = report.chart() if report.chart else Bars(())
    paint = _Paint(colour)
    drawn = _bars(chart, columns, paint) if isinstance(chart, Bars) else _timeline(chart, columns)
    lines = [*wrapped(clean(report.title), columns), "", *(drawn or ["nothing"])]
    notes = note_lines(report)
    if notes:
        lines.append("")
        lines += [part for line in notes for part in (wrapped(line, columns) if colour else [line])]
    return "".join(f"{line.rstrip()}\n" for line in lines)


class _Paint(Struct, frozen=True):
    """Puts text into colour, or leaves it as it is."""

    wanted: bool

    def __call__(self, text: str, shade: str) -> str:
        return f"\x1b[{shade}m{text}\x1b[0m" if self.wanted and text else text


def _bars(bars: Bars, columns: int, paint: _Paint) -> list[str]:
    lines: list[str] = []
    for panel in bars.panels:
        lines += [*([""] if lines else []), panel.currency, *_panel(panel, columns, paint)]
    return lines


def _panel(panel: Panel, columns: int, paint: _Paint) -> Iterator[str]:
    amounts = [value for one in panel.series for value in one.amounts.values()]
    digits = digits_shown([*amounts, *panel.totals.values()], panel.currency)
    figures = [shown(value, digits) for value in (*amounts, *panel.totals.values())]
    figure = max(map(len, figures), default=0)
    longest = max((width(clean(one.label)) for one in panel.series), default=0)
    label = max(min(longest, _MOST_LABEL, columns - figure - _LEAST_BAR - 8), 8)
    room = columns - label - figure - 8
    largest = max((abs(value) for value in amounts), default=Decimal(0)) or Decimal(1)
    for year in panel.years:
        total = shown(panel.totals[year], digits) if year in panel.totals else "–"
        total = total.rjust(figure)
        yield paint(f"{padded(str(year or 'no year'), label + 4, right=False)}  {total}", "1")
        for place, one in enumerate(panel.series):
            if year in one.amounts:
                yield from _bar(one, place, year, digits, (label, figure, room), largest, paint)


def _bar(
    one: Series,
    place: int,
    year: int | None,
    digits: int,
    widths: tuple[int, int, int],
    largest: Decimal,
    paint: _Paint,
) -> Iterator[str]:
    label, figure, room = widths
    value = one.amounts[year]
    length = max(round(abs(value) * room / largest), 1) if value else 0
    sign = _SIGNS[place % len(_SIGNS)]
    shade = "90" if one.place is None else _SHADES[one.place]
    bar = paint(sign * length, shade)
    first, *more = wrapped(clean(one.label), label)
    head = f"  {paint(sign, shade)} {padded(first, label, right=False)}"
    yield f"{head}  {shown(value, digits).rjust(figure)}  {bar}"
    yield from (f"    {line}" for line in more)


def _timeline(timeline: Timeline, columns: int) -> list[str]:
    if not timeline.spans:
        return []
    label = max(min(max(width(clean(one.title)) for one in timeline.spans), columns * 3 // 8), 8)
    until = max(width(one.until) for one in timeline.spans)
    scale = _Scale(timeline.first, timeline.last, columns - label - until - 4)
    margin = " " * (label + until + 4)
    lines = [f"{margin}{scale.axis()}"]
    if timeline.first <= timeline.as_of <= timeline.last:
        lines.append(f"{margin}{_today(timeline.as_of, scale)}")
    drawn = [_drawn(span, scale) for span in timeline.spans]
    for span, line in zip(timeline.spans, drawn, strict=True):
        first, *more = wrapped(clean(span.title), label)
        head = f"{padded(first, label, right=False)}  {padded(span.until, until, right=False)}"
        lines += [f"{head}  {line}", *more]
    return [*lines, "", *wrapped(_key(timeline.spans, "".join(drawn)), columns)]


def _today(as_of: date, scale: "_Scale") -> str:
    """Return the as-of day below the axis, before or behind its place as there is room."""
    place, day = scale.place(as_of), as_of.isoformat()
    if place + len(day) + 2 <= scale.columns:
        return f"{' ' * place}{_TODAY} {day}"
    return f"{day if place > len(day) else ''} {_TODAY}".rjust(place + 1)


class _Scale(Struct, frozen=True):
    """Days from `first` through `last` (inclusive) on so many columns."""

    first: date
    last: date
    columns: int

    def place(self, day: date) -> int:
        """Return the column of a day; of one outside the nearest column."""
        days = (self.last - self.first).days + 1
        place = (day - self.first).days * self.columns // days
        return min(max(place, 0), self.columns - 1)

    def axis(self) -> str:
        """Return the dates of the axis, each above its day, with as many as there is room for."""
        labels: list[tuple[int, str]] = []
        for months in _STEPS:
            length = 4 if months >= 12 else 7
            labels = [(self.place(day), day.isoformat()[:length]) for day in self._ticks(months)]
            if len(labels) > 2 and labels[1][0] - labels[0][0] <= length:
                del labels[0]  # the time before the first whole step may be short
            places = [place for place, _ in labels]
            apart = pairwise(places)
            if all(after - before > length for before, after in apart):
                break
        line = ""
        for place, text in labels:
            if place + len(text) <= self.columns:
                line = line.ljust(place) + text
        return line

    def _ticks(self, months: int) -> list[date]:
        found = [self.first]
        number = (self.first.year * 12 + self.first.month - 1) // months * months + months
        while number // 12 <= min(self.last.year, date.max.year):
            day = date(number // 12, number % 12 + 1, 1)
            if day > self.last:
                break
            found.append(day)
            number += months
        return found


def _drawn(span: Span, scale: _Scale) -> str:
    """Return an agreement's line: how it holds, and its marks."""
    cells = [" "] * scale.columns
    known_to = span.last or (scale.last if span.is_open else None)

    def draw(first: date, last: date, sign: str) -> None:
        if first <= scale.last and last >= scale.first and first <= last:
            for place in range(scale.place(first), scale.place(last) + 1):
                cells[place] = sign

    start, end = span.first or scale.first, known_to or scale.last
    if span.is_planned and not (span.first or span.last):
        return "planned, without dates"[: scale.columns]
    if span.first is None or known_to is None:
        draw(start, end, _UNKNOWN)
        for day in filter(None, (span.first, span.last)):
            draw(day, day, _HOLDS)
    if span.renews_until or (span.is_open and span.last):
        draw(end, span.renews_until or scale.last, _RENEWS)
    if span.is_planned:
        draw(start, end, _PLANNED)
    elif span.first is not None and known_to is not None:
        draw(start, end, _HOLDS)
    latest = span.renews_until or known_to or scale.last
    if start > scale.last or ((span.is_open or latest > scale.last) and cells[-1] != " "):
        cells[-1] = _LATER
    if end < scale.first or (start < scale.first and cells[0] != " "):
        cells[0] = _EARLIER
    marked: set[int] = set()
    for mark in span.marks:
        letter = EVENTS[mark.event][0]
        place = scale.place(mark.day)
        if scale.first <= mark.day <= scale.last:
            again = place in marked and cells[place].upper() != letter
            cells[place] = _SEVERAL if again else letter if mark.is_exact else letter.lower()
            marked.add(place)
    return "".join(cells)


def _key(spans: Sequence[Span], drawn: str) -> str:
    """Return what the signs mean, those that are used in what is drawn."""
    lines = (
        (_HOLDS, "holds"),
        (_UNKNOWN, "start or end unknown"),
        (_RENEWS, "may renew"),
        (_PLANNED, "planned"),
        (f"{_EARLIER} {_LATER}", "before and after"),
    )
    signs = [
        f"{sign} {words}" for sign, words in lines if any(one in drawn for one in sign.split())
    ]
    used = {mark.event for one in spans for mark in one.marks}
    signs += [f"{letter} {words}" for event, (letter, words) in EVENTS.items() if event in used]
    signs += [f"{_SEVERAL} several"] if _SEVERAL in drawn else []
    if any(not mark.is_exact for one in spans for mark in one.marks):
        signs.append("small letters: that day at the latest")
    return ", ".join(signs)
