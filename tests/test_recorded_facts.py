"""Payments, repayments, VAT, shares, suspensions, lengths, exits, accepted warnings: by hand."""

import json
from datetime import date
from decimal import Decimal

import pytest

import partnerreg
from conftest import BASE, partnership
from make import agreement
from partnerreg.calc.exits import earliest_exit, latest_end, period_end
from partnerreg.calc.funding import expand
from partnerreg.calc.spread import spread
from partnerreg.calc.status import status
from partnerreg.calc.term import effective_end
from partnerreg.cli.main import run
from partnerreg.loading.loader import findings, judgement, load_folder
from partnerreg.model.dates import Duration
from test_trials import A, answer, money

D = date.fromisoformat
WITHIN = Duration(0, 90)


def told(write, files: dict[str, str], as_of: str = "2022-06-15") -> list[tuple[str, str]]:
    """Return the code and the message of all findings but those on unused organisations."""
    found = findings(load_folder(write(files)), D(as_of), D(as_of))
    return [(one.code, one.message) for one in found if one.code != "PR310"]


def codes(write, body: str, **more: str) -> list[str]:
    files = {"partnerships/x.yaml": partnership(body), **more}
    return [code for code, _ in told(write, files)]


# An end from a length


@pytest.mark.parametrize(
    ("body", "end"),
    [
        ("period: {start: 2024, length: P3Y}", "2026"),
        ("period: {start: 2024-03, length: P6M}", "2024-08"),
        ("period: {start: 2024-01-31, length: P1M}", "2024-02-29"),
        ("period: {start: 2024-02-01, length: P1Y}", "2025-01-31"),
        ("period: {start: 2023-03-01, length: P1Y}", "2024-02-29"),
        ("period: {start: 2024-05-02, length: P62D}", "2024-07-02"),
        ("period: {start: unknown, length: P1Y}\nsigned: 2024-05-02", "2025-05-01"),
        ("period: {length: P1Y}\nsigned: 2024", "2024"),
        ("period: {start: 2024, end: unknown, length: P2Y}", "2025"),
        ("period: {start: 2024, end: 2024, length: P2Y}", "2024"),
        ("period: {start: 2024, end: open, length: P2Y}", "open"),
        ("period: {start: unknown, length: P2Y}", "unknown"),
        ("period: {start: 2024, length: P6M}", "2024"),
        ("period: {start: 1000, length: P0D}", "unknown"),
        ("period: {start: 1000, length: P1D}", "1000"),
    ],
)
def test_an_end_from_a_length(body, end):
    assert agreement(f"{A}{body}\n").end.text == end


def test_an_end_from_a_length_counts_as_known(write, capsys):
    body = "period: {start: 2021, length: P2Y}\n" + money("per: year, amount: 5")
    files = {"partnerships/x.yaml": partnership(body)}
    assert told(write, files) == []
    (row,) = answer(write, capsys, files, "list")["rows"]
    assert (row["end"], row["effective_end"]) == ("unknown", "2022-12-31")
    assert [row["year"] for row in answer(write, capsys, files, "totals")["rows"]] == [2021, 2022]
    assert answer(write, capsys, files, "list --missing end")["rows"] == []
    (event,) = answer(write, capsys, files, "expiring --within 1y")["rows"]
    assert (event["event"], event["date"], event["precision"]) == ("end", "2022-12-31", "year")


# Earliest exit and latest end


@pytest.mark.parametrize(
    ("body", "at", "leaves", "latest"),
    [
        # A known end that does not renew.
        ("period: {start: 2020, end: 2022}", "2022-06-15", "2022-12-31", "2022-12-31"),
        ("period: {start: 2020, end: 2022}\nnotice: P3M", "2022-06-15", "2022-12-31", "2022-12-31"),
        # Open or unknown: the notice, to the end of the month, quarter, half-year, year.
        ("period: {start: 2020, end: open}", "2022-06-15", None, None),
        ("period: {start: 2020, end: open}\nnotice: P3M", "2022-06-15", "2022-09-15", None),
        ("period: {start: 2020}\nnotice: P3M", "2022-06-15", "2022-09-15", None),
        ("period: {end: open}\nnotice: P1M", "2022-01-31", "2022-02-28", None),
        ("period: {end: open}\nnotice: P3M\nnotice_to: month-end", "2022-06-15", "2022-09-30", None),
        ("period: {end: open}\nnotice: P3M\nnotice_to: quarter-end", "2022-07-15", "2022-12-31", None),
        ("period: {end: open}\nnotice: P3M\nnotice_to: quarter-end", "2022-06-30", "2022-09-30", None),
        ("period: {end: open}\nnotice: P1M\nnotice_to: half-year-end", "2022-05-31", "2022-06-30", None),
        ("period: {end: open}\nnotice: P1M\nnotice_to: half-year-end", "2022-06-01", "2022-12-31", None),
        ("period: {end: open}\nnotice: P1M\nnotice_to: year-end", "2022-11-30", "2022-12-31", None),
        ("period: {end: open}\nnotice: P1M\nnotice_to: year-end", "2022-12-01", "2023-12-31", None),
        # Tacit: the first term that notice can still end.
        ("TACIT\nnotice: P3M", "2022-09-30", "2022-12-31", None),
        ("TACIT\nnotice: P3M", "2022-10-01", "2023-12-31", None),
        ("TACIT", "2022-06-15", None, None),
        ("ONCE\nnotice: P3M", "2022-10-01", "2023-12-31", "2023-12-31"),
        ("ONCE\nnotice: P3M", "2023-11-01", "2023-12-31", "2023-12-31"),
        ("UNTIL\nnotice: P3M", "2022-10-01", "2023-06-30", "2023-06-30"),
        ("TACIT\nnotice: P18M", "2022-06-15", "2023-12-31", None),
        ("TACIT\nnotice: P18M", "2022-07-01", "2024-12-31", None),
        # Express.
        ("EXPRESS", "2022-06-15", "2022-12-31", "2024-12-31"),
        ("period: {start: 2020, end: 2022}\nrenewal: {mode: express}", "2022-06-15", "2022-12-31", "2022-12-31"),
        # Never after an act that ended it; nothing to get out of.
        ("TACIT\nnotice: P3M\nended: {date: 2022-10-31}", "2022-06-15", "2022-10-31", "2022-10-31"),
        ("period: {end: open}\nended: {date: 2022-10-31}", "2022-06-15", "2022-10-31", "2022-10-31"),
        ("period: {start: 2020, end: 2022}\nended: {date: 2021}", "2022-06-15", None, "2021-12-31"),
        ("period: {start: 2020, end: 2021}", "2022-06-15", None, "2021-12-31"),
        ("period: {start: 2023, end: 2024}", "2022-06-15", None, "2024-12-31"),
        ("period: {start: 2020, end: 2022}\nstage: planned", "2022-06-15", None, "2022-12-31"),
        ("period: {start: 2020, end: 2022}\nstage: declined", "2022-06-15", None, "2022-12-31"),
        ("TACIT\nended: {date: unknown}", "2022-06-15", None, None),
        ("TACIT\nended: {date: 2026-01-30}", "2022-06-15", None, "2026-01-30"),
        # What renews no more is a known end.
        ("ONCE", "2023-06-15", "2023-12-31", "2023-12-31"),
        ("ONCE", "2022-06-15", None, "2023-12-31"),
        ("NEVER\nended: {date: 2028-02-29}", "2022-06-15", "2022-12-31", "2022-12-31"),
        ("period: {end: open}\nnotice: P3M\nended: {date: 2022-12-31}", "2022-06-15", "2022-09-15", "2022-12-31"),
        ("EXPRESS\nended: {date: unknown}", "2022-06-15", None, "2022-12-31"),
    ],
)  # fmt: skip
def test_exits(body, at, leaves, latest):
    body = body.replace(
        "TACIT", "period: {start: 2020, end: 2022}\nrenewal: {mode: tacit, term: P1Y}"
    )
    body = body.replace(
        "NEVER", "period: {start: 2020, end: 2022}\nrenewal: {mode: tacit, term: P1Y, times: 0}"
    )
    body = body.replace(
        "ONCE", "period: {start: 2020, end: 2022}\nrenewal: {mode: tacit, term: P1Y, times: 1}"
    )
    body = body.replace(
        "UNTIL",
        "period: {start: 2020, end: 2022}\nrenewal: {mode: tacit, term: P1Y, until: 2023-06-30}",
    )
    body = body.replace(
        "EXPRESS", "period: {start: 2020, end: 2022}\nrenewal: {mode: express, term: P1Y, times: 2}"
    )
    one, day = agreement(f"{A}{body}\n"), D(at)
    found = earliest_exit(one, day, status(one, day, WITHIN)), latest_end(one, day)
    assert tuple(each and each.isoformat() for each in found) == (leaves, latest)


@pytest.mark.parametrize(
    "day", ["2022-01-01", "2022-03-31", "2022-06-30", "2022-12-31", "9999-12-31"]
)
def test_the_end_of_a_period_holds_the_day(day):
    for name in ("month-end", "quarter-end", "half-year-end", "year-end"):
        assert period_end(D(day), name) >= D(day)
    assert period_end(D(day), "any-day") == D(day)


def test_list_and_show_have_the_exits(write, capsys):
    body = "period: {start: 2020, end: 2021}\nnotice: P3M\nrenewal: {mode: tacit, term: P1Y, times: 3}\n"
    files = {"partnerships/x.yaml": partnership(body)}
    (row,) = answer(write, capsys, files, "list")["rows"]
    keys = ("end", "effective_end", "renews", "latest_end", "earliest_exit")
    assert [row[key] for key in keys] == ["2021", "2022-12-31", True, "2024-12-31", "2022-12-31"]
    facts = {row["field"]: row["value"] for row in answer(write, capsys, files, "show x")["rows"]}
    assert facts["latest end"] == "2024-12-31"
    assert facts["earliest exit"] == "2022-12-31"


# Suspended time


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ("{from: 2022-06-15, to: 2022-06-15}", "suspended"),
        ("{from: 2022-06-16}", "active"),
        ("{from: 2022-01-01, to: 2022-06-14}", "active"),
        ("{from: 2022-01-01}", "suspended"),
        ("{from: 2022-01-01, to: unknown}", "suspended"),
        ("{from: unknown, to: 2023}", "active"),
        ("{from: 2021, to: 2021}, {from: 2022-06}", "suspended"),
    ],
)
def test_suspended_time(spans, expected):
    one = agreement(f"{A}period: {{start: 2020, end: 2023}}\nsuspended: [{spans}]\n")
    assert status(one, D("2022-06-15"), WITHIN) == expected


def test_yearly_money_of_a_suspended_year_is_noted(write, capsys):
    body = "suspended: [{from: 2021-01-01, to: 2022-06-30}]\n" + money("per: year, amount: 10")
    whole = answer(write, capsys, {"partnerships/x.yaml": partnership(body)}, "totals")
    assert [row["amount"] for row in whole["rows"]] == ["10.00"] * 4
    (note,) = [one for one in whole["notes"] if one["code"] == "suspended"]
    assert note["message"].startswith("yearly money of 2021 ")


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ("{from: 2021, to: 2021}, {from: 2022, to: 2022}", []),
        ("{from: 2021-01-01, to: 2021-12-31}, {from: 2021-12-31, to: 2022}", ["PR226"]),
        ("{from: 2021, to: 2021}, {from: 2021-12-31, to: 2022}", []),
        ("{from: 2021}, {from: 2022, to: 2022}", ["PR226"]),
        ("{from: 2021-03, to: 2021-06}, {from: 2021-06, to: 2021-07}", []),
        ("{from: 2019-01-01, to: 2019-12-31}", ["PR226"]),
        ("{from: 2024-01-01}", ["PR226"]),
        ("{from: 2022-05-01, to: 2022-04-30}", ["PR203"]),
    ],
)
def test_misplaced_suspensions(write, spans, expected):
    assert codes(write, f"suspended: [{spans}]\n") == expected


# Payments


def entries(body: str, as_of: str = "2022-06-15") -> list[tuple[int | None, str, str]]:
    found = expand(agreement(A + body), D(as_of)).entries
    return [(one.year, one.stage, str(one.amount)) for one in found]


PAID = "{due: 2020-02-28, amount: 30, paid: 2020-03-02}"
OPEN = "{due: 2021-08-31, amount: 50}"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"year: 2020, amount: 100, payments: [{PAID}, {OPEN}]", [(2020, "paid", "30"), (2020, "agreed", "70")]),
        (f"year: 2020, amount: 100, stage: planned, payments: [{PAID}]", [(2020, "paid", "30"), (2020, "planned", "70")]),
        (f"year: 2020, amount: 30, payments: [{PAID}]", [(2020, "paid", "30")]),
        (f"year: 2020, amount: 100, payments: [{OPEN}]", [(2020, "agreed", "100")]),
        (f"year: 2020, amount: unknown, payments: [{PAID}, {OPEN}]", [(2020, "paid", "30")]),
        (f"year: 2020, amount: unknown, payments: [{OPEN}]", []),
        ("year: 2020, amount: 9, payments: [{due: unknown, amount: 9, paid: 2031}]", [(2020, "paid", "9")]),
        ("year: 2020, amount: 9, payments: [{amount: 4, paid: unknown}]", [(2020, "paid", "4"), (2020, "agreed", "5")]),
        ("year: 2020, amount: 9, payments: [{due: 2020, amount: unknown, paid: 2020}]", [(2020, "agreed", "9")]),
        (f"year: 2020, amount: 100, repayment: true, payments: [{PAID}]", [(2020, "paid", "-30"), (2020, "agreed", "-70")]),
    ],
)  # fmt: skip
def test_what_is_paid_of_a_line(line, expected):
    assert entries(money(line)) == expected


def test_all_of_a_planned_agreement_is_planned():
    body = "stage: planned\n" + money(f"year: 2020, amount: 100, payments: [{PAID}, {OPEN}]")
    assert entries(body) == [(2020, "planned", "100")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"per: term, amount: 100, payments: [{PAID}, {OPEN}]", [(2020, "30"), (2021, "50"), (None, "20")]),
        ("per: term, amount: 9, payments: [{due: unknown, amount: 9, paid: 2021-01-04}]", [(2021, "9")]),
        ("per: term, amount: 9, payments: [{due: unknown, amount: 9}]", [(None, "9")]),
        ("per: term, amount: 9, payments: [{due: 2021, amount: 4}, {due: 2021-05, amount: 5}]", [(2021, "9")]),
        ("per: term, amount: 9", [(None, "9")]),
        (f"year: 2019, amount: 30, payments: [{PAID}]", [(2019, "30")]),
        ("per: term, amount: 9, repayment: true, payments: [{due: 2021, amount: 4}]", [(2021, "-4"), (None, "-5")]),
    ],
)  # fmt: skip
def test_spread_by_payments(line, expected):
    found = expand(agreement(A + money(line)), D("2022-06-15")).entries
    parts = [part for entry in found for part in spread(entry, "payments")]
    assert [(part.year, str(part.amount)) for part in parts] == expected


def test_what_has_been_paid_explains_a_budget():
    line = f"year: 2020, amount: unknown, payments: [{PAID}]"
    body = money(line, budget=("year: 2020, amount: 100",))
    assert entries(body) == [(2020, "paid", "30"), (2020, "agreed", "70")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"year: 2020, amount: 80, payments: [{PAID}, {OPEN}]", []),
        (f"year: 2020, amount: 79.99, payments: [{PAID}, {OPEN}]", ["PR228"]),
        (f"year: 2020, amount: unknown, payments: [{PAID}]", []),
        (f"per: term, amount: 100, payments: [{PAID}]", []),
        (f"per: year, amount: 100, payments: [{PAID}]", ["PR228"]),
        (f"year: 2020, amount: 100, stage: paid, payments: [{PAID}]", ["PR228"]),
        ("year: 2020, amount: 100, payments: [{due: 2020, amount: 1.005}]", ["PR205"]),
        ("year: 2020, amount: 100, payments: [{due: 2023-01-05, amount: 1, paid: 2022-06-15}]", []),
        (
            "year: 2020, amount: 100, payments: [{due: 2022, amount: 1, paid: 2022-06-16}]",
            ["PR313"],
        ),
    ],
)
def test_payments_that_do_not_fit(write, line, expected):
    assert codes(write, money(line)) == expected


def test_payments_fall_due(write, capsys):
    lines = (
        "per: term, amount: 100, payments: [{due: 2022-01-31, amount: 10}, {due: 2022-07-31, amount: 20},"
        " {due: 2022-08, amount: unknown}, {due: unknown, amount: 1},"
        " {due: 2022-07-01, amount: 5, paid: 2022-06-01}]"
    )
    files = {"partnerships/x.yaml": partnership(money(lines))}
    assert answer(write, capsys, files, "expiring")["rows"] == []
    whole = answer(write, capsys, files, "expiring --payments")
    keys = ("event", "date", "precision", "amount", "currency")
    assert [[row[key] for key in keys] for row in whole["rows"]] == [
        ["payment", "2022-07-31", "day", "20.00", "SEK"],
        ["payment", "2022-08-31", "month", None, "SEK"],
    ]
    assert [one["code"] for one in whole["notes"]] == ["due-unknown"]
    late = answer(write, capsys, files, "expiring --payments --overdue --within 1d")["rows"]
    assert [(row["date"], row["days_left"]) for row in late] == [("2022-01-31", -135)]


def test_two_payments_of_one_day_are_two(write, capsys):
    line = "per: term, amount: 20, payments: [{due: 2022-07-01, amount: 5}, {due: 2022-07-01, amount: 5}]"
    files = {"partnerships/x.yaml": partnership(money(line))}
    assert len(answer(write, capsys, files, "expiring --payments")["rows"]) == 2


# Repayments


def test_repayments_are_subtracted_and_leave_budgets_alone(write, capsys):
    lines = ("year: 2020, amount: 60", "year: 2020, amount: 10, repayment: true")
    files = {"partnerships/x.yaml": partnership(money(*lines, budget=("year: 2020, amount: 100",)))}
    assert told(write, files) == []
    whole = answer(write, capsys, files, "totals")
    assert [(row["source"], row["amount"]) for row in whole["rows"]] == [
        ("a-town", "50.00"),
        (None, "40.00"),
    ]
    (note,) = [one for one in whole["notes"] if one["code"] == "repayments"]
    assert note["message"] == "10.00 SEK paid back in 1 agreement is subtracted"
    (row,) = answer(write, capsys, files, "list")["rows"]
    assert row["funding_cash"] == "90.00"


@pytest.mark.parametrize("repaid", ["10", "60"])
def test_repayments_are_never_the_same_money(write, repaid):
    lines = ("year: 2020, amount: 60", f"year: 2020, amount: {repaid}, repayment: true")
    assert codes(write, money(*lines)) == []
    assert codes(write, money(*lines, lines[1])) == ["PR202"]


def test_a_repayment_is_no_figure_for_a_year(write, capsys):
    lines = (
        "year: 2020, amount: 5",
        "year: 2021, amount: 5",
        "year: 2022, amount: 5",
        "year: 2023, amount: 1, repayment: true",
    )
    whole = answer(write, capsys, {"partnerships/x.yaml": partnership(money(*lines))}, "totals")
    (note,) = [one for one in whole["notes"] if one["code"] == "years-without-figures"]
    assert "2023" in note["message"]


# VAT and shares


def test_sums_with_and_without_vat(write, capsys):
    lines = (
        "year: 2020, amount: 5, vat: included",
        "year: 2020, amount: 6, vat: excluded",
        "year: 2021, amount: 7, vat: included",
    )
    files = {"partnerships/x.yaml": partnership(money(*lines))}
    (note,) = [
        one for one in answer(write, capsys, files, "totals")["notes"] if one["code"] == "vat-mixed"
    ]
    assert note["records"] == ["x"]
    assert not [
        one
        for one in answer(write, capsys, files, "totals --year 2021")["notes"]
        if one["code"] == "vat-mixed"
    ]
    lines = (
        "year: 2020, amount: 5, vat: exempt",
        "year: 2020, amount: 6, vat: excluded",
        "year: 2020, amount: 7",
    )
    files = {"partnerships/x.yaml": partnership(money(*lines))}
    assert not [
        one for one in answer(write, capsys, files, "totals")["notes"] if one["code"] == "vat-mixed"
    ]


@pytest.mark.parametrize(
    ("line", "budget", "expected"),
    [
        ("year: 2020, amount: 85, share: 85", ("year: 2020, amount: 100",), []),
        ("year: 2020, amount: 84.98, share: 85", ("year: 2020, amount: 100",), ["PR229"]),
        ("year: 2020, amount: 84.99, share: 85", ("year: 2020, amount: 100",), []),
        ("year: 2020, amount: 33.33, share: 33.3333", ("year: 2020, amount: 100",), []),
        ("year: 2021, amount: 80, share: 85", ("year: 2020, amount: 100",), []),
        ("year: 2020, amount: 80, share: 85", ("year: 2020, amount: 100, kind: cash", "year: 2020, amount: 10, kind: in-kind"), []),
        ("year: 2020, amount: 80, share: 85", ("year: 2020, amount: unknown",), []),
        ("year: 2020, amount: 80, share: 85", ("year: 2020, amount: 100, bound: about",), []),
        ("year: 2020, amount: 80, share: 85, bound: about", ("year: 2020, amount: 100",), []),
        ("year: 2020, amount: unknown, share: 85", ("year: 2020, amount: 100",), []),
        ("per: year, amount: 80, share: 85", ("per: year, from: 2020, to: 2023, amount: 100",), ["PR229"]),
        ("per: term, amount: 80, share: 85", ("per: term, from: 2020, to: 2023, amount: 100",), ["PR229"]),
        ("per: term, amount: 80, share: 85", ("per: term, from: 2020, to: 2022, amount: 100",), []),
        ("year: 2020, amount: 80, share: 85, currency: EUR", ("year: 2020, amount: 100",), []),
    ],
)  # fmt: skip
def test_shares(write, line, budget, expected):
    found = codes(write, money(line, budget=budget))
    assert [code for code in found if code == "PR229"] == expected


@pytest.mark.parametrize(
    ("share", "code"),
    [("100.5", "PR106"), ("-1", "PR106"), ("33.33333", "PR106"), ("33.3333", None)],
)
def test_what_a_share_may_be(write, share, code):
    assert codes(write, money(f"year: 2020, amount: 1, share: {share}")) == ([code] if code else [])


# Counting on


def years_of(write, capsys, body: str, line: str) -> tuple[list[int], set[str]]:
    whole = answer(write, capsys, {"partnerships/x.yaml": partnership(body)}, line)
    return [row["year"] for row in whole["rows"]], {one["code"] for one in whole["notes"]}


@pytest.mark.parametrize(
    ("period", "through", "expected"),
    [
        ("period: {start: 2021, end: open}", 2024, [2021, 2022, 2023, 2024]),
        (
            "period: {start: 2021, end: 2022}\nrenewal: {mode: tacit, term: P1Y}",
            2024,
            [2021, 2022, 2023, 2024],
        ),
        (
            "period: {start: 2021, end: 2022}\nrenewal: {mode: tacit, term: P1Y, times: 1}",
            2024,
            [2021, 2022, 2023],
        ),
        ("period: {start: 2021, end: 2022}", 2024, [2021, 2022]),
        ("period: {start: 2021, end: open}\nended: {date: 2023-05-01}", 2024, [2021, 2022, 2023]),
        ("period: {end: open}", 2024, [2022, 2023, 2024]),
        ("period: {end: open}\nended: {date: 2023-02-28}", 2025, [2022, 2023]),
        ("period: {start: 2021, end: open}", 2022, [2021, 2022]),
    ],
)
def test_counting_through_a_later_year(write, capsys, period, through, expected):
    body = f"{period}\n" + money("per: year, amount: 10")
    assert years_of(write, capsys, body, f"totals --through {through}")[0] == expected


def test_what_was_not_counted_yet_is_noted(write, capsys):
    is_open = "period: {start: 2021, end: open}\n" + money("per: year, amount: 10")
    assert years_of(write, capsys, is_open, "totals --year 2023") == (
        [],
        {"not-counted-yet", "continued", "no-figures"},
    )
    assert "not-counted-yet" not in years_of(write, capsys, is_open, "totals --year 2022")[1]
    years, notes = years_of(write, capsys, is_open, "totals --year 2023 --through 2023")
    assert (years, "not-counted-yet" in notes) == ([2023], False)
    closed = "period: {start: 2021, end: 2022}\n" + money("per: year, amount: 10")
    assert years_of(write, capsys, closed, "totals --year 2023") == ([], {"no-figures"})
    waits = "period: {start: 2021, end: 2024}\nrenewal: {mode: tacit, term: P1Y}\n" + money(
        "per: year, amount: 10"
    )
    assert "not-counted-yet" in years_of(write, capsys, waits, "totals --year 2025")[1]
    assert "not-counted-yet" not in years_of(write, capsys, waits, "totals --year 2024")[1]


@pytest.mark.parametrize("year", ["2021", "2122", "20", "x", "99999"])
def test_through_what_year(write, capsys, year):
    write({})
    assert run(["totals", "--through", year, "--as-of", "2022-06-15", "--registry", "nowhere"]) == 2
    assert "--through" in capsys.readouterr().err


def test_the_same_from_python(write):
    root = write(
        {
            "partnerships/x.yaml": partnership(
                "period: {start: 2022, end: open}\n" + money("per: year, amount: 10")
            )
        }
    )
    found = partnerreg.load(root, as_of=D("2022-06-15"))
    assert [row["year"] for row in found.totals(through=2024).to_dicts()] == [2022, 2023, 2024]
    assert found.expiring(payments=True).to_dicts() == []
    with pytest.raises(partnerreg.Failure):
        found.totals(through=2021)


def test_a_fee_since_long_ago_is_no_fault(write):
    body = "period: {start: 1912, end: open}\n" + money("per: year, amount: 10")
    assert codes(write, body) == []
    body = "period: {start: 1202, end: open}\n" + money("per: year, amount: 10")
    assert codes(write, body) == ["PR215"]


# Decisions, recipients, dates


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "period: {start: 2020, end: 2024}\ndecisions: [{date: 2019, end: 2022}, {date: 2021, end: 2024}]",
            [],
        ),
        (
            "period: {start: 2020, end: 2024}\ndecisions: [{date: 2021, end: 2024}, {date: 2019, end: 2022}]",
            [],
        ),
        (
            "period: {start: 2020, end: 2022}\ndecisions: [{date: 2019, end: 2022}, {date: 2021, end: 2024}]",
            ["PR231"],
        ),
        ("period: {start: 2020, end: open}\ndecisions: [{date: 2019, end: open}]", []),
        ("period: {start: 2020, end: 2022}\ndecisions: [{date: 2019, end: open}]", ["PR231"]),
        ("period: {start: 2020, end: 2022}\ndecisions: [{date: 2019, end: 2022-12-31}]", []),
        ("period: {start: 2020, length: P3Y}\ndecisions: [{date: 2019, end: 2022}]", []),
        ("period: {start: 2020}\ndecisions: [{date: 2019, end: 2022}]", ["PR231"]),
        ("period: {start: 2020, end: 2022}\ndecisions: [{date: 2019, end: unknown}]", []),
        ("period: {start: 2020, end: 2022}\ndecisions: [{date: 2019}]", []),
    ],
)
def test_the_end_that_a_decision_set(write, body, expected):
    assert codes(write, f"{body}\n") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("signed: 2022-06-15", []), ("signed: 2022-06-16", ["PR313"]), ("signed: 2022", []), ("signed: 2023", ["PR313"]),
        ("checked: 2022-07-01", ["PR313"]), ("parties: [{organisation: a-town, signed: 2022-07-01}]", ["PR313"]),
    ],
)  # fmt: skip
def test_what_cannot_have_happened_yet(write, body, expected):
    assert codes(write, f"{body}\n") == expected


def test_the_future_begins_after_today_and_the_as_of_day(write):
    loaded = load_folder(write({"partnerships/x.yaml": partnership("signed: 2022-07-01\n")}))

    def found(as_of: str, today: str | None) -> set[str]:
        every = findings(loaded, D(as_of), D(today) if today else None)
        return {one.code for one in every} - {"PR310"}

    assert found("2022-06-15", "2022-06-20") == {"PR313"}
    assert found("2022-06-15", "2022-07-01") == set()
    assert found("2022-07-01", "2022-06-20") == set()
    assert found("2022-06-15", None) == set()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("period: {start: 2020, end: 2021}", []),
        ("period: {start: 2020, end: 2021-06-30}", []),
        ("period: {start: 2020, end: 2022}", ["PR314"]),
        ("period: {start: 2020, end: open}", ["PR314"]),
        ("period: {start: 2020}", []),
        ("period: {start: 2023}", ["PR314"]),
        ("period: {start: 2020, end: open}\nended: {date: 2021-06-30}", []),
        ("period: {start: 2020, end: 2022}\nended: {date: unknown}", []),
        ("period: {start: 2020, end: 2022}\nstage: declined", []),
        ("period: {start: 2020, end: 2021}\nrenewal: {mode: tacit, term: P1Y}", ["PR314"]),
    ],
)
def test_a_party_after_its_organisation_was_dissolved(write, body, expected):
    gone = {"organisations/gone.yaml": "name: Gone\ntype: company\ndissolved: 2021-12-31\n"}
    if "06-30" in body:
        gone["organisations/gone.yaml"] = "name: Gone\ntype: company\ndissolved: 2021-06-30\n"
    parties = "parties: [{organisation: a-town}, {organisation: gone}]\n"
    assert codes(write, f"{parties}{body}\n", **gone) == expected


# Accepted


def test_accepted_warnings_are_counted_and_not_told(write, capsys):
    body = (
        money("source: b-club, year: 2020, amount: 1")
        + "accepted: [{rule: PR210, reason: It is so}]\n"
    )
    body = "parties: [{organisation: a-town}]\n" + body
    root = write({"partnerships/x.yaml": partnership(body)})
    judged = judgement(load_folder(root), D("2022-06-15"))
    assert [one.code for one in judged.accepted] == ["PR210"]
    assert {one.code for one in judged.findings} == {"PR310"}
    for style in ("github", "gitlab", "sarif", "junit", "concise", "json"):
        assert run(["validate", "--format", style, "--registry", str(root), "--strict"]) == 0
        out = capsys.readouterr().out
        assert "PR210" not in (
            json.dumps(json.loads(out)["runs"][0]["results"]) if style == "sarif" else out
        )
    run(["validate", "--statistics", "--format", "json", "--registry", str(root)])
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert {
        "code": "PR210",
        "rule": "source-no-party",
        "severity": "warning",
        "count": 0,
        "accepted": 1,
    } in rows


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("PR210", "there is no finding of PR210 in this record"),
        ("PR203", "PR203 is an error, and errors stay"),
        ("PR999", "there is no rule PR999"),
        ("PR316", "there is no finding of PR316 in this record"),
    ],
)
def test_what_accepts_nothing_is_told(write, rule, said):
    files = {"partnerships/x.yaml": partnership(f"accepted: [{{rule: {rule}, reason: So}}]\n")}
    assert told(write, files) == [("PR316", said)]


def test_errors_are_never_accepted(write):
    body = "period: {start: 2022, end: 2020}\naccepted: [{rule: PR203, reason: So}]\n"
    assert codes(write, body) == ["PR203", "PR316"]


def test_an_organisation_accepts_too(write):
    gone = "name: Gone\ntype: company\naccepted: [{rule: PR310, reason: To come}]\n"
    found = findings(load_folder(write({"organisations/gone.yaml": gone})), D("2022-06-15"))
    assert "organisations/gone.yaml" not in {one.path for one in found}


def test_rules_are_switched_off_for_a_registry(write, capsys):
    on = {**BASE, "settings.yaml": "title: T\nrules: {PR310: off}\n"}
    assert findings(load_folder(write(on)), D("2022-06-15")) == ()
    on["settings.yaml"] = "title: T\nrules: {PR203: off, PR998: off}\n"
    messages = [message for code, message in told(write, on)]
    assert messages == ["PR203 is an error, and errors stay", "there is no rule PR998"]
    body = partnership("period: {start: 2022, end: 2020}\n")
    assert "PR203" in [code for code, _ in told(write, {**on, "partnerships/x.yaml": body})]
    on["settings.yaml"] = "title: T\nrules: {PR310: on}\n"
    assert ("PR104", "on is not a known switch") in told(write, on)


def test_since_leaves_accepted_warnings_out(write, capsys, monkeypatch):
    from test_environments import git

    root = write({})
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "First")
    body = "parties: [{organisation: a-town}]\n" + money("source: b-club, year: 2020, amount: 1")
    write({"partnerships/x.yaml": partnership(body)})
    line = ["validate", "--since", "HEAD", "--format", "concise", "--registry", str(root)]
    assert run([*line, "--strict"]) == 1
    assert "PR210" in capsys.readouterr().out
    write({"partnerships/x.yaml": partnership(body + "accepted: [{rule: PR210, reason: So}]\n")})
    assert run([*line, "--strict"]) == 0
    assert "PR210" not in capsys.readouterr().out


def test_every_fact_is_shown_and_compared(write, capsys):
    from test_environments import git

    root = write({"partnerships/x.yaml": partnership("title: X\n")})
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "First")
    body = (
        "period: {start: 2020, end: open}\n"
        "suspended: [{from: 2021-01-01, to: 2021-12-31, reason: The house burnt}]\n"
        "notice: P3M\nnotice_to: quarter-end\n"
        "decisions: [{date: 2020-01-01, kind: approve, end: open}]\n"
        "funding: {vat: excluded, lines: [{source: a-town, year: 2020, amount: 100, share: 85,"
        " payments: [{due: 2020-02-28, amount: 40, paid: 2020-03-02, condition: A report}]},"
        " {source: a-town, year: 2020, repayment: true, amount: 7, vat: exempt}]}\n"
        "accepted: [{rule: PR232, reason: It is so}]\n"
    )
    files = {"partnerships/x.yaml": partnership(body)}
    whole = json.dumps(answer(write, capsys, files, "show x"), ensure_ascii=False)
    for word in (
        "The house burnt", "quarter-end", "VAT excluded", "VAT exempt", "85 %", "A report", "2020-03-02",
        "repayment", "PR232: It is so", "2020-01-01",
    ):  # fmt: skip
        assert word in whole, word
    run(["diff", "HEAD", "--format", "json", "--registry", str(root), "--as-of", "2022-06-15"])
    (change,) = json.loads(capsys.readouterr().out)["changes"]
    fields = {one["field"].partition("[")[0] for one in change["fields"]}
    assert {"suspended", "notice_to", "funding.vat", "funding.lines", "accepted"} <= fields
    write({"partnerships/x.yaml": partnership(body.replace("amount: 40", "amount: 41"))})
    git(root, "commit", "-qam", "Second")
    write({"partnerships/x.yaml": partnership(body)})
    run(["diff", "HEAD", "--format", "json", "--registry", str(root), "--as-of", "2022-06-15"])
    (change,) = json.loads(capsys.readouterr().out)["changes"]
    (field,) = change["fields"]
    assert field["field"] == "funding.lines[a-town 2020].payments[2020-02-28].amount"
    assert (field["before"], field["after"]) == ("41.00", "40.00")


def test_effective_end_of_a_length_renews():
    one = agreement(
        f"{A}period: {{start: 2020, length: P1Y}}\nrenewal: {{mode: tacit, term: P1Y}}\n"
    )
    found = effective_end(one, D("2022-06-15"))
    assert found
    assert (found.day, found.renews) == (D("2022-12-31"), True)


def test_amounts_stay_exact():
    line = "year: 2020, amount: 0.30, payments: [{due: 2020, amount: 0.10, paid: 2020}]"
    found = expand(agreement(A + money(line)), D("2022-06-15")).entries
    assert [one.amount for one in found] == [Decimal("0.10"), Decimal("0.20")]


@pytest.mark.parametrize("length", ["P0D", "P0Y", "P0M", "P0W"])
@pytest.mark.parametrize("start", ["1000", "2020-05-01"])
def test_a_length_of_no_time(write, length, start):
    assert codes(write, f"period: {{start: {start}, length: {length}}}\n") == ["PR203"]
    body = f"period: {{start: {start}, end: 2030, length: {length}}}\n"
    assert codes(write, body) == ["PR203"]


def test_what_is_left_is_counted(write, capsys):
    body = "parties: [{organisation: a-town}]\n" + money("source: b-club, year: 2020, amount: 1")
    on = {"settings.yaml": "title: T\ncurrency: SEK\nrules: {PR210: off, PR310: off, PR316: off}\n"}
    root = write(
        {**on, "partnerships/x.yaml": partnership(body + "accepted: [{rule: PR209, reason: So}]\n")}
    )
    assert (
        run(["validate", "--format", "concise", "--registry", str(root), "--as-of", "2022-06-15"])
        == 0
    )
    out = capsys.readouterr().out
    assert "5 files checked: 1 warning (2 switched off)" in out
    assert "PR316" in out  # it cannot be switched off itself
