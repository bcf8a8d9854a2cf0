from datetime import date

import pytest

from partnerreg.model.dates import (
    Duration,
    end_shifted,
    parse,
    parse_duration,
    parse_window,
    shifted,
)

D = date.fromisoformat


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2022", "2022-01-01", "2022-12-31", "year"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2023-02", "2023-02-01", "2023-02-28", "month"),
        ("2015-12-31", "2015-12-31", "2015-12-31", "day"),
        ("1000", "1000-01-01", "1000-12-31", "year"),
        ("9999-12-31", "9999-12-31", "9999-12-31", "day"),
    ],
)
def test_spans(text, first, last, precision):
    found = parse(text)
    assert (found.first, found.last, found.precision) == (D(first), D(last), precision)


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-29",
        "2023-13",
        "2023-00-10",
        "0999",
        "20240229",
        "2024-W05",
        "2024-1-5",
        "2024-02-29 ",
    ]
    + ["2024-02-29\n", "٢٠٢٤", "", "2100-02-29", "30.06.2017", "10000"],
)
def test_no_dates(text):
    with pytest.raises(ValueError, match=r"."):
        parse(text)


def test_unknown_and_open():
    assert not parse("unknown").is_known
    assert parse("open").is_open


@pytest.mark.parametrize(
    ("text", "months", "days"),
    [("P1Y", 12, 0), ("P1Y6M", 18, 0), ("P2W", 0, 14), ("P90D", 0, 90), ("P1M10D", 1, 10)],
)
def test_durations(text, months, days):
    assert parse_duration(text) == Duration(months, days)


@pytest.mark.parametrize("text", ["P", "1Y", "PT1H", "P1.5Y", "P-1Y", "P1D1Y", "p1y", "P1Y\n"])
def test_no_durations(text):
    with pytest.raises(ValueError, match="not a duration"):
        parse_duration(text)


def test_windows():
    assert parse_window("90d") == parse_window("P90D") == Duration(0, 90)
    assert parse_window("6m") == Duration(6, 0)
    assert parse_window("1y") == Duration(12, 0)
    assert parse_window("2w") == Duration(0, 14)


@pytest.mark.parametrize(
    ("day", "duration", "times", "moved"),
    [
        ("2024-02-29", "P1Y", 1, "2025-02-28"),
        ("2024-02-29", "P4Y", 1, "2028-02-29"),
        ("2024-01-31", "P1M", 1, "2024-02-29"),
        ("2024-01-31", "P1M", 2, "2024-03-31"),  # in one step, so that the 31st comes back
        ("2023-07-01", "P3M", -1, "2023-04-01"),
        ("9999-12-31", "P90D", 1, "9999-12-31"),
        ("9999-01-01", "P2Y", 1, "9999-12-31"),
        ("1000-01-01", "P9999Y", -1, "0001-01-01"),
    ],
)
def test_shifted(day, duration, times, moved):
    assert shifted(D(day), parse_duration(duration), times) == D(moved)


@pytest.mark.parametrize(
    ("end", "duration", "times", "moved"),
    [
        ("2023-06-30", "P6M", 1, "2023-12-31"),
        ("2022-12-31", "P1Y", 1, "2023-12-31"),
        ("2024-02-28", "P1Y", 1, "2025-02-28"),  # the day after, 29 February, is missing
        ("2023-02-28", "P1Y", 1, "2024-02-29"),
        ("2022-12-31", "P3M", -1, "2022-09-30"),
        ("2023-05-31", "P3M", -1, "2023-02-28"),
        ("2022-11-30", "P1M", 3, "2023-02-28"),
    ],
)
def test_ends_count_from_the_day_after(end, duration, times, moved):
    assert end_shifted(D(end), parse_duration(duration), times) == D(moved)
