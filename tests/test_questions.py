"""Options that answer a question with one command: dimensions, order, parts of lists, windows."""

import json
import re
from datetime import date

import pytest

import partnerreg
from conftest import partnership
from partnerreg.cli.main import run
from test_environments import git
from test_trials import answer, money

RECORDS = {
    "partnerships/x.yaml": partnership(
        "title: X\nresponsible: a-town/school-board\nlabels: {account: k1}\n"
        + money(
            "year: 2021, amount: 100, recipient: b-club",
            "year: 2022, amount: 150, recipient: b-club, labels: {account: k2}",
            "source: a-town/school-board, year: 2021, amount: 7, recipient: c-network",
            "source: b-club, year: 2022, amount: 40, kind: in-kind, recipient: a-town",
            budget=("year: 2022, amount: 200",),
        )
    ),
    "partnerships/y.yaml": partnership(
        "title: Y\nperiod: {start: 2020, end: 2022-09-30}\n"
        + money(
            "year: 2021, amount: 500, currency: EUR, recipient: c-network",
            "source: c-network, year: 2021, amount: 300",
        )
    ),
}


def sums(write, capsys, line: str, *names: str) -> list[tuple]:
    rows = answer(write, capsys, RECORDS, line)["rows"]
    return [tuple(row[name] for name in names) for row in rows]


def table(write, capsys, line: str) -> list[list[str]]:
    """Return the lines that people see, split where cells are parted."""
    code = run([*line.split(), "--registry", str(write(RECORDS)), "--as-of", "2022-06-15"])
    assert code == 0
    return [one.split("  ") for one in capsys.readouterr().out.splitlines() if one]


def test_two_dimensions(write, capsys):
    found = sums(
        write,
        capsys,
        "totals --by recipient,source --year 2021",
        "recipient",
        "source",
        "currency",
        "amount",
    )
    assert found == [
        ("b-club", "a-town", "SEK", "100.00"),
        ("c-network", "a-town/school-board", "SEK", "7.00"),
        (None, "c-network", "SEK", "300.00"),
        ("c-network", "a-town", "EUR", "500.00"),
    ]
    line = "totals --by recipient,source --year 2021 --explain"
    first, *_ = answer(write, capsys, RECORDS, line)["rows"]
    assert (first["recipient"], first["source"], first["record"]) == ("b-club", "a-town", "x")


@pytest.mark.parametrize(
    ("by", "column", "values"),
    [
        ("source-type", "source_type", {"municipality", "association", "network", None}),
        ("recipient-type", "recipient_type", {"association", "network", "municipality", None}),
        ("responsible", "responsible", {"a-town/school-board", None}),
        ("currency", "currency", {"SEK", "EUR"}),
        ("stage", "stage", {"agreed"}),
        ("label:account", "label", {"k1", "k2", None}),
    ],
)
def test_new_dimensions(write, capsys, by, column, values):
    rows = answer(write, capsys, RECORDS, f"totals --by {by}")["rows"]
    assert {row[column] for row in rows} == values
    assert list(rows[0])[-7:] == [
        "year",
        "currency",
        "kind",
        "stage",
        "amount",
        "remainder",
        "records",
    ]


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("source,source", "is named twice"), ("label:a,label:b", "is named twice"),
        ("source,recipient,theme", "at most two"), ("label:", "not known"), ("sorce", "not known"),
    ],
)  # fmt: skip
def test_dimensions_that_cannot_be_meant(capsys, by, said):
    assert run(["totals", "--by", by, "--registry", "nowhere"]) == 2
    assert said in capsys.readouterr().err


def test_the_largest_first(write, capsys):
    line = "totals --by recipient --sort amount"
    assert sums(write, capsys, line, "recipient", "currency", "amount")[:3] == [
        ("b-club", "SEK", "100.00"), ("b-club", "SEK", "150.00"), ("a-town", "SEK", "40.00"),
    ]  # fmt: skip
    (first,), *_ = sums(write, capsys, "totals --by recipient", "recipient")
    assert first == "a-town"


def test_the_rest_is_one_row_for_people_only(write, capsys):
    shown = table(write, capsys, "totals --by recipient --top 1")
    heads = [row[0] for row in shown]
    assert heads.index("B Club") < heads.index("2 more")
    assert "A-town" not in heads
    assert "no recipient stated (not attributed)" in heads
    assert len(sums(write, capsys, "totals --by recipient --top 1", "recipient")) == len(
        sums(write, capsys, "totals --by recipient", "recipient")
    )


def test_the_change_from_the_first_to_the_last_year(write, capsys):
    shown = {row[0]: row for row in table(write, capsys, "totals --by recipient --change")}
    assert [cell.strip() for cell in shown["B Club"] if cell][-2:] == ["50", "+50.0"]
    assert [cell.strip() for cell in shown["C Network"] if cell][-1] == "500"  # missing is not zero


def test_money_from_and_to_sorts_of_organisations(write, capsys):
    assert sums(write, capsys, "totals --source-type association", "source", "amount") == [
        ("b-club", "40.00")
    ]
    assert sums(write, capsys, "totals --recipient-type network --year 2021", "source", "amount") == [
        ("a-town/school-board", "7.00"), ("a-town", "500.00"),
    ]  # fmt: skip
    assert sums(write, capsys, "totals --recipient b-club", "source", "amount") == [
        ("a-town", "100.00"),
        ("a-town", "150.00"),
    ]
    assert sums(write, capsys, "list --recipient a-town", "id") == [("x",)]
    for line in (
        "totals --recipient nobody",
        "totals --source-type club",
        "totals --top 0",
        "totals --sort size",
    ):
        assert run([*line.split(), "--registry", str(write(RECORDS))]) == 2
        capsys.readouterr()


def test_columns_order_and_number_of_rows(write, capsys):
    rows = answer(write, capsys, RECORDS, "list --columns id,end --sort -end")["rows"]
    assert rows == [{"id": "x", "end": "2023"}, {"id": "y", "end": "2022-09-30"}]
    whole = answer(write, capsys, RECORDS, "list --sort title --limit 1")
    assert [row["id"] for row in whole["rows"]] == ["x"]
    assert whole["notes"] == [
        {"code": "limited", "message": "1 more rows are not shown: --limit 1", "records": []}
    ]
    assert table(write, capsys, "list --columns id,status")[1:] == [
        ["id", "status"],
        ["x", " active"],
        ["y", " active"],
    ]
    rows = answer(write, capsys, RECORDS, "list organisations --sort -agreements --limit 1")["rows"]
    assert [row["id"] for row in rows] == ["a-town"]
    for more in ("--columns id,id", "--columns x", "--sort x", "--sort -x", "--limit 0"):
        assert run(["list", *more.split(), "--registry", "nowhere"]) == 2
        capsys.readouterr()


def test_natural_guesses(write, capsys):
    assert sums(write, capsys, "list partnerships", "id") == [("x",), ("y",)]
    assert sums(write, capsys, "list memberships", "id") == []
    assert run(["list", "memberships", "--kind", "partnership", "--registry", "nowhere"]) == 2


def test_windows_of_one_side(write, capsys):
    assert sums(write, capsys, "expiring --to 2023-12-31", "id") == [("y",), ("x",)]
    assert sums(write, capsys, "expiring --from 2022-09-30", "id") == [("y",)]
    assert sums(write, capsys, "expiring --from 2022-10-01", "id") == []
    found = partnerreg.load(write(RECORDS), as_of=date(2022, 6, 15))
    assert [row["id"] for row in found.expiring(between=(None, date(2023, 12, 31))).to_dicts()] == [
        "y",
        "x",
    ]
    for line in (
        "--to 2022-06-14",
        "--from 2023-01-01 --to 2022-01-01",
        "--within 1d --to 2030-01-01",
        "--by week",
    ):
        assert (
            run(["expiring", *line.split(), "--as-of", "2022-06-15", "--registry", "nowhere"]) == 2
        )
        capsys.readouterr()


@pytest.mark.parametrize(
    ("by", "heads"),
    [
        ("month", ["2022-09 (1)", "2023-12 (1)"]),
        ("quarter", ["2022, third quarter (1)", "2023, fourth quarter (1)"]),
        ("responsible", ["A-town / School board (1)", "nobody (1)"]),
        ("event", ["end (2)"]),
    ],
)
def test_deadlines_in_groups(write, capsys, by, heads):
    shown = table(write, capsys, f"expiring --to 2024-01-01 --by {by}")
    assert [row[0] for row in shown if row[0].endswith(")")] == heads


def test_what_an_organisation_gives_and_receives(write, capsys):
    whole = answer(write, capsys, RECORDS, "show a-town")
    assert [(row["recipient"], row["year"], row["amount"]) for row in whole["gives"]] == [
        ("b-club", 2021, "100.00"), ("b-club", 2022, "150.00"), ("c-network", 2021, "7.00"), ("c-network", 2021, "500.00"),
    ]  # fmt: skip
    assert [(row["source"], row["amount"]) for row in whole["receives"]] == [("b-club", "40.00")]


@pytest.fixture
def branches(write):
    """A repository whose branch `mine` changed x, while `main` changed y."""
    root = write(RECORDS)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "First")
    git(root, "checkout", "-qb", "mine")
    for branch, name in (("mine", "x"), ("main", "y")):
        git(root, "checkout", "-q", branch)
        path = root / f"partnerships/{name}.yaml"
        path.write_text(path.read_text("utf-8").replace("title: ", "title: New "), "utf-8")
        git(root, "commit", "-qam", branch)
    git(root, "checkout", "-q", "mine")
    return root


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        ("main", ["x", "y"]), ("main mine", ["x", "y"]), ("main..mine", ["x", "y"]), ("main..", ["x", "y"]),
        ("main...mine", ["x"]), ("main...", ["x"]), ("--merge-base main", ["x"]), ("--merge-base main mine", ["x"]),
        ("...main", ["y"]), ("HEAD...main", ["y"]), ("..main", ["x", "y"]),
    ],
)  # fmt: skip
def test_what_a_branch_changed(branches, capsys, line, changed):
    assert run(["diff", *line.split(), "--format", "json", "--registry", str(branches)]) == 0
    whole = json.loads(capsys.readouterr().out)
    assert sorted(one["id"] for one in whole["changes"]) == changed


def test_revisions_that_do_not_go_together(branches, capsys):
    for line in (
        "main..mine mine",
        "main...mine HEAD",
        "--merge-base main..mine",
        "main...nowhere",
    ):
        assert run(["diff", *line.split(), "--registry", str(branches)]) == 2
        capsys.readouterr()
    git(branches, "checkout", "-q", "--orphan", "other")
    git(branches, "commit", "-qam", "Other")
    assert run(["diff", "main...other", "--registry", str(branches)]) == 2
    assert "have no commit in common" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("style", "lines"),
    [
        ("brief", ["continued", "years-without-figures"]),
        ("all", ["continued", "years-without-figures", "years-without-figures"]),
        ("none", []),
    ],
)
def test_notes_on_paper(write, capsys, style, lines):
    gaps = {
        f"partnerships/g{n}.yaml": partnership(money(f"year: {2020 + n}, amount: 1"))
        for n in (0, 1)
    }
    gaps["partnerships/z.yaml"] = partnership(
        "period: {start: 2022, end: open}\n" + money("per: year, amount: 1")
    )
    root = write(gaps)
    line = ["totals", "--as-of", "2022-06-15", "--registry", str(root), "--notes", style]
    assert run(line) == 0
    said = [one for one in capsys.readouterr().out.splitlines() if one.startswith("note: ")]
    assert [one.rpartition("[")[2][:-1] for one in said] == lines
    assert run([*line, "--format", "csv"]) == 0
    assert capsys.readouterr().err.splitlines() == said
    assert run([*line, "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["notes"]) == 3
    if style == "brief":
        assert said[1] == (
            "note: no figures for some years in 2 agreements; --notes all tells each (g0, g1) "
            "[years-without-figures]"
        )


def test_a_narrow_terminal_puts_ids_below(write, capsys, monkeypatch):
    root = write(
        {
            "partnerships/x.yaml": partnership(
                "title: A long title of an agreement between many\nnotice: P3M\n"
            )
        }
    )
    line = [
        "expiring",
        "--to",
        "2024-01-01",
        "--as-of",
        "2022-06-15",
        "--registry",
        str(root),
        "--color",
        "always",
    ]
    for columns, expected in ((80, "x · nobody"), (160, "x   nobody")):
        monkeypatch.setenv("COLUMNS", str(columns))
        assert run(line) == 0
        out = re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out)
        assert expected in out
        assert "2023   " in out  # the end is known by its year
        assert "2023-09-30" in out  # the last day of notice is counted back from it
        assert max(map(len, out.splitlines())) <= columns


def test_an_overview_fits_a_screen(write, capsys, monkeypatch):
    """At most 24 lines of 80 columns, whatever is in the registry."""
    files = {}
    for number in range(40):
        currency = ["SEK", "EUR", "PLN", "NOK", "DKK"][number % 5]
        lines = money(
            f"per: year, amount: {number + 1}000000.55, currency: {currency}",
            f"per: term, amount: {number}, currency: {currency}",
        )
        body = f"title: {'A long title ' * 5}{number}\nperiod: {{start: 2019, end: open}}\nnotice: P3M\n"
        body += f"responsible: a-town/school-board\nmilestones: [{{id: m{number}, due: 2022-07-{number % 28 + 1:02}}}]\n"
        files[f"partnerships/an-agreement-with-a-rather-long-id-{number}.yaml"] = partnership(
            body + lines
        )
    files["partnerships/bad.yaml"] = "title: [\n"
    root = write(files)
    monkeypatch.setenv("COLUMNS", "80")
    run(["overview", "--as-of", "2022-06-15", "--registry", str(root), "--color", "always"])
    out = re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out)
    lines = out.splitlines()
    assert len(lines) <= 24, out
    assert max(map(len, lines)) <= 80
    assert "and 3 more" in out
    assert "2023, to come" in out
    assert "milestone m0" in out
    assert "1 file with errors" in out
