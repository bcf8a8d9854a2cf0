"""What trials brought to light, each with the right answer: figures, dates, and what is told."""

import json
from datetime import date
from decimal import Decimal

import pytest

from conftest import partnership
from make import agreement
from partnerreg.calc.day_independent import last_mentioned
from partnerreg.calc.deadlines import deadlines
from partnerreg.calc.funding import expand
from partnerreg.calc.status import active_on, status
from partnerreg.calc.term import effective_end
from partnerreg.calc.years import MOST_YEARS, years
from partnerreg.cli.main import run
from partnerreg.loading.loader import findings, load_folder
from partnerreg.model.dates import Duration

D = date.fromisoformat
A = "parties: [{organisation: a-town}]\nform: other\n"


def codes(write, files: dict[str, str], as_of: str = "2022-06-15") -> list[str]:
    """Return the codes of all findings but those on organisations that nothing names."""
    found = findings(load_folder(write(files)), D(as_of))
    return [one.code for one in found if one.code != "PR310"]


def cells(body: str, as_of: str) -> list[tuple[int | None, Decimal, bool]]:
    expansion = expand(agreement(A + body), D(as_of))
    return [(one.year, one.amount, one.remainder) for one in expansion.entries]


def unclear(body: str, as_of: str = "2022-06-15") -> list[str]:
    return [one.code for one in expand(agreement(A + body), D(as_of)).unclear]


def money(*lines: str, budget: tuple[str, ...] = ()) -> str:
    """Funding in flow style; a line without a source is paid by a-town."""
    named = [line if "source" in line else f"source: a-town, {line}" for line in lines]
    parts = [f"lines: [{', '.join(f'{{{line}}}' for line in named)}]"] if lines else []
    parts += [f"budget: [{', '.join(f'{{{row}}}' for row in budget)}]"] if budget else []
    return f"funding: {{{', '.join(parts)}}}\n"


@pytest.mark.parametrize(
    ("end", "term", "at", "expected"),
    [
        ("2023-01-28", "P1M", "2023-02-01", "2023-02-28"),
        ("2023-01-29", "P1M", "2023-02-01", "2023-02-28"),
        ("2023-01-30", "P1M", "2023-02-01", "2023-02-28"),
        ("2023-01-31", "P1M", "2023-02-01", "2023-02-28"),
        ("2024-02-28", "P1Y", "2024-03-01", "2025-02-28"),
        ("2024-02-29", "P1Y", "2024-03-01", "2025-02-28"),
        ("2023-06-30", "P6M", "2023-07-01", "2023-12-31"),
        ("2022-02-28", "P3M", "2022-03-01", "2022-05-31"),
        ("2022-11-30", "P1Y3M", "2022-12-01", "2024-02-29"),
    ],
)
def test_terms_count_from_the_day_after(end, term, at, expected):
    body = f"period: {{start: 2020, end: {end}}}\nrenewal: {{mode: tacit, term: {term}}}\n"
    found = effective_end(agreement(A + body), D(at))
    assert found
    assert found.day == D(expected)


def events(body: str, at: str) -> list[tuple[str, str, str | None]]:
    return [
        (one.event, one.day.isoformat(), one.if_nothing)
        for one in deadlines(agreement(A + body), D(at))
    ]


TACIT = "renewal: {mode: tacit, term: %s}\n"


@pytest.mark.parametrize(
    ("body", "at", "notice"),
    [
        # A notice longer than the term looks several terms ahead.
        (f"period: {{start: 2020, end: 2021-12-31}}\nnotice: P3M\n{TACIT % 'P1M'}", "2022-05-10", "2022-05-31"),
        (f"period: {{start: 2020, end: 2021-12-31}}\nnotice: P3M\n{TACIT % 'P1Y'}", "2022-05-10", "2022-09-30"),
        (f"period: {{start: 2020, end: 2022-12-31}}\nnotice: P3M\n{TACIT % 'P1Y'}", "2022-09-30", "2022-09-30"),
        (f"period: {{start: 2020, end: 2022-12-31}}\nnotice: P3M\n{TACIT % 'P1Y'}", "2022-10-01", "2023-09-30"),
        # No renewal, no notice of one.
        ("period: {start: 2020, end: 2022-12-31}\nnotice: P3M\nrenewal: {mode: tacit, term: P1Y, times: 0}\n", "2022-05-10", None),
        ("period: {start: 2020, end: 2022-12-31}\nnotice: P3M\nrenewal: {mode: tacit, term: P1Y, times: 1}\n", "2022-10-10", None),
        ("period: {start: 2020, end: 2022-12-31}\nnotice: P3M\nrenewal: {mode: tacit, term: P1Y, times: 2}\n", "2022-10-10", "2023-09-30"),
        ("period: {start: 2020, end: 2022-12-31}\nnotice: P3M\nrenewal: {mode: tacit, term: P1Y}\nended: {date: 2022-12-31}\n", "2022-05-10", None),
        ("period: {start: 2020, end: 2022-12-31}\nnotice: P3M\nrenewal: {mode: tacit, term: P1Y}\nended: {date: 2023-06-30}\n", "2022-05-10", "2022-09-30"),
        ("period: {start: 2020, end: 2022-12-31}\nnotice: P3M\nrenewal: {mode: express, term: P1Y}\n", "2022-05-10", None),
        ("period: {start: 2020, end: 2022-12-31}\nnotice: P3M\n", "2022-05-10", "2022-09-30"),
        ("period: {start: 2020, end: open}\nnotice: P3M\n", "2022-05-10", None),
    ],
)  # fmt: skip
def test_notice(body, at, notice):
    assert [day for event, day, _ in events(body, at) if event == "notice"] == (
        [notice] if notice else []
    )


@pytest.mark.parametrize("end", ["open", "unknown", "2023"])
def test_a_dated_decision_is_an_event_whatever_the_end(end):
    body = (
        f"period: {{start: 2020, end: {end}}}\nrenewal: {{mode: express, decide_by: 2022-06-30}}\n"
    )
    assert ("decide", "2022-06-30", "option-lapses") in events(body, "2022-06-01")


@pytest.mark.parametrize(
    ("body", "as_of", "expected"),
    [
        ("period: {start: 2022, end: 2024}", "2022-06-15", "active"),
        ("period: {start: unknown, end: open}\nsigned: 2024-03-01", "2010-01-01", "upcoming"),
        ("period: {start: unknown, end: open}\nsigned: 2024-03-01", "2024-03-01", "active"),
        ("period: {start: 2020, end: 2021}\nrenewal: {mode: tacit, term: P1Y}\nended: {date: unknown}", "2022-06-15", "ended"),
        ("ended: {date: 2021-06}", "2021-06-30", "expiring"),
        ("ended: {date: 2021-06}", "2021-07-01", "ended"),
    ],
)  # fmt: skip
def test_status(body, as_of, expected):
    assert status(agreement(A + body), D(as_of), Duration(0, 90)) == expected


def membership(write, body: str, as_of: str) -> str:
    root = write({"memberships/m.yaml": f"member: a-town\nnetwork: c-network\n{body}"})
    (one,) = load_folder(root).registry.agreements
    return status(one, D(as_of), Duration(0, 90))


def test_a_membership_begins_when_it_was_admitted(write):
    body = "stage: admitted\nadmitted: 2018-03-01\n"
    assert membership(write, body, "2010-01-01") == "upcoming"
    assert membership(write, body, "2018-03-01") == "active"
    assert membership(write, "stage: suspended\n", "2018-03-01") == "suspended"


@pytest.mark.parametrize(
    ("body", "day", "expected"),
    [
        ("period: {start: 2022-06-15, end: open}", "2022-06-15", "yes"),
        ("period: {start: 2022-06-15, end: open}", "2022-06-14", "no"),
        ("period: {start: unknown, end: open}\nsigned: 2024-03-01", "2010-01-01", "no"),
        ("period: {start: unknown, end: open}", "2010-01-01", "perhaps"),
        ("period: {start: 2020, end: 2022-06-30}\nended: {date: 2022-06-15}", "2022-06-15", "yes"),
        ("period: {start: 2020, end: 2022-06-30}\nended: {date: 2022-06-15}", "2022-06-16", "no"),
    ],
)
def test_active_on(body, day, expected):
    assert active_on(agreement(A + body), D(day)) == expected


def test_tacit_and_ended_on_the_very_end_day_does_not_renew():
    body = "period: {start: 2020, end: 2022}\nrenewal: {mode: tacit, term: P1Y}\nended: {date: 2022-12-31}\n"
    found = effective_end(agreement(A + body), D("2022-06-01"))
    assert found
    assert (found.day, found.renews) == (D("2022-12-31"), False)


@pytest.mark.parametrize(
    ("term", "until", "precision"),
    [
        ("P5Y", "2023", "year"),
        ("P5Y", "2023-06", "month"),
        ("P5Y", "2023-06-15", "day"),
        ("P1Y", "2023", "day"),  # the term itself ends on that very day
    ],
)
def test_an_end_is_as_exact_as_the_date_it_comes_from(term, until, precision):
    body = f"period: {{start: 2020, end: 2022-12-31}}\nrenewal: {{mode: tacit, term: {term}, until: {until}}}\n"
    found = effective_end(agreement(A + body), D("2023-01-10"))
    assert found
    assert found.precision == precision


# Money


PARTS = (
    "per: term, from: 2020-04-01, to: 2021-03-31, amount: 300",
    "per: term, from: 2021-04-01, to: 2022-03-31, amount: 400",
)
TERM = "period: {start: 2020-04-01, end: 2022-03-31}\n"


def test_budgets_for_parts_of_a_term(write):
    body = TERM + money(budget=PARTS)
    assert codes(write, {"partnerships/x.yaml": partnership(body)}) == []
    assert cells(body, "2022-06-15") == [(None, Decimal(300), True), (None, Decimal(400), True)]


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("per: term, from: 2020-04-01, to: 2020-12-31, amount: 100", [200, 400]),
        ("year: 2021, amount: 100", None),  # the calendar year crosses both parts
        ("per: term, amount: 100", None),  # so does the whole term
        ("per: term, from: 2021-04-01, to: 2022-03-31, amount: 400", [300]),
        ("per: term, from: 2023, to: 2023, amount: 100", [300, 400]),
        ("per: term, from: 2020-04-01, to: 2020-12-31, amount: unknown", [300, 400]),
        ("per: term, from: 2020-04-01, to: 2020-12-31, amount: 100, stage: planned", [300, 400]),
    ],
)
def test_what_is_left_of_parts(line, left):
    body = TERM + money(line, budget=PARTS)
    found = [amount for _, amount, is_remainder in cells(body, "2022-06-15") if is_remainder]
    if left is None:
        assert found == []
        assert set(unclear(body)) == {"remainder-crosses-part"}
    else:
        assert found == left
        assert unclear(body) == []


def test_yearly_money_within_a_part_counts_against_it():
    budget = ("per: term, from: 2020-01-01, to: 2021-12-31, amount: 300",)
    body = "period: {start: 2020, end: 2022}\n" + money("per: year, amount: 100", budget=budget)
    assert (None, Decimal(100), True) in cells(body, "2022-06-15")


@pytest.mark.parametrize(
    "budget",
    [
        (PARTS[0], "per: term, from: 2021-03-31, to: 2022-03-31, amount: 1"),
        (PARTS[0], "per: term, amount: 1"),
        (PARTS[0], PARTS[0]),
        (f"{PARTS[0]}, kind: cash", PARTS[0]),
    ],
)
def test_parts_that_overlap_are_an_error(write, budget):
    files = {"partnerships/x.yaml": partnership(TERM + money(budget=budget))}
    assert codes(write, files) == ["PR217"]


def test_parts_of_different_kinds_may_overlap(write):
    budget = (f"{PARTS[0]}, kind: cash", f"{PARTS[0]}, kind: in-kind")
    files = {"partnerships/x.yaml": partnership(TERM + money(budget=budget))}
    assert codes(write, files) == []


def test_more_than_a_part_holds_is_an_error(write):
    line = "per: term, from: 2020-05-01, to: 2020-06-30, amount: 301"
    files = {"partnerships/x.yaml": partnership(TERM + money(line, budget=PARTS))}
    assert codes(write, files) == ["PR204"]


OPEN = "period: {start: unknown, end: open}\nended: {date: 2023}\n"


def test_one_year_at_a_time_is_not_over_a_budget_for_the_term(write):
    body = OPEN + money("per: year, amount: 40", budget=("per: term, from: 2019, amount: 100",))
    assert codes(write, {"partnerships/x.yaml": partnership(body)}) == []
    assert cells(body, "2023-06-01") == [(2023, Decimal(40), False), (None, Decimal(60), True)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("period: {start: 2020, end: open}\n" + money("per: year, amount: 60", budget=("per: term, amount: 100",)), []),
        ("period: {start: 2020, end: open}\n" + money("per: year, amount: 101", budget=("per: term, amount: 100",)), ["PR204"]),
        ("period: {start: 2020, end: 2021}\n" + money("per: year, amount: 60", budget=("per: term, amount: 100",)), ["PR204"]),
        ("period: {start: 2020, end: open}\n" + money("per: year, amount: 60", "year: 2030, amount: 50", budget=("per: year, amount: 100",)), ["PR204"]),
        ("period: {start: 2020, end: 2021}\nrenewal: {mode: tacit, term: P1Y}\n" + money("per: year, amount: 50", budget=("per: term, amount: 100",)), []),
    ],
)  # fmt: skip
def test_growth_with_the_day_is_no_error(write, body, expected):
    found = codes(write, {"partnerships/x.yaml": partnership(body)})
    assert [code for code in found if code == "PR204"] == expected


def test_money_that_grew_past_a_budget_is_noted(write, capsys):
    body = "period: {start: 2020, end: open}\n" + money(
        "per: year, amount: 60", budget=("per: term, amount: 100",)
    )
    notes = answer(write, capsys, {"partnerships/x.yaml": partnership(body)}, "totals")["notes"]
    assert "over-budget" in [note["code"] for note in notes]


@pytest.mark.parametrize(
    ("lines", "budget", "left", "is_unclear"),
    [
        (("year: 2020, amount: 85, currency: EUR", "year: 2020, amount: 152"), ("year: 2020, amount: 100, currency: EUR",), [], True),
        (("year: 2020, amount: 85, currency: EUR", "year: 2021, amount: 152"), ("year: 2020, amount: 100, currency: EUR",), [15], False),
        (("year: 2020, amount: 85, currency: EUR", "year: 2020, amount: 152"), ("year: 2020, amount: 100, currency: EUR", "year: 2020, amount: 200"), [15, 48], False),
        (("year: 2020, amount: 85, currency: EUR", "year: 2020, amount: 152, kind: in-kind"), ("year: 2020, amount: 100, currency: EUR, kind: cash",), [15], False),
        (("year: 2020, amount: 85, currency: EUR", "year: 2020, amount: 152, stage: planned"), ("year: 2020, amount: 100, currency: EUR",), [15], False),
        (("year: 2020, amount: 85, currency: EUR", "year: 2020, amount: unknown"), ("year: 2020, amount: 100, currency: EUR",), [15], False),
        (("per: term, amount: 85, currency: EUR", "year: 2020, amount: 152"), ("per: term, amount: 100, currency: EUR",), [], True),
        (("year: 2020, amount: 100", "year: 2020, amount: 5, currency: EUR"), ("year: 2020, amount: 500", "year: 2020, amount: unknown, currency: EUR"), [400], False),
    ],
)  # fmt: skip
def test_mixed_currencies_leave_no_remainder(lines, budget, left, is_unclear):
    body = "period: {start: 2020, end: 2021}\n" + money(*lines, budget=budget)
    found = [amount for _, amount, is_remainder in cells(body, "2022-06-15") if is_remainder]
    assert found == left
    assert unclear(body) == (["remainder-mixed-currency"] if is_unclear else [])


def answer(write, capsys, files: dict[str, str], line: str, code: int | None = None) -> dict:
    root = write(files)
    got = run(
        [*line.split(), "--format", "json", "--registry", str(root)]
        + ([] if "--as-of" in line else ["--as-of", "2022-06-15"])
    )
    out = capsys.readouterr().out
    assert code is None or got == code
    return json.loads(out)


def test_the_note_on_mixed_currencies_has_both_sums(write, capsys):
    body = money(
        "year: 2020, amount: 85000, currency: EUR",
        "year: 2020, amount: 152000",
        budget=("year: 2020, amount: 100000, currency: EUR",),
    )
    whole = answer(write, capsys, {"partnerships/x.yaml": partnership(body)}, "totals")
    (note,) = [one for one in whole["notes"] if one["code"] == "remainder-mixed-currency"]
    assert "152,000.00 SEK" in note["message"]
    assert "100,000.00 EUR" in note["message"]
    assert not any(row["remainder"] for row in whole["rows"])


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("year: 2020, amount: 60000, stage: paid", "year: 2020, amount: 40000, stage: paid"), ["PR222"]),
        (("year: 2020, amount: 100000", "year: 2020, amount: 40000, stage: paid"), ["PR222"]),
        (("year: 2020, amount: 100", "year: 2020, amount: 100, stage: paid"), ["PR202"]),
        (("year: 2020, amount: 100", "year: 2020, amount: 100.00"), ["PR202"]),
        (("year: 2020, amount: unknown", "year: 2020, amount: unknown"), []),
        (("year: 2020, amount: 100", "year: 2020, amount: unknown"), []),
        (("year: 2020, amount: 100", "year: 2020, amount: 100, recipient: b-club"), []),
        (("year: 2020, amount: 100", "year: 2020, amount: 100, currency: EUR"), []),
        (("per: year, amount: 100", "year: 2021, amount: 100"), ["PR202"]),
        (("per: year, amount: 100", "year: 2021, amount: 90"), ["PR222"]),
        (("per: term, amount: 100", "per: term, from: 2020, to: 2023, amount: 100"), ["PR202"]),
        (("per: term, amount: 100", "per: term, from: 2020, to: 2021, amount: 100"), []),
        (("year: 2020, amount: 1", "year: 2020, amount: 2", "year: 2020, amount: 1"), ["PR202", "PR222", "PR222"]),
    ],
)  # fmt: skip
def test_the_same_money(write, lines, expected):
    files = {"partnerships/x.yaml": partnership(money(*lines))}
    assert sorted(codes(write, files)) == expected


@pytest.mark.parametrize(
    "lines",
    [
        ("per: year, amount: 100", "year: 2022, amount: 120"),
        ("year: 2022, amount: 120", "per: year, amount: 100"),
        ("per: year, from: 2021, amount: 100", "per: year, from: 2022, amount: 120"),
    ],
)
def test_a_fee_that_changed_ends_the_earlier_line(write, lines):
    files = {"partnerships/x.yaml": partnership(money(*lines))}
    (one,) = [f for f in findings(load_folder(write(files)), D("2022-06-15")) if f.code == "PR222"]
    number = 1 if lines[0].startswith("per") else 2
    assert one.hint == f"if the fee changed, give funding line {number} to: 2021"


def test_what_is_planned_is_not_said_to_be_counted(write):
    lines = ("year: 2020, amount: 100", "year: 2020, amount: 120, stage: planned")
    files = {"partnerships/x.yaml": partnership(money(*lines))}
    (one,) = [f for f in findings(load_folder(write(files)), D("2022-06-15")) if f.code == "PR222"]
    assert one.message.endswith("220.00 SEK together, where planned money is counted too")


def test_two_amounts_name_their_sum_and_both_count(write, capsys):
    lines = ("year: 2020, amount: 100000", "year: 2020, amount: 40000, stage: paid")
    files = {"partnerships/x.yaml": partnership(money(*lines))}
    (one,) = [f for f in findings(load_folder(write(files)), D("2022-06-15")) if f.code == "PR222"]
    assert "140,000.00 SEK together" in one.message
    assert one.severity == "warning"
    assert one.hint.startswith("if one is paid out of the other, lower the agreed one to the rest")
    rows = answer(write, capsys, files, "totals")["rows"]
    assert {row["amount"] for row in rows} == {"100000.00", "40000.00"}


def test_an_unknown_end_and_a_known_act(write):
    body = "period: {start: 2018, end: unknown}\nended: {date: 2020-12-31}\n"
    body += money("per: year, amount: 10")
    assert [year for year, _, _ in cells(body, "2022-06-15")] == [2018, 2019, 2020]


def test_yearly_money_needs_a_whole_last_year(write):
    body = "period: {start: 2020, end: 2022-06-30}\n" + money("per: year, amount: 10")
    assert codes(write, {"partnerships/x.yaml": partnership(body)}) == ["PR215"]


@pytest.mark.parametrize(("last", "problem"), [(MOST_YEARS - 1, False), (MOST_YEARS, True)])
def test_the_longest_span_of_years(last, problem):
    body = f"period: {{start: 1900, end: {1900 + last}}}\n" + money("per: year, amount: 10")
    one = agreement(A + body)
    assert bool(years(one.lines[0], one, last_mentioned(one)).problem) is problem


def test_spread_by_days_ends_with_the_year(write, capsys):
    body = "period: {start: 2021-07-01, end: 2022}\n" + money("per: term, amount: 549")
    whole = answer(
        write, capsys, {"partnerships/x.yaml": partnership(body)}, "totals --spread days"
    )
    assert {row["year"]: row["amount"] for row in whole["rows"]} == {2021: "184.00", 2022: "365.00"}


def test_a_sum_without_a_year_and_a_start_has_no_rate(write, capsys):
    body = "period: {start: unknown, end: 2022}\n" + money("per: term, amount: 100, currency: EUR")
    files = {
        "partnerships/x.yaml": partnership(body),
        "rates/ecb.csv": "Date,SEK\n2020-12-31,10\n2022-12-31,11\n",
    }
    whole = answer(write, capsys, files, "totals --in SEK --rate end")
    assert whole["rows"] == []
    assert "unconverted" in [note["code"] for note in whole["notes"]]


def test_the_recipient_of_a_line_that_names_none(write, capsys):
    body = (
        "parties:\n  - {organisation: a-town}\n  - {organisation: b-club, role: recipient}\n"
        + money("year: 2020, amount: 10", "source: b-club, year: 2020, amount: 3")
    )
    rows = answer(
        write, capsys, {"partnerships/x.yaml": partnership(body)}, "totals --by recipient"
    )["rows"]
    assert {row["recipient"]: row["amount"] for row in rows} == {"b-club": "10.00", None: "3.00"}


@pytest.mark.parametrize(
    ("label", "amount"), [("moms=ja", "10.00"), ("area=x", "13.00"), ("moms=nej", None)]
)
def test_labels_of_lines_in_totals(write, capsys, label, amount):
    body = "labels: {area: x}\n" + money(
        "year: 2020, amount: 10, labels: {moms: ja}", "year: 2020, amount: 3, what: rent"
    )
    rows = answer(
        write, capsys, {"partnerships/x.yaml": partnership(body)}, f"totals --label {label}"
    )["rows"]
    assert [row["amount"] for row in rows] == ([amount] if amount else [])


def test_notes_speak_of_the_source_that_was_asked_for(write, capsys):
    body = money("source: b-club, year: 2020, amount: unknown", "year: 2020, amount: 5")
    files = {"partnerships/x.yaml": partnership(body)}
    for source, expected in (("a-town", []), ("b-club", ["amount-unknown"])):
        notes = answer(write, capsys, files, f"totals --source {source}")["notes"]
        assert [one["code"] for one in notes if one["code"] == "amount-unknown"] == expected


@pytest.mark.parametrize(
    ("lines", "budget", "cash", "in_kind"),
    [
        (("year: 2020, amount: unknown",), (), None, "0.00"),
        (("year: 2020, amount: unknown, kind: in-kind",), (), "0.00", None),
        (("year: 2020, amount: unknown", "year: 2021, amount: 5"), (), "5.00", "0.00"),
        ((), ("year: 2020, amount: unknown",), None, "0.00"),
        (("year: 2020, amount: unknown",), ("year: 2020, amount: 9",), "9.00", "0.00"),
        (("year: 2020, amount: 0",), (), "0.00", "0.00"),
        (("year: 2020, amount: unknown, stage: planned",), (), "0.00", "0.00"),
    ],
)
def test_unknown_is_not_zero_in_list(write, capsys, lines, budget, cash, in_kind):
    files = {"partnerships/x.yaml": partnership(money(*lines, budget=budget))}
    (row,) = answer(write, capsys, files, "list")["rows"]
    assert (row["funding_cash"], row["funding_in_kind"]) == (cash, in_kind)


# What is told


def test_an_application_that_was_withdrawn_is_not_overdue(write, capsys):
    body = "member: a-town\nnetwork: c-network\nstage: applied\napplied: 2020-01-01\n"
    for more, expected in (("", 1), ("ended: {date: 2021-01-01, reason: withdrew}\n", 0)):
        whole = answer(write, capsys, {"memberships/m.yaml": body + more}, "expiring --overdue")
        assert len(whole["rows"]) == expected


def test_nothing_can_be_done_about_a_term_that_renews(write, capsys):
    body = (
        "period: {start: 2020, end: 2022-08-31}\nnotice: P3M\nrenewal: {mode: tacit, term: P1Y}\n"
    )
    files = {"partnerships/x.yaml": partnership(body)}
    assert answer(write, capsys, files, "expiring --check", code=0)["rows"][0]["event"] == "end"
    assert answer(write, capsys, files, "expiring --unrenewed")["rows"] == []
    answer(write, capsys, files, "expiring --check --as-of 2022-05-20", code=1)


def test_a_decision_with_a_follower_needs_nobody(write, capsys):
    body = (
        "period: {start: 2020, end: 2022-08-31}\nrenewal: {mode: express, decide_by: 2022-06-30}\n"
    )
    files = {"partnerships/x.yaml": partnership(body)}
    answer(write, capsys, files, "expiring --check", code=1)
    files["partnerships/y.yaml"] = partnership(
        "follows: [x]\nperiod: {start: 2022-09-01, end: 2030}\n"
    )
    answer(write, capsys, files, "expiring --check", code=0)


MEMBER = "member: a-town\nnetwork: c-network\nstage: admitted\n"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("ended: {date: 2019, reason: withdrew}\n", "admitted: 2019\n", ["PR312"]),
        ("ended: {date: 2019-03, reason: withdrew}\n", "admitted: 2019-09\n", []),
        ("ended: {date: 2019-09, reason: withdrew}\n", "admitted: 2019-03\n", ["PR307"]),
        ("", "", ["PR307"]),
        ("ended: {date: 2015}\n", "", ["PR312"]),
        ("period: {start: 2010, end: 2015}\n", "period: {start: 2016, end: open}\n", []),
        ("period: {start: 2010, end: 2015}\n", "period: {start: 2014, end: open}\n", ["PR307"]),
    ],
)
def test_memberships_that_overlap(write, first, second, expected):
    files = {"memberships/m1.yaml": MEMBER + first, "memberships/m2.yaml": MEMBER + second}
    assert codes(write, files) == expected


def organisation(name: str, country: str = "", *numbers: str) -> str:
    text = f"name: {name}\ntype: association\n"
    text += f"country: {country}\n" if country else ""
    listed = ", ".join(f'{{scheme: SE-ON, id: "{number}"}}' for number in numbers)
    return text + (f"identifiers: [{listed}]\n" if numbers else "")


@pytest.mark.parametrize(
    ("organisations", "expected"),
    [
        ((("Club", "SE"), ("Club", "PL"), ("Club", "PL")), ["PR308"]),
        ((("Club", "SE"), ("Club", "PL"), ("Club",)), ["PR308"]),
        ((("Club", "SE", "802002-8711"), ("Club", "SE", "212000-1355")), []),
        ((("Club", "SE", "802002-8711"), ("Club", "SE")), ["PR308"]),
        ((("Club", "SE", "802002-8711"), ("Other", "SE", "8020028711")), ["PR311"]),
    ],
)
def test_names_and_identifiers(write, organisations, expected):
    files = {f"organisations/x{n}.yaml": organisation(*one) for n, one in enumerate(organisations)}
    assert codes(write, files) == expected


@pytest.mark.parametrize(
    ("number", "other", "expected"),
    [("KS 1", "b-club", ["PR306"]), ("KS 1", "c-network", []), ("brak", "b-club", []), ("Saknas", "b-club", [])],
)  # fmt: skip
def test_one_tender_several_suppliers(write, number, other, expected):
    def contract(supplier: str) -> str:
        return partnership(
            f"parties: [{{organisation: a-town}}, {{organisation: {supplier}}}]\n"
            f"case_numbers: [{{organisation: a-town, number: {number}}}]\n"
        )

    files = {"partnerships/x.yaml": contract("b-club"), "partnerships/y.yaml": contract(other)}
    assert codes(write, files) == expected


def test_one_cause_one_finding(write):
    body = "parties: [{organisation: b-clbu}, {organisation: a-town}]\n"
    body += money("source: b-club, year: 2020, amount: 1")
    assert codes(write, {"partnerships/x.yaml": partnership(body)}) == ["PR302"]
    body = "period: {start: 2022, end: 2020}\n" + money(
        "year: 2021, amount: 1", "year: 2023, amount: 1"
    )
    (write({}) / "partnerships/x.yaml").unlink()
    assert codes(write, {"partnerships/z.yaml": partnership(body)}) == ["PR203"]
    assert codes(
        write,
        {"partnerships/z.yaml": "tittle: X\n" + partnership("").replace("title: Sample\n", "")},
    ) == ["PR101"]


def test_kosovo(write, capsys):
    files = {"organisations/k.yaml": "name: K\ntype: municipality\ncountry: XK\n"}
    assert codes(write, files) == []
    rows = answer(write, capsys, files, "list organisations --country XK", code=0)["rows"]
    assert [row["id"] for row in rows] == ["k"]


def test_files_with_errors_that_can_concern_the_question(write, capsys):
    bad = "unknown_key: 1\n" + partnership(money("year: 2020, amount: 70"))
    files = {
        "partnerships/bad.yaml": bad,
        "partnerships/good.yaml": partnership(""),
        "memberships/bad-too.yaml": "member: a-town\n",
        "memberships/unreadable.yaml": "[\n",
    }
    whole = answer(write, capsys, files, "totals", code=1)
    (note,) = [one for one in whole["notes"] if one["code"] == "invalid-left-out"]
    assert note["records"] == ["bad", "bad-too", "unreadable"]
    assert "at least 70.00 SEK" in note["message"]
    for line, ids in (
        ("list --kind partnership", ["bad"]),
        ("list --form declaration", ["unreadable"]),
        ("list --party b-club", ["bad", "bad-too", "unreadable"]),
        ("totals --source b-club", ["unreadable"]),
    ):
        notes = answer(write, capsys, files, line)["notes"]
        found = [one["records"] for one in notes if one["code"] == "invalid-left-out"]
        assert found == [ids] or (line.startswith("list --form") and found == [["unreadable"]]), (
            line
        )


def test_a_network_of_many_is_shown_in_part(write, capsys):
    members = {
        f"memberships/m{n}.yaml": f"member: o{n}\nnetwork: c-network\nstage: admitted\n"
        for n in range(70)
    }
    names = {f"organisations/o{n}.yaml": f"name: O{n}\ntype: other\n" for n in range(70)}
    root = write({**members, **names})
    assert run(["show", "c-network", "--registry", str(root)]) == 0
    out = capsys.readouterr().out
    assert "and 20 more: partnerreg list --network c-network" in out
    assert len(out.splitlines()) < 70
    assert len(answer(write, capsys, {}, "show c-network")["agreements"]) == 70


def test_show_tells_every_fact(write, capsys):
    body = (
        "parties:\n  - {organisation: a-town, role: funder, from: 2021-02-03, to: 2022-03-04, signed: 2020-12-24}\n"
        "renewal: {mode: tacit, term: P18M, times: 3, until: 2031, decide_by: P45D}\n"
        "ended: {date: 2022-05-06, reason: terminated, note: The club closed}\n"
        "funding:\n  lines:\n    - {source: a-town/culture-board, year: 2020, recipient: b-club, what: rent of rooms, "
        "amount: unknown, stated: much money, bound: at-least, note: said aloud, labels: {area: west}}\n"
        "milestones: [{id: m, title: Interim, kind: evaluation, due: 2021-09, responsible: b-club}]\n"
        "references: [{id: r, title: Paper, published: 2020-11-11, retrieved: 2020-12-12, language: pl}]\n"
        "contacts: [{role: clerk, name: The desk}]\nnotes: A closing word\nlabels: {unit: KS-4}\n"
    )
    files = {
        "partnerships/x.yaml": partnership(body),
        "organisations/b-club.yaml": "name: B Club\ntype: association\nlabels: {mark: red}\n"
        "references: [{id: p, title: Statutes, published: 1999}]\nnotes: Small\n",
    }
    root = write(files)
    assert run(["show", "x", "--registry", str(root), "--as-of", "2022-01-01"]) == 0
    out = capsys.readouterr().out
    for fact in (
        "from 2021-02-03", "to 2022-03-04", "signed 2020-12-24", "P18M", "at most 3 times", "until 2031",
        "decide by P45D", "terminated", "The club closed", "B Club", "rent of rooms", "unknown", "much money",
        "at-least", "said aloud", "area=west", "Interim", "evaluation", "b-club", "2020-11-11", "2020-12-12",
        "pl", "clerk", "The desk", "A closing word", "KS-4",
    ):  # fmt: skip
        assert fact in out, fact
    assert run(["show", "b-club", "--registry", str(root)]) == 0
    out = capsys.readouterr().out
    for fact in ("label mark", "red", "Statutes", "1999", "Small"):
        assert fact in out, fact


def test_an_overview_of_an_invalid_title(write, capsys, monkeypatch):
    root = write({"settings.yaml": "title: 5\ncurrency: SEK\n"})
    monkeypatch.chdir(root)
    run(["overview", "--registry", ".", "--as-of", "2022-06-15"])
    assert capsys.readouterr().out.startswith("registry, as of 2022-06-15\n")


def test_overview_and_list_count_the_same(write, capsys):
    files = {"partnerships/bad.yaml": "title: [\n", "partnerships/x.yaml": partnership("")}
    overview = answer(write, capsys, files, "overview")["rows"]
    (count,) = [
        r["value"] for r in overview if (r["name"], r["field"]) == ("partnerships", "count")
    ]
    assert count == len(answer(write, capsys, {}, "list")["rows"]) == 1


@pytest.mark.parametrize(
    ("line", "said", "hint"),
    [
        ("totlas", "there is no command totlas", "did you mean partnerreg totals?"),
        ("list --org x", "list has no option --org", "try partnerreg list --help"),
        ("list --contry SE", "list has no option --contry", "did you mean --country?"),
        ("totals --in euro", "--in: EURO is not known", "did you mean EUR?"),
        ("totals --in kronor", "--in: KRONOR is not known", "three letters of ISO 4217, such as SEK or EUR"),
        ("totals --as-of 2024", "--as-of: 2024 is not a day", "write YYYY-MM-DD"),
        ("totals --as-of x", "--as-of: x is not a day", "write YYYY-MM-DD"),
        ("totals --as-of 2023-02-30", "--as-of: there is no day 2023-02-30: that month has 28 days", None),
        ("totals --year 2024 --year 2025", "--year is given twice", "give it once"),
        ("totals --by source --by form", "--by is given twice", "give it once"),
        ("list --match a --match b", "--match is given twice", "give it once"),
        ("list --active-on today --active-on today", "--active-on is given twice", "give it once"),
        ("list -o a.csv --output b.csv", "--output is given twice", "give it once"),
    ],
)  # fmt: skip
def test_usage(capsys, tmp_path, line, said, hint):
    """Also where there is no registry: usage is judged before the environment."""
    assert run([*line.split(), *([] if line == "totlas" else ["--registry", str(tmp_path)])]) == 2
    err = capsys.readouterr().err
    assert err == f"partnerreg: error: {said}\n" + (f"  hint: {hint}\n" if hint else "")


@pytest.mark.parametrize(
    ("end", "as_of", "left", "first"),
    [
        ("2022-12-31", "2022-12-01", "30 d", "2022-12-31"),
        ("2022-12", "2022-12-01", "≤ 30 d", "2022-12-01"),
        ("2022", "2022-12-01", "≤ 30 d", "2022-01-01"),
        ("2022", "2022-12-31", "≤ 0 d", "2022-01-01"),
        ("2022-12-31", "2023-01-02", "2 d ago", "2022-12-31"),
        ("2022", "2023-01-02", "≥ 2 d ago", "2022-01-01"),
    ],
)
def test_days_left(end, as_of, left, first):
    (one,) = deadlines(agreement(A + f"period: {{start: 2020, end: {end}}}\n"), D(as_of))
    assert (one.left(D(as_of)), one.first) == (left, D(first))


@pytest.mark.parametrize(
    ("ended", "is_due"), [("2022-06-30", False), ("2022-12-31", False), ("2023-01-01", True)]
)
def test_no_decision_about_what_was_ended(ended, is_due):
    body = "period: {start: 2020, end: 2022-12-31}\nrenewal: {mode: express, decide_by: P1M}\n"
    found = events(body + f"ended: {{date: {ended}}}\n", "2022-05-01")
    assert ("decide" in [event for event, _, _ in found]) is is_due


def test_yearly_money_of_no_known_year(write):
    body = "period: {start: unknown, end: unknown}\n" + money("per: year, amount: 10")
    assert codes(write, {"partnerships/x.yaml": partnership(body)}) == ["PR215"]


def test_a_row_may_be_unclear_for_two_reasons():
    body = "period: {start: 2020, end: 2024}\n" + money(
        "per: term, from: 2020, to: 2020, amount: 5, currency: EUR",
        "per: term, from: 2021, to: 2022, amount: 10",
        budget=("per: term, from: 2020, to: 2021, amount: 100",),
    )
    assert unclear(body) == ["remainder-mixed-currency", "remainder-crosses-part"]


@pytest.mark.parametrize("how", ["none", "start", "days"])
def test_a_sum_of_zero_is_a_sum(write, capsys, how):
    body = "period: {start: 2020, end: 2021}\n" + money("per: term, amount: 0")
    files = {"partnerships/x.yaml": partnership(body)}
    (row,) = answer(write, capsys, files, f"totals --spread {how}")["rows"]
    assert (row["year"], row["amount"]) == (None if how == "none" else 2020, "0.00")


def test_who_receives_a_memberships_money(write, capsys):
    body = MEMBER + money("year: 2020, amount: 10", "source: c-network, year: 2020, amount: 7")
    for parties, expected in (
        ("", {"c-network": "17.00"}),
        ("parties: [{organisation: b-club, role: recipient}]\n", {"b-club": "17.00"}),
    ):
        files = {"memberships/m.yaml": body + parties}
        rows = answer(write, capsys, files, "totals --by recipient")["rows"]
        assert {row["recipient"]: row["amount"] for row in rows} == expected


def test_sums_of_a_planned_agreement_are_zero_in_list(write, capsys):
    files = {
        "partnerships/x.yaml": partnership(
            "stage: planned\n" + money("year: 2020, amount: unknown")
        )
    }
    (row,) = answer(write, capsys, files, "list")["rows"]
    assert row["funding_cash"] == "0.00"


def test_a_misspelt_source_or_party_is_one_finding(write):
    body = "parties:\n  - {organization: a-town}\n  - {organisation: b-club}\nfunding:\n  currency: SEK\n"
    body += "  lines: [{sorce: a-town, year: 2020, amount: 1}]\n"
    found = [
        one.message
        for one in findings(
            load_folder(write({"partnerships/x.yaml": partnership(body)})), D("2022-06-15")
        )
        if one.code.startswith("PR3")
    ]
    assert found == []


@pytest.mark.parametrize(
    ("title", "expected"),
    [("“Agreement”", ["PR224"]), ("“A” and “B”", []), ("The “A”", []), ("„Umowa”", ["PR224"])],
)
def test_curly_quotes(write, title, expected):
    assert codes(write, {"partnerships/x.yaml": partnership(f"title: {title}\n")}) == expected


@pytest.mark.parametrize("slip", ["mount", "aunt", "amout"])
@pytest.mark.parametrize("name", ["lines", "budget"])
def test_a_misspelt_amount_is_a_finding(write, slip, name):
    source = "source: a-town, " if name == "lines" else ""
    body = f"funding: {{{name}: [{{{source}year: 2020, {slip}: 1}}]}}\n"
    found = codes(write, {"partnerships/x.yaml": partnership(body)})
    assert set(found) == {"PR101", "PR102"}
