"""Bars of the page as boxes in per cent of the width: they fit any screen, and print."""

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from partnerreg.export.page.words import Words
from partnerreg.model.money import digits_shown
from partnerreg.output.chart import Bars, Panel, Series
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
            boxes.append(Box(per_cent(x), per_cent(wide), _style(one), _pattern(one), words_))
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


def per_cent(part: Decimal | float) -> str:
    """Return a part of the whole width as SVG has it."""
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
