"""The registry that is shipped: valid, and giving the answers that its documents give."""

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import partnerreg
from partnerreg.cli.main import run

ROOT = Path(__file__).parents[1]
FUNDING = {
    ("uppsala-kommun/arbetsmarknadsnamnden", 2020, "cash"): "670000.00",
    ("uppsala-kommun/socialnamnden", 2020, "cash"): "670000.00",
    ("uppsala-kommun/kulturnamnden", 2020, "cash"): "215000.00",
    (None, 2020, None): "2190400.00",
    ("umea-kommun", 2022, "cash"): "1500000.00",
    ("van-i-umea", 2022, "cash"): "325000.00",
    ("van-i-umea", 2022, "in-kind"): "975000.00",
}


@pytest.fixture
def output(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("PARTNERREG_REGISTRY", raising=False)

    def _output(line: str) -> str:
        code = run(line.split())
        found = capsys.readouterr()
        assert code == 0, found.err
        return found.out

    return _output


def reports(day: str = "2022-10-15"):
    return partnerreg.load(ROOT / "registry", as_of=date.fromisoformat(day))


def test_it_is_valid(output):
    assert "no findings" in output("validate --strict --as-of 2026-11-22")


def test_totals_for_machines(output):
    rows = json.loads(output("totals --by source --format json"))["rows"]
    assert {(r["source"], r["year"], r["kind"]): r["amount"] for r in rows} == FUNDING
    table = list(csv.DictReader(io.StringIO(output("totals --by source --format csv"))))
    found = {(r["source"] or None, int(r["year"]), r["kind"] or None): r["amount"] for r in table}
    assert found == FUNDING


@pytest.mark.parametrize("style", ["table", "markdown"])
def test_totals_for_people(output, style):
    text = output(f"totals --by source --format {style}")
    rows = {}
    for line in text.splitlines():
        cells = [cell for cell in re.split(r"\s{2,}|\s*\|\s*", line.replace("*", "")) if cell]
        rows[tuple(cells[:2])] = cells[2:]
    assert rows["Uppsala kommun / Arbetsmarknadsnämnden", "cash"][0] == "670,000"
    assert rows["Uppsala kommun / Socialnämnden", "cash"][0] == "670,000"
    assert rows["Uppsala kommun / Kulturnämnden", "cash"][0] == "215,000"
    assert rows["not attributed", "not stated"][0] == "2,190,400"
    assert rows["Umeå kommun", "cash"][0] == "1,500,000"
    assert rows["Vän i Umeå", "cash"][0] == "325,000"
    assert rows["Vän i Umeå", "in-kind"][0] == "975,000"
    assert rows["Total", "3,745,400"][0] == "2,800,000"


def test_totals_notes():
    notes = {note.code: note for note in reports().totals().notes}
    assert notes["start-unknown"].records == ("umea-van-i-umea",)
    assert "before 2022" in notes["start-unknown"].message
    assert notes["years-without-figures"].records == ("uppsala-roda-korset",)
    assert "2021–2023" in notes["years-without-figures"].message


def test_python():
    rows = reports().totals(by="source").to_dicts()
    assert sum(row["amount"] for row in rows if row["year"] == 2020) == Decimal(3745400)


@pytest.mark.parametrize(
    ("day", "within", "expected"),
    [
        ("2022-10-15", "90d", [("umea-van-i-umea", "end", "2022-12-31", 77, "year")]),
        (
            "2015-12-01",
            "30d",
            [
                ("gdansk-zespol", "end", "2015-12-31", 30, "day"),
                ("gdansk-zespol", "milestone", "2015-12-31", 30, "day"),
            ],
        ),
        ("2023-11-01", "60d", [("uppsala-roda-korset", "end", "2023-12-31", 60, "year")]),
    ],
)
def test_expiring(day, within, expected):
    report = reports(day).expiring(within=within)
    keys = ("id", "event", "date", "days_left", "precision")
    assert [tuple(row[key] for key in keys) for row in report.to_dicts()] == expected
    unknown = next(note for note in report.notes if note.code == "end-unknown")
    assert "przyjazne-pomorze" in unknown.records


def test_lists(output):
    def ids(line: str) -> set[str]:
        return {row["id"] for row in json.loads(output(f"list {line} --format json"))["rows"]}

    assert ids("--status planned") == {"pitea-eccar"}
    network = ids("--network eccar")
    assert len(network) == 9
    assert ids("--active-on 2021-06-01 --country SE") == (
        (network - {"pitea-eccar"}) | {"umea-van-i-umea", "uppsala-roda-korset"}
    )
    assert ids("--match pitea") == {"pitea-eccar"}


def test_active_on_says_what_rests_on_unknown_dates(output):
    whole = json.loads(output("list --active-on 2021-06-01 --country SE --format json"))
    notes = {note["code"]: note["records"] for note in whole["notes"]}
    assert "umea-van-i-umea" in notes["start-unknown"]
    assert "umea-van-i-umea" not in notes["end-unknown"]
