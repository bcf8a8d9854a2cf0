"""The data set in every format, read back by programs of others: the same sums, to the digit."""

import csv
import io
import json
import shutil
import sqlite3
import subprocess
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

import partnerreg
from conftest import AS_OF, made_registry, partnership
from engines.sums import wanted
from partnerreg.cli.main import run
from partnerreg.export.schema import SCHEMA
from partnerreg.export.tables import tables
from test_trials import money

duckdb = pytest.importorskip("duckdb")
RECORDS = {
    "organisations/a-town.yaml": "name: Ås; \"Łódź\"\ntype: municipality\ncountry: 'NO'\n"
    "units: {culture-board: {name: =1+1}, school-board: {name: '0380'}}\n"
    'identifiers: [{scheme: SE-SCB, id: "0380"}]\n',
    "organisations/b-club.yaml": "name: B\ntype: association\nidentifiers: [{scheme: SE-ON, id: 212000-3005}]\n",
    "partnerships/x.yaml": partnership(
        "title: '=1+1'\nsummary: |\n  two\n  lines; \"quoted\"\nperiod: {start: 2020-01-01, end: 2023-12-31}\n"
        "decisions: [{date: 2019-12-01, kind: fund, body: Board}]\ncontacts: [{role: lead, name: N}]\n"
        "references: [{id: r, title: 'Å, \"doc\"'}]\nlabels: {NO: '0380'}\nthemes: [health, culture]\n"
        + money(
            "source: a-town/culture-board, year: 2020, amount: 10.25, reference: r, recipient: b-club",
            "source: a-town/school-board, year: 2021, amount: 99999999999999.99, recipient: b-club",
            "year: 2021, amount: 12.345, currency: KWD",
            "year: 2021, amount: 7, currency: JPY, kind: in-kind",
            "year: 2022, amount: 5, repayment: true, recipient: b-club",
            "year: 2022, amount: 3, stage: planned",
            "per: term, amount: 4, currency: EUR",
            budget=("year: 2020, amount: 100.5",),
        )
    ),
    "memberships/m.yaml": "member: a-town\nnetwork: c-network\nstage: applied\n",
    "partnerships/bad.yaml": "title: Bad\n",
}


@pytest.fixture
def root(write) -> Path:
    return write(RECORDS)


def at(root: Path) -> list[str]:
    return ["--registry", str(root), "--as-of", AS_OF.isoformat()]


def exported(root: Path, to: Path, *more: str, code: int = 1) -> Path:
    """Export; 1 says that the record with an error was left out."""
    assert run(["export", "--to", str(to), *more, *at(root)]) == code
    return to


def sql() -> str:
    return (Path(partnerreg.__file__).parent / "export/sql/totals.sql").read_text("utf-8")


def test_a_data_package(root, tmp_path, capsys):
    folder = exported(root, tmp_path / "out")
    assert "left out" in capsys.readouterr().err
    told = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert [one["name"] for one in told["resources"]] == [one.name for one in SCHEMA]
    by_name = {}
    for one in told["resources"]:
        rows = list(csv.DictReader(io.StringIO((folder / one["path"]).read_text("utf-8"))))
        by_name[one["name"]] = (one, rows)
        assert [field["name"] for field in one["schema"]["fields"]] == list(rows[0] if rows else
            [field["name"] for field in one["schema"]["fields"]])  # fmt: skip
    for one, rows in by_name.values():
        key = one["schema"].get("primaryKey", [])
        seen = [tuple(row[name] for name in key) for row in rows]
        assert not key or len(set(seen)) == len(seen), one["name"]
        for foreign in one["schema"].get("foreignKeys", ()):
            target = foreign["reference"]
            there = {
                tuple(row[n] for n in target["fields"]) for row in by_name[target["resource"]][1]
            }
            for row in rows:
                value = tuple(row[name] for name in foreign["fields"])
                assert value in there or "" in value, (one["name"], value)
    titles = {row["id"]: row["title"] for row in by_name["agreements"][1]}
    assert titles["x"] == "=1+1"
    assert [row["amount"] for row in by_name["funding"][1]][:3] == [
        "10.25",
        "99999999999999.99",
        "12.345",
    ]


def test_frictionless_takes_the_package(root, tmp_path):
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(exported(root, tmp_path / "out") / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])


def test_sqlite(root, tmp_path):
    path = exported(root, tmp_path / "r.sqlite")
    again = exported(root, tmp_path / "again.sqlite")
    assert path.read_bytes() == again.read_bytes()
    base = sqlite3.connect(path)
    base.execute("PRAGMA foreign_keys = ON")
    assert not base.execute("PRAGMA foreign_key_check").fetchall()
    assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    query = (
        "SELECT source, unit, year, currency, kind, stage, SUM(amount_minor), amount_digits "
        "FROM funding WHERE stage IN ('agreed', 'paid') GROUP BY 1, 2, 3, 4, 5, 6"
    )
    found = {row[:6]: Decimal(row[6]).scaleb(-row[7]) for row in base.execute(query)}
    assert found == wanted(root, AS_OF)
    exact = dict(base.execute("SELECT position, amount FROM funding_exact WHERE agreement = 'x'"))
    assert set(exact.values()) >= {"10.25", "99999999999999.99", "12.345", "7", "-5.00"}
    strict = base.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    assert all(text.endswith("STRICT") for _, text in strict)


def test_what_does_not_fit_sqlite_names_its_row(write, tmp_path, capsys):
    one = partnership(money("year: 2021, amount: 999999999999999.9999, currency: CLF"))
    root = write({"partnerships/x.yaml": one})
    assert run(["export", "--to", str(tmp_path / "r.sqlite"), *at(root)]) == 3
    assert "funding x 1" in capsys.readouterr().err
    assert run(["export", "--to", str(tmp_path / "r.duckdb"), *at(root)]) == 0


def test_duckdb_and_parquet(root, tmp_path):
    base = duckdb.connect(str(exported(root, tmp_path / "r.duckdb")))
    assert {row[:6]: row[6] for row in base.execute(sql()).fetchall()} == wanted(root, AS_OF)
    folder = exported(root, tmp_path / "lake", "--format", "parquet")
    first = {path: path.read_bytes() for path in folder.rglob("*.parquet")}
    exported(root, folder, "--format", "parquet")
    assert {path: path.read_bytes() for path in folder.rglob("*.parquet")} == first
    assert (folder / "funding/registry=test/country=NO/data.parquet").exists()
    lake = duckdb.connect()
    lake.execute(
        f"CREATE VIEW funding AS SELECT * FROM read_parquet('{folder}/funding/**/*.parquet', hive_partitioning = true)"
    )
    assert {row[:6]: row[6] for row in lake.execute(sql()).fetchall()} == wanted(root, AS_OF)
    names = {row[0] for row in lake.execute("DESCRIBE funding").fetchall()}
    assert {"registry", "country", "source_country"} <= names


@pytest.mark.skipif(not shutil.which("hledger"), reason="hledger is not installed here")
def test_hledger(root, tmp_path):
    path = exported(root, tmp_path / "r.journal")
    subprocess.run(["hledger", "-f", path, "check", "-s"], check=True)
    line = [
        "hledger",
        "-f",
        str(path),
        "bal",
        "source",
        "--flat",
        "-N",
        "-O",
        "csv",
        "--layout",
        "bare",
    ]
    found = subprocess.run(line, check=True, capture_output=True, text=True).stdout
    sums: dict[tuple, Decimal] = defaultdict(Decimal)
    for key, amount in wanted(root, AS_OF).items():
        account = ":".join(
            [
                "source",
                key[0] or "not attributed",
                *([key[1]] if key[1] else []),
                key[4] or "not stated",
            ]
        )
        sums[account, key[3]] += amount
    rows = [
        one
        for one in csv.DictReader(io.StringIO(found))
        if Decimal(one["balance"].replace(",", ""))
    ]
    told = {
        (one["account"], one["commodity"]): Decimal(one["balance"].replace(",", "")) for one in rows
    }
    assert told == {key: amount for key, amount in sums.items() if amount}


def test_a_workbook_of_everything(root, tmp_path):
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(exported(root, tmp_path / "r.xlsx"))
    assert book.sheet_names == [one.name for one in SCHEMA]
    _, *rows = book.get_sheet_by_name("organisations").to_python()
    names = {row[0]: row[1] for row in rows}
    assert names["a-town"] == 'Ås; "Łódź"'
    assert {row[0]: row[3] for row in rows}["a-town"] == "NO"


def test_grants(root, tmp_path, capsys):
    path = exported(root, tmp_path / "g.json")
    text = path.read_text("utf-8")
    grants = json.loads(text, parse_float=Decimal)["grants"]
    assert [(one["id"], one["amountAwarded"], one["awardDate"]) for one in grants] == [
        ("x-1", Decimal("10.25"), "2019-12-01"),
        ("x-2", Decimal("99999999999999.99"), "2019-12-01"),
    ]
    assert grants[0]["fundingOrganization"][0]["id"] == "SE-SCB-0380"
    assert grants[0]["plannedDates"] == [{"startDate": "2020-01-01", "endDate": "2023-12-31"}]
    assert "not-a-grant" in capsys.readouterr().err


def test_only_some_tables_filters_and_the_public(root, tmp_path):
    folder = exported(root, tmp_path / "a", "--tables", "funding,organisations")
    assert {path.name for path in folder.glob("*.csv")} == {"funding.csv", "organisations.csv"}
    folder = exported(root, tmp_path / "b", "--public")
    assert not (folder / "contacts.csv").exists()
    assert not (folder / "notes.csv").exists()
    folder = exported(root, tmp_path / "c", "--kind", "membership")
    assert "x," not in (folder / "agreements.csv").read_text("utf-8")


def test_several_registries(root, tmp_path):
    other = made_registry(
        tmp_path / "other",
        {
            "settings.yaml": "title: Other\ncurrency: EUR\n",
            "organisations/a-town.yaml": "name: A\ntype: region\n",
            "partnerships/x.yaml": "title: X\nform: iop\nparties: [{organisation: a-town}]\nperiod: {}\n"
            "funding: {lines: [{source: a-town, year: 2020, amount: 1}]}\n",
        },
    )
    more = ["--registry", str(other)]
    folder = exported(root, tmp_path / "out", *more)
    rows = list(csv.DictReader(io.StringIO((folder / "funding.csv").read_text("utf-8"))))
    assert {row["registry"] for row in rows} == {"test", "other"}
    assert exported(root, tmp_path / "r.sqlite", *more).exists()
    assert (
        sqlite3.connect(tmp_path / "r.sqlite").execute("PRAGMA foreign_key_check").fetchall() == []
    )
    lake = exported(root, tmp_path / "lake", "--format", "parquet", *more)
    assert (
        lake / "funding/registry=other/country=__HIVE_DEFAULT_PARTITION__/data.parquet"
    ).exists()
    assert run(["export", "--to", str(tmp_path / "z"), "--registry", str(root), *at(root)]) == 2


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("--to x.txt", 2, "says no format"),
        ("--to x --format csvv", 2, "did you mean csv"),
        ("--to x --tables fundng", 2, "did you mean funding"),
        ("", 2, "--to"),
    ],
)
def test_wrong_options(root, tmp_path, monkeypatch, capsys, line, code, said):
    monkeypatch.chdir(tmp_path)
    assert run(["export", *line.split(), *at(root)]) == code
    assert said in capsys.readouterr().err


def test_a_folder_with_other_things_is_left_alone(root, tmp_path, capsys):
    folder = tmp_path / "full"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    assert run(["export", "--to", str(folder), *at(root)]) == 2
    assert (folder / "mine.txt").read_text() == "mine"
    link = tmp_path / "link"
    link.symlink_to(folder)
    assert run(["export", "--to", str(link), *at(root)]) == 3
    assert run(["export", "--to", str(root / "partnerships"), *at(root)]) == 2


# --- query


def asked(root: Path, capsys, text: str, *more: str) -> list[dict]:
    run(["query", text, "--format", "json", *more, *at(root)])
    return json.loads(capsys.readouterr().out)["rows"]


def test_query(root, capsys, tmp_path):
    rows = asked(
        root,
        capsys,
        "SELECT SUM(amount) AS s, currency FROM funding WHERE NOT remainder GROUP BY ALL ORDER BY 2",
    )
    assert rows[-1] == {"s": "100000000000008.24", "currency": "SEK"}
    (tmp_path / "q.sql").write_text("SELECT 1 AS one")
    assert run(["query", "-f", str(tmp_path / "q.sql"), *at(root)]) == 1
    assert run(["query", "--tables"]) == 0
    assert "DECIMAL" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "COPY funding TO '/tmp/partnerreg-out.csv'",
        "ATTACH '/tmp/partnerreg-x.db'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SELECT * FROM nothing",
        "selct",
    ],
)
def test_queries_touch_no_file(root, capsys, text):
    assert run(["query", text, *at(root)]) == 2
    assert "the query cannot be run" in capsys.readouterr().err


def test_a_missing_extra_names_the_install(root, capsys, monkeypatch, tmp_path):
    import sys

    monkeypatch.setitem(sys.modules, "duckdb", None)
    for line in (["query", "SELECT 1"], ["export", "--to", str(tmp_path / "r.duckdb")]):
        assert run([*line, *at(root)]) == 3
        assert "python -m pip install duckdb" in capsys.readouterr().err


def test_every_column_is_told_and_typed(root):
    for one in tables(partnerreg.load(root).registry, AS_OF):
        assert one.text.endswith(".")
        for field in one.fields:
            assert field.text.endswith("."), (one.name, field.name)
            assert not field.of or field.of in {"organisations", "agreements"}
        for row in one.rows:
            for field, value in zip(one.fields, row, strict=True):
                known = {"text": str, "integer": int, "boolean": bool}.get(field.type)
                assert value is None or known is None or isinstance(value, known), (
                    one.name,
                    field.name,
                )


def test_ten_thousand_cells_sum_alike(tmp_path):
    import random

    draw = random.Random(1)
    lines = "".join(
        f"    - {{source: a-town, year: {draw.randint(2000, 2020)}, what: w{n}, amount: {draw.randint(0, 10**9)}.{draw.randint(10, 99)}}}\n"
        for n in range(300)
    )
    files = {
        "settings.yaml": "title: Many\ncurrency: SEK\n",
        "organisations/a-town.yaml": "name: A\ntype: municipality\n",
    }
    for number in range(34):
        files[f"partnerships/p{number}.yaml"] = (
            "title: X\nform: iop\nparties: [{organisation: a-town}]\nperiod: {}\nfunding:\n  lines:\n"
            + lines
        )
    root = made_registry(tmp_path / "registry", files)
    base = duckdb.connect(str(exported(root, tmp_path / "r.duckdb", code=0)))
    assert {row[:6]: row[6] for row in base.execute(sql()).fetchall()} == wanted(root, AS_OF)


# --- what is odd, in every format

NAME, TITLE, LABEL = 'Ås; "Łódź"', "=1+1", "0380"
AMOUNTS = {
    ("SEK", "10.25"),
    ("SEK", "99999999999999.99"),
    ("KWD", "12.345"),
    ("JPY", "7"),
    ("SEK", "-5"),
    ("SEK", "3"),
    ("EUR", "4"),
    ("SEK", "90.25"),
}


def from_csv(path: Path, table: str) -> list[dict]:
    return list(csv.DictReader(io.StringIO((path / f"{table}.csv").read_text("utf-8"))))


def from_sqlite(path: Path, table: str) -> list[dict]:
    base = sqlite3.connect(path)
    base.row_factory = sqlite3.Row
    name = "funding_exact" if table == "funding" else table
    return [dict(row) for row in base.execute(f"SELECT * FROM {name}")]


def from_duckdb(path: Path, table: str) -> list[dict]:
    found = duckdb.connect(str(path)).execute(f"SELECT * FROM {table}")
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def from_parquet(path: Path, table: str) -> list[dict]:
    files = f"read_parquet('{path}/{table}/**/*.parquet', hive_partitioning = true)"
    found = duckdb.connect().execute(f"SELECT * FROM {files}")
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def from_xlsx(path: Path, table: str) -> list[dict]:
    from python_calamine import CalamineWorkbook

    head, *rows = CalamineWorkbook.from_path(path).get_sheet_by_name(table).to_python()
    return [dict(zip(head, row, strict=True)) for row in rows]


FORMATS = [
    ("out", [], from_csv),
    ("r.sqlite", [], from_sqlite),
    ("r.duckdb", [], from_duckdb),
    ("lake", ["--format", "parquet"], from_parquet),
    ("r.xlsx", [], from_xlsx),
]


@pytest.mark.parametrize(("name", "more", "rows_of"), FORMATS)
def test_what_is_odd_comes_through_every_format(root, tmp_path, capsys, name, more, rows_of):
    path = exported(root, tmp_path / name, *more)
    assert "invalid-left-out" in capsys.readouterr().err
    organisations = {row["id"]: row for row in rows_of(path, "organisations")}
    assert organisations["a-town"]["name"] == NAME
    assert organisations["a-town"]["country"] == "NO"
    assert {row["id"]: row["title"] for row in rows_of(path, "agreements")}["x"] == TITLE
    assert rows_of(path, "labels")[0]["label"] == "NO"
    assert rows_of(path, "labels")[0]["text"] == LABEL
    assert {row["unit"]: row["name"] for row in rows_of(path, "units")}["culture-board"] == "=1+1"
    found = {
        (row["currency"], format(Decimal(str(row["amount"])).normalize(), "f"))
        for row in rows_of(path, "funding")
    }
    assert found == AMOUNTS
    assert not [row for row in rows_of(path, "agreements") if row["id"] == "bad"]


@pytest.mark.parametrize(("name", "more", "rows_of"), FORMATS)
def test_an_empty_registry_in_every_format(tmp_path, name, more, rows_of):
    root = made_registry(tmp_path / "registry", {"settings.yaml": "title: Empty\n"})
    path = exported(root, tmp_path / name, *more, code=0)
    assert {row["key"]: row["value"] for row in rows_of(path, "meta")}["title"] == "Empty"
    for ending in ("g.json", "j.journal"):
        assert exported(root, tmp_path / ending, code=0).exists()


def test_query_from_standard_input(root, capsys, monkeypatch):
    import sys

    monkeypatch.setattr(sys, "stdin", io.StringIO("SELECT COUNT(*) AS n FROM agreements"))
    assert asked(root, capsys, "-") == [{"n": 2}]


def test_what_no_export_wrote_is_not_replaced(root, tmp_path, capsys):
    to = tmp_path / "data"
    exported(root, to)
    exported(root, to)
    (to / ".git").mkdir()
    (to / ".git/HEAD").write_text("ref: refs/heads/main\n")
    assert run(["export", "--to", str(to), *at(root)]) == 2
    assert "no earlier export wrote .git" in capsys.readouterr().err
    assert (to / ".git/HEAD").exists()
