"""Charts: what is drawn, and that nothing of it is lost, cut off, or told by colour alone."""

import itertools
import re
import struct
import sys
import unicodedata
import xml.etree.ElementTree as ET
import zlib
from datetime import date
from decimal import Decimal

import pytest

import partnerreg
from conftest import AS_OF, partnership
from partnerreg.cli.main import run
from partnerreg.output import chart_text
from partnerreg.output.cells import width
from partnerreg.output.chart import COLOURS, REST, Bars, Timeline
from partnerreg.output.report import Report, Table
from test_trials import money

SVG = "{http://www.w3.org/2000/svg}"


def chart(root, name="totals", **options):
    report = getattr(partnerreg.load(root, as_of=AS_OF), name)(**options)
    assert report.chart
    return report.chart()


def many(count: int) -> dict[str, str]:
    """That many agreements of as many sources, with all sorts of dates."""
    periods = (
        "{start: 2020-03, end: 2023}",
        "{start: unknown, end: 2024-06-30}",
        "{start: 2021, end: open}",
        "{start: 2019-05-01, end: unknown}",
        "{start: unknown, end: unknown}",
    )
    files = {}
    for number in range(count):
        files[f"organisations/o-{number}.yaml"] = f"name: Łódź Åäö {number}\ntype: association\n"
        renewal = (
            "renewal: {mode: tacit, term: P1Y, times: 2}\nnotice: P3M\n" if number % 5 == 0 else ""
        )
        files[f"partnerships/p-{number}.yaml"] = partnership(
            f"title: Samverkan om språk och {'långa ' * (number % 9)}ord {number}\n"
            f"period: {periods[number % len(periods)]}\n{renewal}"
            "milestones: [{id: m, due: 2022-09-30}]\n"
            + money(f"source: o-{number}, year: {2020 + number % 3}, amount: {number + 1}000")
        )
    return files


# What is drawn ------------------------------------------------------------------------------------


def test_bars_are_the_totals(write):
    root = write(many(12))
    bars = chart(root)
    assert isinstance(bars, Bars)
    [panel] = bars.panels
    assert len(panel.series) == 9  # eight and the rest
    assert panel.series[-1].label == "4 more"
    assert panel.series[-1].place is None
    sums = {year: Decimal(0) for year in panel.years}
    for row in partnerreg.load(root, as_of=AS_OF).totals().to_dicts():
        sums[row["year"]] += row["amount"]
    assert panel.totals == sums
    for year in panel.years:
        assert sum(one.amounts.get(year, 0) for one in panel.series) == sums[year]


def test_what_is_not_attributed_planned_or_in_kind_is_a_series_of_its_own(write):
    body = money(
        "year: 2022, amount: 10",
        "year: 2022, amount: 20, kind: in-kind",
        "year: 2022, amount: 30, stage: planned",
        budget=("year: 2022, amount: 100",),
    )
    [panel] = chart(write({"partnerships/x.yaml": partnership(body)})).panels
    assert [(one.kind, one.is_planned, one.is_attributed) for one in panel.series] == [
        ("cash", False, True),
        ("in-kind", False, True),
        (None, False, False),
    ]
    with_planned = partnerreg.load(write(), as_of=AS_OF).totals(stage="all").chart()
    assert [one.is_planned for one in with_planned.panels[0].series].count(True) == 1


def test_overlapping_values_count_once_in_the_sum(write):
    body = "themes: [health, culture]\n" + money("year: 2022, amount: 10")
    [panel] = chart(write({"partnerships/x.yaml": partnership(body)}), by="theme").panels
    assert len(panel.series) == 2
    assert panel.totals == {2022: 10}


def test_each_currency_has_a_panel_and_a_sum_without_a_year_a_place(write):
    body = money("year: 2022, amount: 10", "per: term, amount: 5, currency: EUR")
    panels = chart(write({"partnerships/x.yaml": partnership(body)})).panels
    assert [(one.currency, one.years) for one in panels] == [
        ("EUR", (None,)),
        ("SEK", (2022,)),
    ] or [(one.currency, one.years) for one in panels] == [("SEK", (2022,)), ("EUR", (None,))]


SPANS = {
    "{start: 2020, end: 2023}": (date(2020, 1, 1), date(2023, 12, 31), False),
    "{start: unknown, end: 2023}": (None, date(2023, 12, 31), False),
    "{start: 2020, end: unknown}": (date(2020, 1, 1), None, False),
    "{start: 2020, end: open}": (date(2020, 1, 1), None, True),
}


@pytest.mark.parametrize("period", SPANS)
def test_spans(write, period):
    timeline = chart(write({"partnerships/x.yaml": partnership(f"period: {period}\n")}), "list")
    assert isinstance(timeline, Timeline)
    [span] = timeline.spans
    assert (span.first, span.last, span.is_open) == SPANS[period]


def test_a_renewal_is_told_apart(write):
    renewal = "period: {start: 2020, end: 2022}\nrenewal: {mode: tacit, term: P1Y%s}\nnotice: P3M\n"
    limited = partnership(renewal % ", times: 2")
    [span] = chart(write({"partnerships/x.yaml": limited}), "list").spans
    assert (span.last, span.renews_until) == (date(2022, 12, 31), date(2024, 12, 31))
    assert not span.is_open
    assert {mark.event for mark in span.marks} == {"end", "notice"}
    [span] = chart(write({"partnerships/x.yaml": partnership(renewal % "")}), "list").spans
    assert (span.last, span.renews_until, span.is_open) == (date(2022, 12, 31), None, True)


def test_a_timeline_is_cut_five_years_from_the_day(write):
    timeline = chart(
        write({"partnerships/x.yaml": partnership("period: {start: 1950, end: 2099}\n")}), "list"
    )
    assert (timeline.first, timeline.last) == (date(2017, 1, 1), date(2027, 12, 31))


def test_what_goes_on_is_drawn_on(write):
    renews = partnership(
        "period: {start: 2020, end: 2022}\nrenewal: {mode: tacit, term: P1Y}\nnotice: P3M\n"
    )
    report = partnerreg.load(write({"partnerships/x.yaml": renews}), as_of=AS_OF).list()
    assert report.chart().last == date(2023, 12, 31)
    assert "─▶" in chart_text.render(report, 80, colour=False)


def test_years_between_are_told_without_figures(write):
    root = write(
        {
            "partnerships/x.yaml": partnership(
                money("year: 2020, amount: 1", "year: 2022, amount: 2")
            )
        }
    )
    report = partnerreg.load(root, as_of=AS_OF).totals()
    assert report.chart().panels[0].years == (2020, 2021, 2022)
    assert re.search(r"(?m)^2021 +–$", chart_text.render(report, 80, colour=False))


def test_wide_letters_and_marks_stay_within_the_width(write):
    title = "漢字協定" * 20 + " e\u0301" * 40
    root = write(
        {
            "partnerships/x.yaml": partnership(f"title: {title}\n"),
            "organisations/a-town.yaml": f"name: {'漢' * 60}\ntype: other\n",
        }
    )
    for name in ("list", "totals"):
        told = chart_text.render(
            getattr(partnerreg.load(root, as_of=AS_OF), name)(), 80, colour=False
        )
        lines = told.split("\n\nnote:")[0].splitlines()
        assert max(map(width, lines)) <= 80
        assert not any(unicodedata.combining(line[0]) for line in lines if line)


def test_a_list_that_is_cut_is_drawn_so(write, capsys):
    root = write(many(5))
    at = ["--registry", str(root), "--as-of", AS_OF.isoformat()]
    assert (
        run(["list", "--sort", "-id", "--limit", "2", "--columns", "id", "--format", "chart", *at])
        == 0
    )
    told = capsys.readouterr().out
    assert "ord 4" in told
    assert "ord 3" in told
    assert "ord 2" not in told


# In the terminal ----------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [40, 80, 160])
@pytest.mark.parametrize("name", ["totals", "list", "expiring"])
def test_it_fits_the_width_and_loses_nothing(write, name, columns):
    report = getattr(partnerreg.load(write(many(40)), as_of=AS_OF), name)()
    told = chart_text.render(report, columns, colour=False)
    lines = told.split("\n\nnote:")[0].splitlines()
    assert max(map(len, lines)) <= columns
    assert "…" not in told
    if name == "list":
        assert told.count("Samverkan") == 40
    coloured = chart_text.render(report, columns, colour=True)
    assert ("\x1b[" in coloured) is (name == "totals")


def test_bars_are_to_scale_and_a_repayment_is_told(write):
    body = money(
        "year: 2022, amount: 100",
        "year: 2022, amount: 50, source: b-club",
        "year: 2021, amount: 50, source: b-club, repayment: true, recipient: a-town",
    )
    report = partnerreg.load(
        write({"partnerships/x.yaml": partnership(body)}), as_of=AS_OF
    ).totals()
    lines = [line.split() for line in chart_text.render(report, 80, colour=False).splitlines()]
    bars = {
        tuple(line[1:-1]): len(line[-1])
        for line in lines
        if len(line) > 3 and line[-1][0] == line[0]
    }
    assert abs(bars["A-town", "100"] - 2 * bars["B", "Club", "50"]) <= 1
    assert ("B", "Club", "-50") in bars


def test_nothing_is_told_as_nothing(write):
    for name in ("totals", "list", "expiring"):
        report = getattr(partnerreg.load(write(), as_of=AS_OF), name)()
        assert "\nnothing\n" in chart_text.render(report, 80, colour=False)


def test_hostile_titles_are_inert_in_the_terminal(write):
    files = {
        "partnerships/x.yaml": partnership('title: "a\\e[31mb\\u202e"\n'),
        "organisations/a-town.yaml": 'name: "x\\u0007y"\ntype: other\n',
    }
    report = partnerreg.load(write(files), as_of=AS_OF).list()
    told = chart_text.render(report, 80, colour=False)
    assert told.isprintable() or set(told) - {"\n"} <= set(filter(str.isprintable, told)) | {"\n"}


def test_organisations_have_no_timeline(write, capsys):
    assert run(["list", "organisations", "--format", "chart", "--registry", str(write())]) == 2
    assert "--format: chart is not known here" in capsys.readouterr().err


# As a picture -------------------------------------------------------------------------------------


@pytest.fixture
def picture():
    pytest.importorskip("altair")
    pytest.importorskip("vl_convert")
    from partnerreg.output import picture

    return picture


def texts(svg: str) -> list[str]:
    return [" ".join(one.itertext()) for one in ET.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("name", ["totals", "list", "expiring"])
@pytest.mark.parametrize("count", [0, 1, 4, 40])
def test_pictures_are_whole_and_the_same_twice(write, picture, name, count):
    report = getattr(partnerreg.load(write(many(count)), as_of=AS_OF), name)()
    svg = picture.svg(report)
    assert svg == picture.svg(report)
    root = ET.fromstring(svg)
    said = " ".join(" ".join(texts(svg)).split())
    assert report.title in said
    assert root.find(f"{SVG}title").text == report.title
    assert "…" not in said
    if name == "totals" and count:
        told = root.find(f"{SVG}desc").text
        for row in report.to_dicts()[: 3 if count < 9 else 0]:
            assert f"{row['amount']:,.0f}" in told
    if name == "list":
        assert said.count("Samverkan") == count
        assert "Åäö" not in said or "Łódź" in said


def pixels(png: bytes) -> list[bytes]:
    """The rows of a PNG of 8 bits and 4 channels (PNG 3, 9: filters)."""
    width, height = struct.unpack(">II", png[16:24])
    assert png[24:26] == b"\x08\x06"
    packed, place = b"", 8
    while place < len(png):
        (size,) = struct.unpack(">I", png[place : place + 4])
        packed += (
            png[place + 8 : place + 8 + size] if png[place + 4 : place + 8] == b"IDAT" else b""
        )
        place += 12 + size
    whole, rows, above = zlib.decompress(packed), [], bytes(width * 4)
    for number in range(height):
        start = number * (width * 4 + 1)
        kind, row = whole[start], bytearray(whole[start + 1 : start + 1 + width * 4])
        for x in range(width * 4):
            a, b, c = (row[x - 4] if x > 3 else 0), above[x], (above[x - 4] if x > 3 else 0)
            by = (abs(b - c), abs(a - c), abs(a + b - 2 * c))
            paeth = (a, b, c)[by.index(min(by))]
            row[x] = (row[x] + (0, a, b, (a + b) // 2, paeth)[kind]) & 255
        rows.append(bytes(row))
        above = rows[-1]
    return rows


@pytest.mark.parametrize("name", ["totals", "list", "expiring"])
def test_nothing_is_cut_off_at_the_edge(write, picture, name):
    import vl_convert

    svg = picture.svg(getattr(partnerreg.load(write(many(12)), as_of=AS_OF), name)())
    rows = pixels(vl_convert.svg_to_png(svg, scale=0.5))
    margin = 5  # of the eight pixels that are left free
    white = b"\xff" * 4 * margin
    assert all(row.startswith(white) and row.endswith(white) for row in rows)
    assert set(b"".join(rows[:margin] + rows[-margin:])) == {255}
    assert any(row.strip(b"\xff") for row in rows)


def test_more_than_colour_tells_sorts_apart(write, picture):
    body = money(
        "year: 2022, amount: 10",
        "year: 2022, amount: 20, kind: in-kind",
        "year: 2022, amount: 30, stage: planned",
        budget=("year: 2022, amount: 100",),
    )
    root = write({"partnerships/x.yaml": partnership(body)})
    svg = picture.svg(partnerreg.load(root, as_of=AS_OF).totals(stage="all"))
    patterns = {one.get("id"): one for one in ET.fromstring(svg).iter(f"{SVG}pattern")}
    shapes = {
        name: tuple(child.tag.removeprefix(SVG) for child in one) for name, one in patterns.items()
    }
    assert len(set(shapes.values())) == len(shapes) == 3
    for name in shapes:
        assert svg.count(f'fill="url(#{name})"') == 2  # the bar, and what it means


def test_a_png_tells_its_sums(write, picture):
    root = write({"partnerships/x.yaml": partnership(money("year: 2022, amount: 1234.50"))})
    png = picture.png(partnerreg.load(root, as_of=AS_OF).totals())
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, place = {}, 8
    while place < len(png):
        (size,) = struct.unpack(">I", png[place : place + 4])
        chunks.setdefault(png[place + 4 : place + 8], []).append(png[place + 8 : place + 8 + size])
        place += 12 + size
    told = b"".join(chunks[b"iTXt"])
    assert b"Description" in told
    assert b"1,234.50" in told


def test_hostile_titles_are_inert_in_a_picture(write, picture):
    title = "</text><script>alert(1)</script>&amp;'\\\"]]>"
    files = {"partnerships/x.yaml": partnership(f'title: "{title}"\n'), **many(2)}
    for name in ("list", "expiring"):
        root = ET.fromstring(
            picture.svg(getattr(partnerreg.load(write(files), as_of=AS_OF), name)())
        )
        assert not list(root.iter(f"{SVG}script"))


def test_beyond_five_hundred_agreements_it_says_how_many_more(write, picture):
    report = partnerreg.load(write(many(510)), as_of=AS_OF).list()
    svg = picture.svg(report)
    assert "and 10 more agreements: filters choose what is drawn" in " ".join(texts(svg))


def test_a_missing_extra_is_named(write, capsys, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "altair", None)
    assert run(["totals", "-o", str(tmp_path / "a.svg"), "--registry", str(write())]) == 3
    assert "python -m pip install altair vl-convert-python" in capsys.readouterr().err
    assert not (tmp_path / "a.svg").exists()


# The palette --------------------------------------------------------------------------------------


def linear(colour: str) -> list[float]:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def lab(rgb: list[float]) -> tuple[float, float, float]:
    """CIELAB of linear RGB (D65)."""
    rows = (
        (0.4124564, 0.3575761, 0.1804375),
        (0.2126729, 0.7151522, 0.072175),
        (0.0193339, 0.119192, 0.9503041),
    )
    xyz = [sum(a * b for a, b in zip(row, rgb, strict=True)) for row in rows]
    x, y, z = (
        max(value, 0) / white for value, white in zip(xyz, (0.95047, 1, 1.08883), strict=True)
    )
    x, y, z = (one ** (1 / 3) if one > 0.008856 else 7.787 * one + 16 / 116 for one in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


# Machado, Oliveira and Fernandes (2009), severity 1.
EYES = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


@pytest.mark.parametrize("colour", [*COLOURS, REST])
def test_colours_stand_out_on_white(colour):
    light = sum(a * b for a, b in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))
    assert 1.05 / (light + 0.05) >= 3


@pytest.mark.parametrize("eye", EYES)
def test_colours_are_apart(eye):
    def seen(colour: str) -> tuple[float, float, float]:
        return lab(
            [sum(a * b for a, b in zip(row, linear(colour), strict=True)) for row in EYES[eye]]
        )

    for one, other in itertools.combinations(COLOURS, 2):
        assert sum((a - b) ** 2 for a, b in zip(seen(one), seen(other), strict=True)) ** 0.5 > 15


def test_a_report_without_a_chart_is_nothing():
    assert "nothing" in chart_text.render(Report("x", Table((), ())), 80, colour=False)
