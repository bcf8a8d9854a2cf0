"""Sums that must hold for any registry."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from make import agreement
from partnerreg.base.layout import Place
from partnerreg.calc.exits import earliest_exit, latest_end
from partnerreg.calc.funding import expand
from partnerreg.calc.spread import spread
from partnerreg.calc.status import status
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
    more = draw(
        st.sampled_from(["", "", ", repayment: true", ", vat: included", ", vat: excluded"])
    )
    if "per: year" not in when and "paid" not in stage:
        more += draw(payments(amount))
    return f"    - {{source: {source}, {when}, amount: {amount}{kind}{stage}{currency}{more}}}\n"


@st.composite
def payments(draw, amount) -> str:
    """Up to three thirds of an amount, rounded down, each paid or open, its due date known or not."""
    third = Decimal(int(amount * 100 // 3)) / 100 if isinstance(amount, Decimal) else amount // 3
    found = []
    for _ in range(draw(st.integers(0, 3))):
        due = draw(st.sampled_from(["unknown", "2020-02-28", "2021", "2022-06"]))
        paid = draw(st.sampled_from(["", ", paid: 2021-03-01", ", paid: unknown"]))
        found.append(f"{{due: {due}, amount: {third}{paid}}}")
    return f", payments: [{', '.join(found)}]" if found else ""


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
    from msgspec.structs import replace

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


@given(agreements(), st.sampled_from(["start", "days", "payments"]))
@settings(max_examples=150, deadline=None)
def test_spreading_changes_no_sum(one, how):
    for entry in expand(one, AS_OF).entries:
        parts = list(spread(entry, how))
        assert sum(part.amount for part in parts) == entry.amount
        assert all(part.amount * entry.amount >= 0 for part in parts)
        assert all(part.stage == entry.stage for part in parts)


@given(agreements())
@settings(max_examples=100, deadline=None)
def test_payments_and_repayments_change_stages_and_signs_only(one):
    """A line's parts make its amount, less where it is a repayment."""
    found = expand(one, AS_OF).entries
    for line in one.lines:
        if line.per != "year":
            own = [entry.amount for entry in found if entry.origin is line]
            assert sum(own) == (-line.amount if line.repayment else line.amount)


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


@given(
    end=st.dates(date(2018, 1, 1), date(2026, 12, 31)),
    term=st.sampled_from(["P1M", "P6M", "P1Y", "P3Y"]),
    limit=st.sampled_from(["", ", times: 0", ", times: 3", ", until: 2027-06-30"]),
    mode=st.sampled_from(["tacit", "express", "none"]),
    notice=st.sampled_from(["", "notice: P0D\n", "notice: P3M\n", "notice: P18M\n"]),
    recorded=st.booleans(),
    at=DAYS,
)
def test_exits_lie_between_the_day_and_the_latest_end(end, term, limit, mode, notice, recorded, at):
    period = f"period: {{start: 2015, end: {end if recorded else 'open'}}}\n"
    renewal = f"renewal: {{mode: {mode}, term: {term}{limit}}}\n" if recorded else ""
    one = agreement(f"parties: [{{organisation: a-town}}]\nform: other\n{period}{renewal}{notice}")
    days = [at, at + timedelta(days=1)]
    now, later = (earliest_exit(one, day, status(one, day, Duration(0, 90))) for day in days)
    latest = latest_end(one, at)
    assert now is None or now >= at
    assert now is None or latest is None or now <= latest
    assert now is None or later is None or now <= later  # who waits does not leave earlier
    assert latest_end(one, days[1]) == latest
