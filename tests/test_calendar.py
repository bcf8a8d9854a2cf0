"""Deadlines as a calendar, and reports as workbooks: read back by programs of others."""

import io
import json
from datetime import date, timedelta
from decimal import Decimal

import pytest

from conftest import partnership
from partnerreg.cli.main import run
from test_trials import money

AS_OF = ["--as-of", "2022-06-15"]
RECORDS = {
    "partnerships/x.yaml": partnership(
        "title: 'X, Åå; Łł\\n'\nresponsible: a-town/school-board\n"
        "period: {start: 2020, end: 2022-12-31}\nnotice: P3M\n"
        "renewal: {mode: tacit, term: P6M}\n"
        "milestones: [{id: report, title: Report, due: 2022-09}]\n"
        + money(
            "year: 2022, amount: 10, payments: [{due: 2022-08-31, amount: 4}, {due: 2022-10-01, amount: 6}]"
        )
    ),
    "partnerships/y.yaml": partnership("title: '=1+1'\nperiod: {start: 2020, end: 2022}\n"),
}


def unfolded(text: str) -> list[dict[str, str]]:
    """The events of a calendar, by a parser of ten lines: RFC 5545, 3.1."""
    events: list[dict[str, str]] = []
    for line in text.replace("\r\n ", "").split("\r\n"):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events:
            events[-1].setdefault(name.partition(";")[0], value)
    return events


def calendar(write, capsys, *more: str, files=RECORDS) -> str:
    root = ["--registry", str(write(files)), *AS_OF]
    assert run(["expiring", "--within", "1y", "--format", "ics", *more, *root]) == 0
    return capsys.readouterr().out


def test_events(write, capsys):
    text = calendar(write, capsys, "--payments")
    events = {one["UID"]: one for one in unfolded(text)}
    assert sorted(events) == [
        "x.end@test",
        "x.milestone.report@test",
        "x.notice@test",
        "x.payment.1-1@test",
        "x.payment.1-2@test",
        "y.end@test",
    ]
    end = events["x.end@test"]
    assert (end["DTSTART"], end["DTEND"], end["DTSTAMP"]) == (
        "20221231",
        "20230101",
        "20220615T000000Z",
    )
    assert events["y.end@test"]["SUMMARY"] == "≤ ends: =1+1"
    assert end["SUMMARY"] == r"renews: X\, Åå\; Łł\\n"
    assert "VALARM" not in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert calendar(write, capsys, "--payments") == text


def test_uids_stay_when_days_and_titles_change(write, capsys):
    def uids(files):
        return [one["UID"] for one in unfolded(calendar(write, capsys, files=files))]

    before = uids(RECORDS)
    moved = RECORDS["partnerships/x.yaml"].replace("2022-12-31", "2022-11-30").replace("X,", "Z,")
    assert sorted(uids({**RECORDS, "partnerships/x.yaml": moved})) == sorted(before)


def test_the_number_of_the_renewal(write, capsys):
    root = ["--registry", str(write(RECORDS)), "--as-of", "2023-02-01", "--within", "6m"]
    run(["expiring", "--format", "ics", *root])
    assert "x.end.1@test" in [one["UID"] for one in unfolded(capsys.readouterr().out)]


def test_alarms(write, capsys):
    assert "TRIGGER:-P30D" in calendar(write, capsys, "--alarm", "30d")
    assert run(["expiring", "--alarm", "30d", *AS_OF, "--registry", "/nowhere"]) == 2


def test_a_calendar_for_each(write, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    root = ["--registry", str(write(RECORDS)), *AS_OF]
    line = ["expiring", "--within", "1y", "--format", "ics", "--by", "responsible"]
    assert run([*line, "-o", str(tmp_path / "out/"), *root]) == 0
    found = {path.name: path.read_text("utf-8") for path in (tmp_path / "out").iterdir()}
    assert sorted(found) == ["a-town-school-board.ics", "nobody.ics"]
    assert "X-WR-CALNAME:A-town / School board" in found["a-town-school-board.ics"]
    assert "DTSTAMP:20231114T221320Z" in found["nobody.ics"]


def sheets(raw: bytes) -> dict[str, list[list]]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_workbook_of_each_report(write, tmp_path):
    root = ["--registry", str(write(RECORDS)), *AS_OF]
    for line in ("list", "totals", "expiring --within 1y", "show x", "overview"):
        path = tmp_path / f"{line.split()[0]}.xlsx"
        assert run([*line.split(), "-o", str(path), *root]) == 0
        assert run([*line.split(), "-o", str(tmp_path / "again.xlsx"), *root]) == 0
        assert path.read_bytes() == (tmp_path / "again.xlsx").read_bytes()
        assert "Notes" in sheets(path.read_bytes())


def test_what_stands_in_a_workbook(write, tmp_path, capsys):
    records = {
        **RECORDS,
        "partnerships/z.yaml": partnership(
            "period: {start: 1850-01-01, end: 2022-06-30}\ntitle: '0380'\n"
            + money(
                "year: 2022, amount: 1234567.89",
                "year: 2022, amount: 999999999999999, currency: JPY",
                "year: 2022, amount: 999999999999999.25, currency: EUR",
                "year: 2022, amount: 12.345, currency: KWD",
                "year: 2022, amount: 5, repayment: true, currency: NOK",
            )
        ),
    }
    root = ["--registry", str(write(records)), *AS_OF]
    assert run(["list", "-o", str(tmp_path / "l.xlsx"), *root]) == 0
    head, *rows = sheets((tmp_path / "l.xlsx").read_bytes())["Rows"]
    by_id = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert by_id["y"]["title"] == "=1+1"
    assert by_id["z"]["title"] == "0380"
    assert by_id["x"]["end"] == date(2022, 12, 31)
    assert by_id["y"]["end"] == "2022"
    assert by_id["z"]["start"] == "1850-01-01"
    assert by_id["x"]["parties_name"] == "A-town; B Club"
    assert run(["totals", "-o", str(tmp_path / "t.xlsx"), *root]) == 0
    capsys.readouterr()
    head, *rows = sheets((tmp_path / "t.xlsx").read_bytes())["Rows"]
    told = {row[head.index("currency")]: row[head.index("amount")] for row in rows}
    assert told["JPY"] == 999999999999999
    assert told["EUR"] == "999999999999999.25"
    assert Decimal(repr(told["KWD"])) == Decimal("12.345")
    assert told["NOK"] == -5
    run(["totals", "--format", "json", *root])
    exact = {row["currency"]: row["amount"] for row in json.loads(capsys.readouterr().out)["rows"]}
    assert {c: Decimal(str(v)) for c, v in told.items()} == {
        c: Decimal(v) for c, v in exact.items()
    }


def test_an_empty_registry(tmp_path):
    (tmp_path / "settings.yaml").write_text("title: Empty\n")
    for name in ("l.xlsx", "l.csv"):
        assert run(["list", "-o", str(tmp_path.parent / name), "--registry", str(tmp_path)]) == 0
    line = ["expiring", "--format", "ics", "-o", str(tmp_path.parent / "e.ics")]
    assert run([*line, "--registry", str(tmp_path)]) == 0


def test_binary_is_not_for_a_terminal(write, capsys, monkeypatch):
    from partnerreg.cli import output

    monkeypatch.setattr(output.sys.stdout, "isatty", lambda: True, raising=False)
    assert run(["list", "--format", "xlsx", "--registry", str(write())]) == 2
    assert "is for a file" in capsys.readouterr().err


@pytest.mark.parametrize("months", [1, 3])
def test_months_before(write, capsys, months):
    text = calendar(write, capsys, "--alarm", f"{months}m")
    assert f"TRIGGER:-P{timedelta(days=30 * months).days}D" in text
