"""Which money belongs to which year, and what is left of a budget."""

from datetime import date
from decimal import Decimal

import pytest

from make import agreement
from partnerreg.calc.funding import expand
from partnerreg.calc.spread import spread

AS_OF = date(2022, 6, 15)


def years_of(body: str, when: str, as_of: date = AS_OF):
    text = f"{body}\nfunding:\n  lines:\n    - {{source: a-town, amount: 100, {when}}}\n"
    found = expand(agreement(text), as_of)
    return [entry.year for entry in found.entries], sorted({r.code for r in found.remarks})


@pytest.mark.parametrize(
    ("body", "when", "years", "codes"),
    [
        ("period: {start: 2020, end: 2022}", "year: 2021", [2021], []),
        ("period: {start: 2020, end: 2022}", "per: year", [2020, 2021, 2022], []),
        ("period: {start: 2020-01-01, end: 2022-12}", "per: year", [2020, 2021, 2022], []),
        ("period: {start: 2020-01, end: 2022-12-31}", "per: year", [2020, 2021, 2022], []),
        ("period: {start: 2020-07-01, end: 2022}", "per: year, from: 2021", [2021, 2022], []),
        ("period: {start: 2020, end: 2022-06-30}", "per: year, to: 2021", [2020, 2021], []),
        ("period: {}", "per: year, from: 2018, to: 2019", [2018, 2019], []),
        ("period: {start: unknown, end: 2022}", "per: year", [2022], ["start-unknown"]),
        ("period: {start: 2020, end: unknown}", "per: year", [2020], ["end-unknown"]),
        ("period: {start: 2020, end: open}", "per: year", [2020, 2021, 2022], ["continued"]),
        ("period: {start: unknown, end: open}", "per: year", [2022], ["continued", "start-unknown"]),
        ("period: {start: 2023, end: open}", "per: year", [], ["not-yet"]),
        ("period: {start: 2020, end: open}\nended: {date: 2021-06-30}", "per: year", [2020, 2021], ["ended"]),
        ("period: {start: 2020, end: 2022}\nended: {date: 2020-06-30}", "per: year", [2020], ["ended"]),
        ("period: {start: unknown, end: 2022}\nended: {date: 2021-06-01}", "per: year", [2021], ["ended"]),
        ("period: {start: 2020, end: 2020}\nrenewal: {mode: tacit, term: P1Y}", "per: year", [2020, 2021, 2022], ["continued"]),
        ("period: {start: 2020, end: 2020}\nrenewal: {mode: tacit, term: P1Y, times: 1}", "per: year", [2020, 2021], ["continued"]),
        ("period: {start: 2020, end: 2024}\nrenewal: {mode: tacit, term: P1Y}", "per: year", [2020, 2021, 2022, 2023, 2024], []),
        ("period: {start: 2020, end: 2022}", "per: term", [None], []),
        ("stage: declined", "year: 2020", [], []),
    ],
)  # fmt: skip
def test_years(body, when, years, codes):
    assert years_of(body, when) == (years, codes)


def money(body: str, as_of: date = AS_OF):
    found = expand(agreement(body), as_of)
    return [(e.source, e.year, e.amount, e.kind, e.stage) for e in found.entries], found


def test_remainder_counts_agreed_and_paid_of_both_kinds():
    entries, _ = money(
        "funding:\n  budget:\n    - {year: 2020, amount: 100}\n  lines:\n"
        "    - {source: a-town, year: 2020, amount: 30}\n"
        "    - {source: b-club, year: 2020, amount: 20, kind: in-kind, stage: paid}\n"
        "    - {source: b-club, year: 2020, amount: 40, stage: planned}\n"
    )
    assert entries[-1] == (None, 2020, Decimal(50), None, "agreed")


def test_remainder_of_one_kind():
    entries, _ = money(
        "funding:\n  budget:\n    - {year: 2020, amount: 100, kind: cash}\n  lines:\n"
        "    - {source: a-town, year: 2020, amount: 30}\n"
        "    - {source: b-club, year: 2020, amount: 20, kind: in-kind}\n"
    )
    assert entries[-1] == (None, 2020, Decimal(70), "cash", "agreed")


def test_no_remainder_of_zero():
    entries, _ = money(
        "funding:\n  budget:\n    - {year: 2020, amount: 30}\n  lines:\n"
        "    - {source: a-town, year: 2020, amount: 30.00}\n"
    )
    assert len(entries) == 1


def test_remainder_of_a_term_is_against_all_lines():
    entries, _ = money(
        "funding:\n  budget:\n    - {per: term, amount: 100}\n  lines:\n"
        "    - {source: a-town, year: 2020, amount: 30}\n"
        "    - {source: b-club, per: year, amount: 10}\n"
    )
    assert entries[-1] == (None, None, Decimal(30), None, "agreed")


def test_everything_is_planned_in_a_planned_agreement():
    entries, _ = money(
        "stage: planned\nfunding:\n  budget:\n    - {year: 2020, amount: 100}\n  lines:\n"
        "    - {source: a-town, year: 2020, amount: 30, stage: paid}\n"
    )
    assert [entry[4] for entry in entries] == ["planned", "planned"]
    assert entries[1][2] == 70


def test_unknown_amounts_lie_inside_the_remainder():
    entries, found = money(
        "funding:\n  budget:\n    - {year: 2020, amount: 100}\n  lines:\n"
        "    - {source: a-town, year: 2020, amount: unknown}\n"
    )
    assert [entry[2] for entry in entries] == [100]
    assert len(found.unknown) == 1


def parts(period: str, amount: str, how, when: str = "per: term", currency: str = "SEK"):
    text = (
        f"period: {period}\nfunding:\n  currency: {currency}\n  lines:\n"
        f"    - {{source: a-town, amount: {amount}, {when}}}\n"
    )
    (entry,) = expand(agreement(text), AS_OF).entries
    return [(part.year, str(part.amount)) for part in spread(entry, how)]


@pytest.mark.parametrize(
    ("period", "amount", "how", "expected"),
    [
        ("{start: 2020-07-01, end: 2022}", "100", "none", [(None, "100")]),
        ("{start: 2020-07-01, end: 2022}", "100", "start", [(2020, "100")]),
        ("{start: 2020-07-01, end: open}", "100", "start", [(2020, "100")]),
        ("{start: unknown, end: 2022}", "100", "start", [(None, "100")]),
        ("{start: 2020-07-01, end: open}", "100", "days", [(None, "100")]),
        ("{start: 2021-12-31, end: 2022-01-01}", "0.01", "days", [(2022, "0.01")]),
        ("{start: 2021-12-31, end: 2022-01-02}", "100", "days", [(2021, "33.33"), (2022, "66.67")]),
        ("{start: 2020, end: 2020}", "100", "days", [(2020, "100.00")]),
    ],
)
def test_spread(period, amount, how, expected):
    assert parts(period, amount, how) == expected


def test_spread_takes_a_lines_own_dates():
    found = parts("{start: 2020, end: 2022}", "10", "start", "per: term, from: 2021-05-01")
    assert found == [(2021, "10")]


def test_spread_in_a_currency_without_decimals():
    found = parts("{start: 2021-12-31, end: 2022-01-02}", "100", "days", currency="JPY")
    assert found == [(2021, "33"), (2022, "67")]
