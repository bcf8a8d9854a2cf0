"""Draw bars: a column a year, stacked, and the series with their sums beside it."""

from collections.abc import Iterator, Sequence
from typing import Any

from partnerreg.base.printable import clean
from partnerreg.model.money import digits_shown, shown
from partnerreg.output.chart import Bars, Panel, Series
from partnerreg.output.picture_parts import INK, LABEL, LETTER, LINE, WIDTH, data, lines_of

_HEIGHT, _STEP, _LEAST_STEP = 280, 64, 18


def bar_charts(alt: Any, bars: Bars) -> list[Any]:
    """Return a chart for each currency."""
    return [alt.hconcat(_panel(alt, one), _key(alt, one), spacing=32) for one in bars.panels]


def _fill(one: Series) -> str:
    """Return a series' fill: plain for what is agreed in cash, else a pattern of its own."""
    if one.kind == "in-kind" or one.is_planned or not one.is_attributed:
        return f"url(#{_pattern_id(one)})"
    return one.colour


def _pattern_id(one: Series) -> str:
    words = [one.colour.removeprefix("#")]
    words += ["kind"] if one.kind == "in-kind" else []
    words += ["planned"] if one.is_planned else []
    words += [] if one.is_attributed else ["open"]
    return "-".join(words)


def _panel(alt: Any, panel: Panel) -> Any:
    years = [str(year or "no year") for year in panel.years]
    step = max(min(_STEP, WIDTH // len(years)), _LEAST_STEP)
    amounts = [value for one in panel.series for value in one.amounts.values()]
    digits = digits_shown([*amounts, *panel.totals.values()], panel.currency)
    totals = {year: shown(value, digits) for year, value in panel.totals.items()}
    totals = {year: totals.get(year, "–") for year in panel.years}
    rows: list[dict[str, Any]] = []
    tops: list[dict[str, Any]] = []
    for year, name in zip(panel.years, years, strict=True):
        up = down = 0.0  # pixels need no more
        for one in panel.series:
            value = float(one.amounts.get(year, 0))
            start = up if value >= 0 else down
            up, down = (up + value, down) if value >= 0 else (up, down + value)
            if value:
                ends = {"from": start, "to": start + value}
                fill = _fill(one)
                dash = [4, 2] if one.is_planned else [1, 0]
                edge = "#ffffff" if fill == one.colour else one.colour
                rows.append({"year": name, **ends, "fill": fill, "edge": edge, "dash": str(dash)})
        is_below = panel.totals.get(year, 0) < 0
        place = "under" if is_below else "over"
        tops.append({"year": name, "top": down if is_below else up, place: totals[year]})
    longest = max(map(len, totals.values()))
    turned = longest * LETTER > step
    x = alt.X(
        "year:O",
        sort=years,
        title=None,
        axis=alt.Axis(labelAngle=0 if step >= 6 * LETTER else -90, labelLimit=0, ticks=False),
    )
    largest = max((row["top"] for row in tops), default=0)
    axis = alt.Axis(format=",.0f" if largest >= 10 else ",.3~f", labelLimit=0, tickCount=6)
    y = alt.Y("from:Q", title=panel.currency, axis=axis)
    bars = (
        data(alt, rows)
        .mark_bar(strokeWidth=1, width=alt.RelativeBandSize(0.72))
        .encode(
            x=x,
            y=y,
            y2="to:Q",
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("edge:N", scale=None),
            strokeDash=alt.StrokeDash(
                "dash:N",
                scale=alt.Scale(domain=["[4, 2]", "[1, 0]"], range=[[4, 2], [1, 0]]),
                legend=None,
            ),
        )
    )
    layers = [bars]
    for place, down in (("over", -1), ("under", 1)):
        shown_there = [row for row in tops if place in row]
        if not shown_there:
            continue
        text = (
            {"align": "right" if down > 0 else "left", "angle": 270, "dx": -4 * down}
            if turned
            else {"align": "center", "dy": 7 * down}
        )
        labels = data(alt, shown_there).mark_text(fontSize=10, color=INK, baseline="middle", **text)
        layers.append(labels.encode(x=x, y=alt.Y("top:Q"), text=f"{place}:N"))
    drawn = alt.layer(*layers)
    return drawn.properties(width=step * len(years), height=_HEIGHT)


def _key(alt: Any, panel: Panel) -> Any:
    """Return the series with their sums, a swatch each, the uppermost first."""
    every = [value for one in panel.series for value in one.amounts.values()]
    digits = digits_shown(every, panel.currency)
    rows, swatches, y = [], [], 0
    for one in reversed(panel.series):
        fill = _fill(one)
        swatches.append({"y": y, "fill": fill, "edge": one.colour, "to": y + 11})
        for line in (*lines_of(one.label), shown(one.total, digits)):
            rows.append({"y": y, "text": line})
            y += LINE
        y += 6
    scale = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, max(y, 1)], reverse=True))
    boxes = (
        data(alt, swatches)
        .mark_rect(strokeWidth=1)
        .encode(
            x=alt.value(0),
            x2=alt.value(14),
            y=scale,
            y2="to:Q",
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("edge:N", scale=None),
        )
    )
    words = data(alt, rows).mark_text(align="left", baseline="top", fontSize=11, color=INK)
    drawn = alt.layer(boxes, words.encode(x=alt.value(20), y=scale, text="text:N"))
    return drawn.properties(width=LABEL * LETTER, height=max(y, 1))


def patterns(series: Sequence[Series]) -> Iterator[str]:
    """Yield the patterns: stripes for in kind, dots for planned, an outline for not attributed."""
    for name, one in {_pattern_id(one): one for one in series}.items():
        if name == one.colour.removeprefix("#"):
            continue
        ground = '<rect width="8" height="8" fill="#ffffff"/>'
        stripes = f'<path d="M-2,6 6,-2 M2,10 10,2" stroke="{one.colour}" stroke-width="2.6"/>'
        dots = f'<circle cx="4" cy="4" r="1.6" fill="{one.colour}"/>'
        inside = (stripes if one.kind == "in-kind" else "") + (dots if one.is_planned else "")
        size = 'width="8" height="8" patternUnits="userSpaceOnUse"'
        yield f'<pattern id="{name}" {size}>{ground}{inside}</pattern>'


def sums_told(bars: Bars) -> list[str]:
    """Return the sums as lines of text."""
    told = []
    for panel in bars.panels:
        every = [*panel.totals.values(), *(v for one in panel.series for v in one.amounts.values())]
        digits = digits_shown(every, panel.currency)
        for year in panel.years:
            total = shown(panel.totals[year], digits) if year in panel.totals else "no figures"
            told.append(f"{panel.currency} {year or 'no year'}: {total}")
            told += [
                f"  {clean(one.label)}: {shown(one.amounts[year], digits)}"
                for one in panel.series
                if year in one.amounts
            ]
    return told
