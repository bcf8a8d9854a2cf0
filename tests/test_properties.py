"""Sums that must hold for any registry."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from make import agreement
from partnerreg.base.layout import Place
from partnerreg.calc.funding import expand
from partnerreg.calc.spread import spread
from partnerreg.calc.term import effective_end
from partnerreg.checks.check_file import File, check_file
from partnerreg.model.dates import Duration, end_shifted, parse, shifted
from partnerreg.model.money import rounded
from partnerreg.model.registry import Registry
from partnerreg.reports.totals.dimensions import DIMENSIONS, Grouping
from partnerreg.reports.totals.report import totals
from partnerreg.reports.totals.selection import MoneySelection

AS_OF = date(2022, 6, 15)
YEARS = st.integers(2018, 2024)
AMOUNTS = st.decimals(0, 10**9, places=2)
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@st.composite
def lines(draw) -> str:
    when = draw(
        st.builds("year: {}".format, YEARS)
        | st.just("per: year")
        | st.just("per: term")
        | st.builds("per: year, from: {}".format, YEARS)
    )
    kind = draw(st.sampled_from(["", ", kind: in-kind"]))
    stage = draw(st.sampled_from(["", ", stage: planned", ", stage: paid"]))
    currency = draw(st.sampled_from(["", ", currency: EUR", ", currency: JPY"]))
    source = draw(st.sampled_from(["a-town", "a-town/culture", "b-club", "c-net"]))
    amount = draw(st.integers(0, 10**6) if "JPY" in currency else AMOUNTS)
    return f"    - {{source: {source}, {when}, amount: {amount}{kind}{stage}{currency}}}\n"


@st.composite
def agreements(draw, name: str = "sample"):
    period = draw(
        st.sampled_from(
            [
                "{start: 2019, end: 2023}",
                "{start: 2020, end: open}",
                "{start: unknown, end: 2022}",
                "{start: 2021, end: unknown}",
            ]
        )
    )
    themes = draw(st.sampled_from(["", "themes: [health]\n", "themes: [health, culture]\n"]))
    body = "".join(draw(st.lists(lines(), min_size=1, max_size=5)))
    return agreement(f"period: {period}\n{themes}funding:\n  lines:\n{body}", name)


def registry(*records) -> Registry:
    from pathlib import Path

    from partnerreg.model.records import Settings

    return Registry(Path(), Settings("Test", "SEK"), {}, tuple(records), ())


def sums(report) -> dict:
    found: dict = {}
    for row in report.to_dicts():
        key = (row["year"], row["currency"], row["kind"], row["stage"])
        found[key] = found.get(key, Decimal(0)) + row["amount"]
    return found


@given(agreements("one"), agreements("two"), agreements("three"))
@settings(max_examples=60, deadline=None)
def test_totals_of_parts_are_parts_of_totals(one, two, three):
    wanted = MoneySelection(stage="all")
    whole = sums(totals(registry(one, two, three), AS_OF, wanted=wanted))
    apart: dict = {}
    for part in (registry(one), registry(two, three)):
        for key, amount in sums(totals(part, AS_OF, wanted=wanted)).items():
            apart[key] = apart.get(key, Decimal(0)) + amount
    assert apart == whole


@given(agreements("one"), agreements("two"))
@settings(max_examples=60, deadline=None)
def test_every_dimension_has_the_same_sums_where_values_do_not_overlap(one, two):
    both = registry(one, two)
    expected = sums(totals(both, AS_OF))
    for dimension in DIMENSIONS:
        if dimension.name not in {"theme", "party"}:
            assert sums(totals(both, AS_OF, grouping=Grouping(dimension.name))) == expected


@given(agreements("one"), agreements("two"))
@settings(max_examples=60, deadline=None)
def test_what_is_explained_is_what_is_added_up(one, two):
    both = registry(one, two)
    assert sums(totals(both, AS_OF, explain=False)) == sums(
        totals(registry_with_texts(both), AS_OF, explain=True)
    )


def registry_with_texts(plain: Registry) -> Registry:
    from dataclasses import replace

    return replace(plain, texts={one.path: b"title: x\n" for one in plain.agreements})


@given(agreements())
@settings(max_examples=100, deadline=None)
def test_years_are_parts_of_the_whole(one):
    alone = registry(one)
    whole = totals(alone, AS_OF, wanted=MoneySelection(stage="all")).to_dicts()
    by_year = [
        row
        for year in {row["year"] for row in whole if row["year"]}
        for row in totals(
            alone, AS_OF, wanted=MoneySelection(stage="all", years=(year, year))
        ).to_dicts()
    ]
    assert sum(row["amount"] for row in by_year) == sum(
        row["amount"] for row in whole if row["year"]
    )


@given(
    amount=AMOUNTS,
    first=DAYS,
    length=st.integers(0, 9000),
    currency=st.sampled_from(["SEK", "JPY", "KWD"]),
)
@settings(max_examples=200, deadline=None)
def test_spread_makes_the_sum(amount, first, length, currency):
    amount = rounded(Fraction(amount), currency)
    last = first + timedelta(days=length)
    one = agreement(
        f"period: {{start: {first}, end: {last}}}\nfunding:\n  currency: {currency}\n  lines:\n"
        f"    - {{source: a-town, per: term, amount: {amount}}}\n"
    )
    (entry,) = expand(one, AS_OF).entries
    parts = list(spread(entry, "days"))
    assert sum(part.amount for part in parts) == amount
    assert all(part.amount >= 0 for part in parts)
    years = [part.year for part in parts]
    assert years == sorted(set(years))


@given(end=DAYS, months=st.integers(0, 40), days=st.integers(0, 400), at=DAYS)
@settings(max_examples=300, deadline=None)
def test_the_term_that_holds(end, months, days, at):
    duration = Duration(months, days)
    if duration.is_zero:
        return
    one = agreement(f"period: {{end: {end}}}\nrenewal: {{mode: tacit, term: P{months}M{days}D}}\n")
    found = effective_end(one, at)
    assert found is not None
    if at <= end:
        assert found.day == end
    else:
        # The first of the ends, counted one by one, that is not before the day.
        renewals = 1
        while end_shifted(end, duration, renewals) < at:
            renewals += 1
        assert found.day == end_shifted(end, duration, renewals)


@given(day=DAYS, years=st.integers(0, 50))
def test_whole_years_keep_the_date_but_for_leap_days(day, years):
    moved = shifted(day, Duration(12 * years, 0))
    assert (moved.year, moved.month) == (day.year + years, day.month)
    assert moved.day == day.day or (day.month, day.day, moved.day) == (2, 29, 28)


@given(st.integers(1000, 9999), st.integers(0, 99), st.integers(0, 99) | st.none(), st.booleans())
def test_every_impossible_date_is_found(year, month, day, escaped):
    """Whether or not the rule has looked twice."""
    text = f"{year}-{month:02}" + ("" if day is None else f"-{day:02}")
    written = '"' + "".join(f"\\x{ord(c):02x}" for c in text) + '"' if escaped else text
    raw = (
        f"title: T\nform: iop\nparties: [{{organisation: a-town}}]\nperiod: {{start: {written}}}\n"
    )
    place = Place("partnerships/x.yaml", "partnership", "x")
    found = [one.code for one in check_file(File(place, raw.encode(), "SEK")).problems]
    try:
        parse(text)
    except ValueError:
        assert found == ["PR201"]
    else:
        assert found == []
