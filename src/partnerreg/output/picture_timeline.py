"""Draw a timeline: a row an agreement, its deadlines as shapes."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from partnerreg.base.printable import clean
from partnerreg.output.chart import EVENTS, REST, Span, Timeline
from partnerreg.output.picture_parts import GRID, INK, LINE, WIDTH, data, lines_of

MOST_ROWS = 500
_ROW = 18
_HOLDS, _MAY, _TODAY = "#332288", "#7570b3", "#b3261e"
_SHAPES = {
    "end": "square",
    "notice": "triangle-down",
    "decide": "diamond",
    "milestone": "circle",
    "payment": "cross",
}
_DASHES: dict[str, list[int]] = {"whole": [1, 0], "unknown": [2, 4], "planned": [8, 4]}


def timeline_charts(alt: Any, timeline: Timeline) -> list[Any]:
    """Return the rows as a chart, and what its signs mean as another; none without rows."""
    spans = timeline.spans[:MOST_ROWS]
    if not spans:
        return []
    first, last = timeline.first.toordinal(), timeline.last.toordinal() + 1
    x_scale = alt.Scale(domain=[first, last], nice=False, zero=False)
    labels, lines, marks, y = [], [], [], 0
    for one in spans:
        text = lines_of(one.title)
        middle = y + _ROW / 2
        labels += [{"y": middle + place * LINE, "text": line} for place, line in enumerate(text)]
        lines += [{"y": middle, **line} for line in _span(one, timeline)]
        marks += [
            {
                "y": middle,
                "x": mark.day.toordinal() + 0.5,
                "shape": _SHAPES[mark.event],
                "fill": INK if mark.is_exact else "#ffffff",
            }
            for mark in one.marks
            if timeline.first <= mark.day <= timeline.last
        ]
        y += _ROW + (len(text) - 1) * LINE
    y_scale = alt.Scale(domain=[0, y], reverse=True, nice=False, zero=False)
    down = alt.Y("y:Q", axis=None, scale=y_scale)
    across = alt.X("x:Q", scale=x_scale, axis=_axis(alt, timeline))
    layers = [
        _rules(alt, lines, across, down),
        _points(alt, marks, across, down),
        data(alt, labels)
        .mark_text(align="right", baseline="middle", fontSize=11, color=INK)
        .encode(x=alt.value(-10), y=down, text="text:N"),
    ]
    for side in ("center", "left"):
        said = [
            {"y": one["y"], "x": one["arrow"], "text": one["sign"]}
            for one in lines
            if one.get("arrow") and one.get("side", "center") == side
        ]
        if said:
            texts = data(alt, said).mark_text(
                fontSize=11, color=INK, baseline="middle", align=side, dx=4 if side == "left" else 0
            )
            layers.append(texts.encode(x=across, y=down, text="text:N"))
    if timeline.first <= timeline.as_of <= timeline.last:
        today = [{"x": timeline.as_of.toordinal() + 0.5, "text": timeline.as_of.isoformat()}]
        layers.append(data(alt, today).mark_rule(color=_TODAY, strokeWidth=1.5).encode(x=across))
        layers.append(
            data(alt, today)
            .mark_text(color=_TODAY, fontSize=10, baseline="top", dy=4)
            .encode(x=across, y=alt.value(y), text="text:N")
        )
    drawn = alt.layer(*layers).properties(width=WIDTH, height=y)
    return [drawn, _timeline_key(alt, timeline)]


def _span(one: Span, timeline: Timeline) -> Iterator[dict[str, Any]]:
    """Yield the lines of an agreement: what is known whole, what is not dotted."""
    first, last = timeline.first.toordinal(), timeline.last.toordinal() + 1
    known_end = one.last or (timeline.last if one.is_open else None)
    start = one.first.toordinal() if one.first else first
    end = known_end.toordinal() + 1 if known_end else last
    if one.is_planned and not (one.first or one.last):
        yield {
            "x": first,
            "x2": first,
            "colour": REST,
            "width": 0,
            "dash": "whole",
            "arrow": first,
            "sign": "planned, without dates",
            "side": "left",
        }
        return
    kind = "planned" if one.is_planned else "whole" if one.first and known_end else "unknown"
    look = {"colour": REST, "width": 2} if kind == "unknown" else {"colour": _HOLDS, "width": 7}
    if kind == "planned":
        look = {"colour": _MAY, "width": 4}

    def line(start: int, end: int, **how: Any) -> Iterator[dict[str, Any]]:
        if start < last and end > first and start < end:
            yield {"x": max(start, first), "x2": min(end, last), **how}

    goes_on = one.is_open or end > last or (one.renews_until and one.renews_until > timeline.last)
    if one.renews_until or (one.is_open and one.last):
        until = one.renews_until.toordinal() + 1 if one.renews_until else last
        yield from line(end, until, colour=_MAY, width=2, dash="whole")
    yield from line(start, end, dash=kind, **look)
    if kind == "unknown":  # a known side ends in a stroke
        for day in filter(None, (one.first, one.last)):
            number = day.toordinal() + (day is one.last)
            yield from line(
                number, number + max((last - first) // 250, 1), dash="whole", colour=REST, width=9
            )
    blank = {"colour": REST, "width": 0, "dash": "whole"}
    if goes_on or start >= last:
        yield {"x": last, "x2": last, "arrow": last, "sign": "▶", **blank}
    if start < first or end <= first:
        yield {"x": first, "x2": first, "arrow": first, "sign": "◀", **blank}


def _rules(alt: Any, rows: Sequence[dict[str, Any]], across: Any, down: Any) -> Any:
    dashes = alt.Scale(domain=list(_DASHES), range=list(_DASHES.values()))
    return (
        data(alt, rows)
        .mark_rule()
        .encode(
            x=across,
            x2="x2:Q",
            y=down,
            strokeWidth=alt.StrokeWidth("width:Q", scale=None),
            stroke=alt.Stroke("colour:N", scale=None),
            strokeDash=alt.StrokeDash("dash:N", scale=dashes, legend=None),
        )
    )


def _points(alt: Any, marks: Sequence[dict[str, Any]], across: Any, down: Any) -> Any:
    return (
        data(alt, marks)
        .mark_point(size=70, strokeWidth=1.5, stroke=INK, opacity=1)
        .encode(
            x=across,
            y=down,
            shape=alt.Shape("shape:N", scale=None),
            fill=alt.Fill("fill:N", scale=None),
        )
    )


def _timeline_key(alt: Any, timeline: Timeline) -> Any:
    """Return what the lines and shapes mean."""
    used = {mark.event for one in timeline.spans for mark in one.marks}
    inexact = any(not mark.is_exact for one in timeline.spans for mark in one.marks)
    lines = [line for one in timeline.spans for line in _span(one, timeline)]
    used_lines = {(line["colour"], line["dash"], line["width"]) for line in lines}
    meanings = (
        (_HOLDS, 7, "whole", "holds"),
        (REST, 2, "unknown", "start or end unknown"),
        (REST, 9, "whole", "the side that is known"),
        (_MAY, 2, "whole", "may renew"),
        (_MAY, 4, "planned", "planned or declined"),
    )
    rows: list[dict[str, Any]] = [
        {"colour": colour, "width": wide, "dash": dash, "text": words}
        for colour, wide, dash, words in meanings
        if (colour, dash, wide) in used_lines
    ]
    points: list[dict[str, Any]] = [
        {"shape": _SHAPES[event], "fill": INK, "text": words}
        for event, (_, words) in EVENTS.items()
        if event in used
    ]
    if inexact:
        points.append(
            {"shape": "square", "fill": "#ffffff", "text": "hollow: that day at the latest"}
        )
    for place, row in enumerate([*rows, *points]):
        row["y"] = (place % 4) * 16 + 8
        row["x"] = place // 4 * 200
        row["x2"] = row["x"] + 26
        row["label"] = row["x"] + 34
        row["middle"] = row["x"] + 13
    pixels = {"scale": alt.Scale(domain=[0, WIDTH], nice=False), "axis": None}
    down = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, 64], reverse=True, nice=False))
    layers = [
        _rules(alt, rows, alt.X("x:Q", **pixels), down),
        _points(alt, points, alt.X("middle:Q", **pixels), down),
        data(alt, [*rows, *points])
        .mark_text(align="left", baseline="middle", fontSize=11, color=INK)
        .encode(x=alt.X("label:Q", **pixels), y=down, text="text:N"),
    ]
    return alt.layer(*layers).properties(width=WIDTH, height=64)


def _axis(alt: Any, timeline: Timeline) -> Any:
    step = _step(timeline)
    length = 4 if step >= 12 else 7
    ticks = {day.toordinal(): day.isoformat()[:length] for day in _ticks(timeline, step)}
    names = ", ".join(f"'{number}': '{name}'" for number, name in ticks.items())
    return alt.Axis(
        values=list(ticks),
        labelExpr=f"({{{names}}})[datum.value]",  # digits and hyphens only
        orient="top",
        title=None,
        gridColor=GRID,
        domain=False,
        tickColor=GRID,
        labelColor=INK,
        labelLimit=0,
        labelOverlap=False,
    )


def _step(timeline: Timeline) -> int:
    """Return how many months lie between two dates of the axis, so that they do not touch."""
    months = (timeline.last.year - timeline.first.year) * 12 + timeline.last.month
    months -= timeline.first.month - 1
    return next(
        step
        for step in (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000)
        if months / step * (36 if step >= 12 else 54) <= WIDTH
    )


def _ticks(timeline: Timeline, step: int) -> Iterator[date]:
    number = -(-(timeline.first.year * 12 + timeline.first.month - 1) // step) * step
    while number // 12 <= min(timeline.last.year, date.max.year):
        day = date(number // 12, number % 12 + 1, 1)
        if timeline.first <= day <= timeline.last:
            yield day
        number += step


def dates_told(timeline: Timeline) -> list[str]:
    """Return the dates as lines of text."""
    told = []
    for one in timeline.spans[:MOST_ROWS]:
        start = one.first.isoformat() if one.first else "unknown"
        marks = [
            f"{EVENTS[mark.event][1]} {'' if mark.is_exact else '≤ '}{mark.day}"
            for mark in one.marks
        ]
        told.append("; ".join([f"{clean(one.title)}: {start} to {one.until}", *marks]))
    return told
