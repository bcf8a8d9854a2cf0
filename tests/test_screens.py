"""What people see: tables that fit the terminal, colours and words, help, CSV for spreadsheets."""

import re

import pytest

from conftest import partnership
from partnerreg.cli.main import run
from partnerreg.output.terminal import render_page
from test_questions import RECORDS
from test_trials import money

AS_OF = "2022-06-15"
LATER = "expiring --from 2022-08-01 --to 2022-12-31"
MANY = {
    **RECORDS,
    "partnerships/a-long-identifier-of-33-letters-x.yaml": partnership(
        "title: A title that is far too long for one line of a terminal of eighty columns\n"
        "period: {start: 2020, end: 2022-06-30}\n"
        + money(
            "year: 2022, amount: 1234567.89",
            "year: 2021, amount: 1234567.89",
            "year: 2020, amount: 1234567.89",
            "source: b-club, year: 2020, amount: 5, kind: in-kind",
        )
        + "milestones:\n  - {id: report, title: Report, due: 2022-01-31}\n"
    ),
    "memberships/m.yaml": "member: a-town\nnetwork: c-network\nstage: admitted\n",
}


def screen(write, capsys, monkeypatch, line: str, columns: int, colour: str = "never") -> str:
    from partnerreg.cli import output

    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr(output, "wants_terminal", lambda _: True)
    root = ["--registry", str(write(MANY)), "--as-of", AS_OF, "--color", colour]
    run([*line.split(), *root])
    return capsys.readouterr().out


@pytest.mark.parametrize("columns", [40, 80, 120, 160])
@pytest.mark.parametrize(
    "line",
    [
        "list",
        "totals",
        "totals --by recipient,source --change",
        "totals --explain",
        "expiring --overdue",
        "overview",
        "show a-town",
        "show x",
    ],
)
def test_nothing_is_wider_than_the_terminal(write, capsys, monkeypatch, line, columns):
    shown = screen(write, capsys, monkeypatch, line, columns)
    assert max(map(len, shown.splitlines())) <= columns


@pytest.mark.parametrize("line", ["list", "expiring --overdue"])
@pytest.mark.parametrize("columns", [80, 120, 160])
def test_a_table_stays_a_table_and_ids_stay_whole(write, capsys, monkeypatch, line, columns):
    shown = screen(write, capsys, monkeypatch, line, columns)
    assert "a-long-identifier-of-33-letters-x" in shown
    head = shown.splitlines()[2]
    assert head.split()[0] in {"Agreement", "Date"}
    assert "nobody" in shown


def test_list_in_one_line_each_where_there_is_room(write, capsys, monkeypatch):
    shown = screen(write, capsys, monkeypatch, "list --source c-network", 160)
    assert shown.splitlines()[2:] == [
        "Agreement  With            Status  Until       Cash 2022  Id  Responsible",
        "Y          A-town, B Club  active  2022-09-30             y   nobody",
    ]


def test_list_tells_the_years_cash(write, capsys):
    one = "title: {}\nperiod: {{start: 2020, end: 2023}}\n"
    records = {
        "partnerships/a.yaml": partnership(one.format("A") + money("year: 2022, amount: 10")),
        "partnerships/b.yaml": partnership(one.format("B") + money("year: 2022, amount: unknown")),
        "partnerships/c.yaml": partnership(one.format("C") + money("per: term, amount: 90")),
        "partnerships/d.yaml": partnership(
            one.format("D")
            + money("year: 2022, amount: 1, stage: planned", "year: 2022, amount: 2, kind: in-kind")
        ),
        "partnerships/e.yaml": partnership(one.format("E") + money("year: 2021, amount: 7")),
    }
    run(["list", "--registry", str(write(records)), "--as-of", AS_OF])
    lines = capsys.readouterr().out.splitlines()
    place = lines[2].index("SEK 2022") + len("SEK 2022")
    assert [line[place - 12 : place].strip() for line in lines[3:8]] == [
        "10",
        "unknown",
        "for the term",
        "",
        "",
    ]


def test_overdue_and_near_are_told_apart(write, capsys, monkeypatch):
    shown = screen(write, capsys, monkeypatch, "expiring --overdue", 120, "always")
    assert "\x1b[31m135 d ago\x1b[0m" in shown
    assert re.search(r"\x1b\[33m *15 d\x1b\[0m", shown)
    assert re.search(r" 107 d(?!\x1b)", screen(write, capsys, monkeypatch, LATER, 120, "always"))


def test_what_has_no_room_is_told(write, capsys, monkeypatch):
    references = "".join(
        f"  - {{id: {'r' * 60}-{n}, title: T, language: sv, retrieved: 2022-01-01}}\n"
        for n in range(2)
    )
    MANY["partnerships/z.yaml"] = partnership(f"title: Z\nreferences:\n{references}")
    try:
        shown = screen(write, capsys, monkeypatch, "show z", 110)
    finally:
        del MANY["partnerships/z.yaml"]
    assert "no room for: " in shown


def test_csv_for_a_spreadsheet(write, capsys):
    root = ["--registry", str(write(RECORDS)), "--as-of", AS_OF, "--csv-dialect", "excel"]
    assert run(["totals", "--by", "recipient,source", "--format", "csv", *root]) == 0
    lines = capsys.readouterr().out.split("\r\n")
    assert lines[0].startswith("\ufeffrecipient;recipient_name;source;source_name;year;currency;")
    assert "b-club;B Club;a-town;A-town;2021;SEK;cash;agreed;100,00;false;1" in lines
    unit = "c-network;C Network;a-town/school-board;A-town / School board;2021;SEK;cash;agreed;7,00"
    assert any(line.startswith(unit) for line in lines)
    assert run(["list", "--format", "csv", "--columns", "id,parties,responsible", *root]) == 0
    lines = capsys.readouterr().out.split("\r\n")
    assert lines[0] == "\ufeffid;parties;parties_name;responsible;responsible_name"
    assert 'x;"a-town;b-club";"A-town;B Club";a-town/school-board;A-town / School board' in lines


@pytest.mark.parametrize("form", [[], ["--format", "json"], ["-o", "x.md"]])
def test_a_dialect_of_csv_goes_with_csv(capsys, form):
    assert run(["list", "--csv-dialect", "excel", "--registry", "/nowhere", *form]) == 2
    assert "--csv-dialect goes with --format csv" in capsys.readouterr().err


def test_help_stands_in_groups(capsys):
    assert run(["totals", "--help"]) == 0
    said = capsys.readouterr().out
    heads = [line for line in said.splitlines() if line.endswith(":") and line[0] not in " -"]
    assert heads == [
        "What to count, and how to show it:",
        "Which agreements:",
        "Registry and output:",
        "Examples:",
    ]


@pytest.mark.parametrize(
    ("topic", "first"),
    [
        ("reports", "# Reports"),
        ("totals", "Usage: partnerreg totals"),
        ("PR203", "PR203 ends-before-start"),
        ("pr203", "PR203 ends-before-start"),
    ],
)
def test_help_topics(capsys, topic, first):
    assert run(["help", topic]) == 0
    assert capsys.readouterr().out.startswith(first)


def test_help_without_topic_names_everything(capsys):
    from partnerreg.cli.main import COMMANDS
    from partnerreg.cli.manual import PAGES

    assert run(["help"]) == 0
    words = capsys.readouterr().out.split()
    assert {*COMMANDS, *PAGES} <= set(words)


def test_a_page_in_a_terminal():
    shown = render_page("# Head\n\nSome *text*.\n\n```\n[/x] :id: code\n```\n", 40, colour=False)
    assert "[/x] :id: code" in shown
    assert "\x1b" not in shown
    assert max(map(len, shown.splitlines())) <= 40


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("ls", "partnerreg list"),
        ("memberships", "partnerreg list memberships"),
        ("valdate", "partnerreg validate"),
        ("deadlines", "partnerreg expiring"),
        ("totals 2021", "--year 2021"),
        ("totals recipient,source", "--by recipient,source"),
        ("totals umea-kommun", "--party umea-kommun"),
        ("expiring 90d", "--within 90d"),
        ("expiring 2026", "--from 2026-01-01 --to 2026-12-31"),
        ("expiring quarter", "--by quarter"),
        ("list iop", "--form iop"),
        ("list health", "--theme health"),
        ("list expiring", "--status expiring"),
        ("list partnership", "partnerships"),
        ("list Uppsala", "--match Uppsala"),
        ("totals --yaer 2021", "--year"),
        ("help reprots", "reports"),
    ],
)
def test_guesses(capsys, line, meant):
    assert run(line.split()) == 2
    said = capsys.readouterr().err
    assert meant in said
    assert len(said.splitlines()) == 2
