"""Draw a report's chart as SVG or PNG, with altair and vl-convert (extra `charts`).

Vega sets the picture; every text is broken into lines, none is cut off. Sums and dates stand in the
picture's description as text.
"""

import struct
import zlib
from typing import Any
from xml.sax.saxutils import escape, unescape

from partnerreg.base.errors import ENVIRONMENT, Failure
from partnerreg.base.printable import clean
from partnerreg.output.cells import wrapped
from partnerreg.output.chart import Bars, Timeline
from partnerreg.output.note_lines import note_lines
from partnerreg.output.picture_bars import bar_charts, patterns, sums_told
from partnerreg.output.picture_parts import FAINT, PAGE, text_block
from partnerreg.output.picture_timeline import MOST_ROWS, dates_told, timeline_charts
from partnerreg.output.report import Report

_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
"""The font that vl-convert brings, and those of the same widths."""


def svg(report: Report) -> str:
    """Return the chart as SVG; the same text for the same report.

    Raises `Failure` (3) that names the install where the extra is missing.
    """
    alt, convert = _extra()
    chart = report.chart() if report.chart else Bars(())
    if isinstance(chart, Bars):
        parts, told = bar_charts(alt, chart), sums_told(chart)
        series = [one for panel in chart.panels for one in panel.series]
    else:
        parts, told, series = timeline_charts(alt, chart), dates_told(chart), []
    if not parts:
        parts, told = [text_block(alt, ["nothing"])], ["nothing"]
    notes = [line for note in note_lines(report) for line in wrapped(note, PAGE)]
    more = _more(chart)
    if more or notes:
        parts.append(text_block(alt, [*more, *notes], FAINT))
    whole = alt.vconcat(*parts, spacing=24).properties(
        title=alt.Title(wrapped(clean(report.title), 72), anchor="start", fontSize=16, offset=16)
    )
    whole = whole.configure(font=_FONT, padding=16, background="white").configure_view(stroke=None)
    drawn = convert.vegalite_to_svg(whole.to_dict())
    title = clean(report.title)
    head, rest = drawn.split(">", 1)
    head = head.replace("<svg ", '<svg role="img" aria-labelledby="title sums" ', 1)
    description = escape("\n".join([*told, *more, *note_lines(report)]))
    titles = f'<title id="title">{escape(title)}</title><desc id="sums">{description}</desc>'
    return f"{head}>{titles}<defs>{''.join(patterns(series))}</defs>{rest}\n"


def png(report: Report) -> bytes:
    """Return the chart as PNG, two pixels for one, with the description as its text."""
    _, convert = _extra()
    drawn = svg(report)
    whole: bytes = convert.svg_to_png(drawn, scale=2)
    start = drawn.index("<desc")
    told = drawn[drawn.index(">", start) + 1 : drawn.index("</desc>")]
    return _with_text(whole, {"Title": clean(report.title), "Description": unescape(told)})


def _extra() -> tuple[Any, Any]:
    try:
        import altair  # noqa: ICN001, PLC0415  (an extra, and slow to import)
        import vl_convert  # noqa: PLC0415
    except ImportError:
        raise Failure(
            "pictures need altair and vl-convert, which are not installed",
            hint="python -m pip install altair vl-convert-python; --format chart needs neither",
            exit_code=ENVIRONMENT,
        ) from None
    return altair, vl_convert


def _more(chart: Bars | Timeline) -> list[str]:
    """Return how many agreements a picture has no room for."""
    more = len(chart.spans) - MOST_ROWS if isinstance(chart, Timeline) else 0
    return [f"and {more:,} more agreements: filters choose what is drawn"] if more > 0 else []


def _with_text(whole: bytes, texts: dict[str, str]) -> bytes:
    """Return a PNG with texts in it by keyword, as chunks iTXt (PNG 3, 11.3.3.4)."""
    chunks = b""
    for keyword, text in texts.items():
        body = keyword.encode() + b"\0\0\0\0\0" + text.encode("utf-8", "replace")
        kind = b"iTXt"
        chunks += struct.pack(">I", len(body)) + kind + body
        chunks += struct.pack(">I", zlib.crc32(kind + body))
    header = 8 + 25  # the signature, and IHDR
    return whole[:header] + chunks + whole[header:]
