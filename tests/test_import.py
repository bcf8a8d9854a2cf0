"""Lists become records: what each row comes to, and what is told and never guessed."""

import io
import json
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from conftest import made_registry, partnership
from partnerreg.authoring.importing.convert import Unreadable, code_of, day_of, number_of
from partnerreg.authoring.importing.table import from_csv
from partnerreg.authoring.importing.workbook import from_workbook
from partnerreg.cli.main import run
from test_writing import files

MAPPING = """\
from: list.csv
into: membership
organisation: {name: Name, type: =municipality, country: Land}
fields: {network: =c-network, stage: =admitted, admitted: Joined}
lines: [{source: =member, year: =2024, amount: Fee}]
reference: {id: list, title: The list}
"""
LIST = "Name;Land;Joined;Fee\nUmeå;se;2020-01-02;100.50\nŁódź;pl;2021;\n"
GRANTS = """\
from: list.csv
into: partnership
key: {column: Ref}
organisation: {type: =association}
parties: [{organisation: =a-town, role: =funder}, {organisation: Who, role: =recipient}]
fields: {title: Title, form: =grant-agreement, period.start: From, period.end: To}
lines: [{source: =a-town, recipient: Who, year: =2022, amount: Sum}]
reference: {id: list, title: The list}
"""


class Lists:
    """A registry with a list in its imports."""

    def __init__(self, root: Path, capsys) -> None:
        self.root, self.capsys = root, capsys

    def put(self, text: str | bytes, mapping: str = MAPPING, name: str = "list.csv") -> None:
        folder = self.root / "imports"
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        (folder / "map.yaml").write_text(mapping, "utf-8")

    def run(self, *more: str) -> tuple[int, list[dict], str]:
        line = ["import", str(self.root / "imports/map.yaml"), "--format", "json", *more]
        code = run([*line, "--registry", str(self.root), "--as-of", "2022-06-15"])
        said = self.capsys.readouterr()
        return code, json.loads(said.out)["rows"] if said.out else [], said.err

    def actions(self, *more: str) -> list[tuple]:
        return [(row["row"], row["action"]) for row in self.run(*more)[1]]


@pytest.fixture
def lists(write, capsys) -> Lists:
    return Lists(write(), capsys)


def test_a_list_and_the_same_again(lists):
    lists.put(LIST)
    before = files(lists.root)
    assert lists.actions() == [(2, "add"), (3, "add"), (None, "add"), (None, "add")]
    assert files(lists.root) == before
    assert lists.run("--write")[0] == 0
    text = (lists.root / "memberships/umea-c-network.yaml").read_text("utf-8")
    assert "admitted: 2020-01-02" in text
    assert "{source: umea, year: 2024, amount: 100.50, reference: list}" in text
    assert "funding" not in (lists.root / "memberships/lodz-c-network.yaml").read_text("utf-8")
    assert "country: PL" in (lists.root / "organisations/lodz.yaml").read_text("utf-8")
    assert run(["validate", "--strict", "--registry", str(lists.root)]) == 0
    lists.capsys.readouterr()
    written = files(lists.root)
    assert lists.actions("--write") == [(2, "same"), (3, "same")]
    assert files(lists.root) == written


def test_a_changed_cell_and_a_row_that_is_gone(lists):
    lists.put(LIST)
    lists.run("--write")
    lists.put(LIST.replace("100.50", "120").replace("Łódź;pl;2021;\n", ""))
    code, rows, _ = lists.run("--write")
    assert code == 0
    assert [(r["row"], r["action"], r["field"], r["before"], r["after"]) for r in rows] == [
        (2, "change", "funding.lines.0.amount", "100.50", "120"),
        (None, "gone", None, None, None),
    ]
    assert (lists.root / "memberships/lodz-c-network.yaml").exists()
    assert "amount: 120," in (lists.root / "memberships/umea-c-network.yaml").read_text("utf-8")


def test_what_is_written_by_hand_is_changed_only_where_that_is_asked(lists):
    mine = "member: a-town\nnetwork: c-network\nstage: applied\n# mine\nadmitted: 2019\n"
    made_registry(lists.root, {"memberships/mine.yaml": mine})
    lists.put("Name;Land;Joined;Fee\nA-Town;se;2020-01-02;5\n")
    code, rows, _ = lists.run("--write")
    assert code == 1
    assert [(r["action"], r["field"]) for r in rows] == [
        ("confirm", "stage"),
        ("confirm", "admitted"),
        ("change", "funding.lines.0"),
    ]
    assert (lists.root / "memberships/mine.yaml").read_text() == mine
    assert lists.run("--write", "--update", "stage", "--update", "admitted")[0] == 0
    text = (lists.root / "memberships/mine.yaml").read_text()
    assert "stage: admitted" in text
    assert "# mine" in text
    assert lists.actions("--write") == [(2, "same")]


def test_rows_of_one_key_add_up_or_are_refused(lists):
    head = "Ref;Title;Who;From;To;Sum\n"
    one = "R1;Grant;Club;2022;2022;{}\n"
    lists.put(
        head + one.format("10.50") + one.format("4.50") + "R2;Other;Club;2022;2022;1\n", GRANTS
    )
    assert lists.run("--write")[0] == 0
    text = (lists.root / "partnerships/grant.yaml").read_text()
    assert "amount: 15" in text
    assert "labels: {imported: R1}" in text
    assert len(list((lists.root / "organisations").glob("club*"))) == 1
    lists.put(head + one.format("10") + "R1;Another;Club;2022;2022;5\n", GRANTS)
    code, rows, _ = lists.run()
    assert code == 1
    assert "title: Another here, Grant in row 2" in str(rows)


def test_organisations_by_number_by_name_and_asked(lists):
    made_registry(
        lists.root,
        {
            "organisations/uppsala.yaml": "name: Uppsala\ntype: municipality\ncountry: SE\n"
            'identifiers: [{scheme: SE-SCB, id: "0380"}]\n',
            "organisations/malmo-stad.yaml": "name: Malmö stad\ntype: municipality\ncountry: SE\n",
        },
    )
    mapping = MAPPING.replace("into:", "key: {scheme: SE-SCB, column: Code, width: 4}\ninto:")
    head = "Code;Name;Land;Joined;Fee\n"
    lists.put(head + "380;Upsala;se;2020;\n1280;MALMO STAD;se;2020;\n", mapping)
    assert lists.run("--write")[0] == 0
    assert (lists.root / "memberships/uppsala-c-network.yaml").exists()
    assert (lists.root / "memberships/malmo-stad-c-network.yaml").exists()
    assert '{scheme: SE-SCB, id: "1280"}' in (
        lists.root / "organisations/malmo-stad.yaml"
    ).read_text("utf-8")
    lists.put("Name;Land;Joined;Fee\nMalmö kommun;se;2020;\n")
    code, rows, _ = lists.run()
    assert (code, rows[0]["action"]) == (1, "confirm")
    assert "is it malmo-stad?" in rows[0]["why"]
    lists.put(
        "Name;Land;Joined;Fee\nMalmö kommun;se;2020;\n",
        MAPPING + "same: {Malmö kommun: malmo-stad}\n",
    )
    assert lists.actions() == [(2, "same"), (None, "gone")]  # Uppsala is no longer on the list
    lists.put(
        "Name;Land;Joined;Fee\nMalmö kommun;se;2020;\n", MAPPING + "same: {Malmö kommun: new}\n"
    )
    assert lists.actions()[0] == (2, "add")
    lists.put("Name;Land;Joined;Fee\nMalmö stad;no;2020;\n")
    assert "lies in SE, the list says NO" in str(lists.run()[1])


REFUSED = [
    ("Name;Land;Joined\nX;se;2020\n", MAPPING, "no column Fee"),
    ("Name;Land;Joined;\nX;se;2020;\n", MAPPING, "no column Fee"),
    ("Name;;Joined;Fee\nX;se;2020;1\n", MAPPING, "heading of column 2 is empty"),
    ("Name;Name;Joined;Fee\nX;se;2020;1\n", MAPPING, "stands there 2 times"),
    ("Name;Land;Joined;Fee\nX;se;2020;1;5\n", MAPPING, "5 cells, the headings are 4"),
    ("Name;Land;Joined;Fee\nX;se\n", MAPPING, "2 cells, the headings are 4"),
    ("Name;Land;Joined;Fee\nX;se;2020;1\0\n", MAPPING, "NUL"),
    ("Name;Land;Joined;Fee\nUme\xe5;se;2020;1\n".encode("cp1252"), MAPPING, "cp1252: Umeå"),
    ('Name;Land;Joined;Fee\n"X;se;2020;1\n', MAPPING, "cannot be read as CSV"),
    ("Name;Land;Joined;Fee\n" + "x" * 40_000 + ";se;2020;1\n", MAPPING, "more than 32767 letters"),
    ("Name;Land;Joined;Fee\nX;se;2020;1,234.00\n", MAPPING + 'decimal: ","\n', "decimal comma"),
    ("Name;Land;Joined;Fee\nX;se;2020;-5\n", MAPPING, "no number"),
    ("Name;Land;Joined;Fee\nX;se;02/03/2020;5\n", MAPPING, "no date in the order YMD"),
    ("Name;Land;Joined;Fee\nX;se;31/02/2020;5\n", MAPPING + "date: DMY\n", "there is no day 2020-02-31"),
    ("Name;Land;Joined;Fee\nX;sverige;2020;5\n", MAPPING, "SVERIGE is no country"),
    ("Name;Land;Joined;Fee\n;se;2020;5\n", MAPPING, "has no name"),
    ("Name;Land;Joined;Fee\nX;se;2020;5.123\n", MAPPING, "SEK has 2"),
    ("", MAPPING, "the list is empty"),
    ("Name;Land;Joined;Fee\nX;se;2020;1\n", MAPPING.replace("=admitted", "Joined") + "values: {stage: {Ja: admitted}}\n", "not among values.stage"),
    ("Name;Land;Joined;Fee\nX;se;2020;1\n", MAPPING.replace("stage:", "stagee:"), "no stagee"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "mapping", "said"), REFUSED)
def test_what_is_refused(lists, text, mapping, said):
    lists.put(text, mapping)
    before = files(lists.root)
    code, rows, err = lists.run("--write")
    assert code == 1
    refused = [row for row in rows if row["action"] == "refuse"]
    assert len(refused) == 1
    assert said in refused[0]["why"]
    assert len(refused[0]["why"]) < 900
    assert "nothing was written" in err
    assert files(lists.root) == before


def test_partial_writes_the_rows_that_can_be_taken(lists):
    lists.put("Name;Land;Joined;Fee\nX;se;2020;1\nY;se;never;1\n")
    assert lists.run("--write")[0] == 1
    assert not (lists.root / "organisations/x.yaml").exists()
    assert lists.run("--write", "--partial")[0] == 1
    assert (lists.root / "memberships/x-c-network.yaml").exists()
    assert not (lists.root / "organisations/y.yaml").exists()


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        (MAPPING.replace("into: membership", "into: member"), "PR104"),
        (MAPPING + "colour: red\n", "PR101"),
        (MAPPING.replace("from: list.csv\n", ""), "PR102"),
        ("a: [", "PR007"),
    ],
)
def test_a_mapping_with_faults(lists, mapping, said):
    lists.put(LIST, mapping)
    code, rows, err = lists.run()
    assert (code, rows) == (1, [])
    assert said in err


@pytest.mark.parametrize("source", ["../settings.yaml", "/etc/passwd"])
def test_a_list_lies_beside_its_mapping(lists, source):
    lists.put(LIST, MAPPING.replace("list.csv", source))
    code, _, err = lists.run()
    assert code == 2
    assert "does not lie beside" in err


def test_codes_that_lost_their_zeros(lists):
    mapping = MAPPING.replace("into:", "key: {scheme: GB-CHC, column: Code}\ninto:")
    lists.put("Code;Name;Land;Joined;Fee\n380;X;se;2020;\n2480;Y;se;2020;\n", mapping)
    _, rows, _ = lists.run()
    assert "shorter than the others" in rows[0]["why"]
    lists.put(
        "Code;Name;Land;Joined;Fee\n380;X;se;2020;\n2480;Y;se;2020;\n",
        mapping.replace("Code}", "Code, width: 0}"),
    )
    assert lists.run()[0] == 0


# --- cells

DAYS = [
    ("2020-01-02", "YMD", "2020-01-02"),
    ("2020/1/2", "YMD", "2020-01-02"),
    ("2.1.2020", "DMY", "2020-01-02"),
    ("2/1/2020", "MDY", "2020-02-01"),
    ("2020", "DMY", 2020),
    ("2020-05", "DMY", "2020-05"),
    (Decimal(2020), "YMD", 2020),
    (date(2020, 1, 2), "DMY", "2020-01-02"),
    ("2020-01-02T00:00:00Z", "YMD", "2020-01-02"),
    ("unknown", "YMD", "unknown"),
    ("open", "YMD", "open"),
    (None, "YMD", None),
    ("01/02/20", "DMY", Unreadable),
    ("2.1.2020", "YMD", Unreadable),
    ("2020-01-02", "DMY", Unreadable),
    ("13/13/2020", "MDY", Unreadable),
    (Decimal(43832), "YMD", Unreadable),
    ("soon", "YMD", Unreadable),
]


@pytest.mark.parametrize(("cell", "order", "expected"), DAYS)
def test_days(cell, order, expected):
    if expected is Unreadable:
        with pytest.raises(Unreadable):
            day_of(cell, order)
    else:
        assert day_of(cell, order) == expected


NUMBERS = [
    ("1234.56", ".", Decimal("1234.56")),
    ("1,234.56", ".", Decimal("1234.56")),
    ("1 234,56", ",", Decimal("1234.56")),
    ("1\u00a0234\u00a0567", ",", 1234567),
    ("1.234.567,5", ",", Decimal("1234567.5")),
    ("1'234", ".", 1234),
    ("0", ".", 0),
    ("10.50", ".", Decimal("10.50")),
    ("10.00", ".", 10),
    (Decimal("0.1"), ",", Decimal("0.1")),
    ("unknown", ".", "unknown"),
    ("1,234.00", ",", Unreadable),
    ("1.234,00", ".", Unreadable),
    ("1,23", ".", Unreadable),
    ("12,34,567", ".", Unreadable),
    ("1234 kr", ".", Unreadable),
    ("1e3", ".", Unreadable),
    ("-5", ".", Unreadable),
    (Decimal(-5), ".", Unreadable),
    (date(2020, 1, 1), ".", Unreadable),
    ("٣", ".", Unreadable),
]


@pytest.mark.parametrize(("cell", "mark", "expected"), NUMBERS)
def test_numbers(cell, mark, expected):
    if expected is Unreadable:
        with pytest.raises(Unreadable):
            number_of(cell, mark)
    else:
        found = number_of(cell, mark)
        assert found == expected
        assert not isinstance(found, float)


def test_codes():
    assert code_of("380", 4) == "0380"
    assert code_of(Decimal(380), 4) == "0380"
    assert code_of("0380", None) == "0380"
    with pytest.raises(Unreadable):
        code_of("12345", 4)


@pytest.mark.parametrize(
    ("raw", "encoding", "first"),
    [
        ("a;b\nå;1\n".encode(), None, "å"),
        (b"\xef\xbb\xbf" + "a;b\nå;1\n".encode(), None, "å"),
        ("a;b\nå;1\n".encode("utf-16"), None, "å"),
        ("a;b\nå;1\n".encode("cp1252"), "cp1252", "å"),
        ("a\tb\nå\t1\n".encode(), None, "å"),
        ('a,b\n"å,\nä",1\n'.encode(), None, "å,\nä"),
        ("a|b\nå|1\n".encode(), None, "å"),
    ],
)
def test_encodings_and_separators(raw, encoding, first):
    rows = from_csv(raw, encoding=encoding, delimiter=None, header=1)
    assert not rows.faults
    assert rows.rows[0].cells == {"a": first, "b": "1"}


# --- workbooks


def workbook(fill) -> bytes:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    fill(book, book.add_worksheet("First"))
    book.close()
    return out.getvalue()


def test_a_workbook(lists):
    def fill(book, sheet):
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for place, head in enumerate(("Name", "Land", "Joined", "Fee")):
            sheet.write(2, place, head)
        sheet.write_string(3, 0, "Umeå")
        sheet.write_string(3, 1, "se")
        sheet.write_datetime(3, 2, datetime(2020, 1, 2), day)  # noqa: DTZ001
        sheet.write_number(3, 3, 0.3)
        sheet.write_string(4, 0, "=1+1 kommun")
        sheet.write_number(4, 2, 2021)
        sheet.write_number(4, 3, 1234567.89)
        sheet.write_formula(5, 0, '="Lund"', None, "Lund")

    mapping = MAPPING.replace("list.csv", "list.xlsx\nsheet: First\nheader: 3")
    lists.put(workbook(fill), mapping, "list.xlsx")
    assert lists.run("--write")[0] == 0
    assert "amount: 0.3," in (lists.root / "memberships/umea-c-network.yaml").read_text("utf-8")
    text = (lists.root / "memberships/1-1-kommun-c-network.yaml").read_text("utf-8")
    assert "amount: 1234567.89" in text
    assert "admitted: 2021" in text
    assert 'name: "=1+1 kommun"' in (lists.root / "organisations/1-1-kommun.yaml").read_text(
        "utf-8"
    )
    assert (lists.root / "organisations/lund.yaml").exists()


def test_a_formula_without_a_value_and_a_day_without_a_format():
    def formula(_, sheet):
        sheet.write(0, 0, "Name")
        sheet.write_formula(1, 0, "=A1", None, "")

    rows = from_workbook(workbook(formula), sheet=None, header=1)
    assert "A2 holds a formula without a value" in rows.faults[0].message
    assert rows.faults[0].row == 2
    with pytest.raises(Unreadable, match="date's format"):
        day_of(Decimal(43832), "YMD")


def test_workbooks_that_are_none(lists):
    for raw in (b"", b"PK\x03\x04 no", b"\0" * 100):
        assert from_workbook(raw, sheet=None, header=1).faults
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/worksheets/sheet1.xml", b"\0" * 64 * 1024 * 1024)
    bomb = from_workbook(packed.getvalue(), sheet=None, header=1)
    assert "would unpack to" in bomb.faults[0].message
    book = workbook(lambda _, sheet: sheet.write(0, 0, "Name"))
    assert "no sheet Other" in from_workbook(book, sheet="Other", header=1).faults[0].message


# --- 360Giving

GRANT = {
    "id": "360G-x-1",
    "title": "Grant: one",
    "currency": "GBP",
    "amountAwarded": 1234.5,
    "awardDate": "2021-03-04T00:00:00Z",
    "plannedDates": [{"startDate": "2021-04-01", "endDate": "2022-03-31"}],
    "recipientOrganization": [{"id": "GB-CHC-1", "name": "A charity"}],
    "fundingOrganization": [{"id": "GB-CHC-2", "name": "A trust"}],
}


def test_grants_without_a_mapping(write, capsys, tmp_path):
    root = write()
    person = {**GRANT, "id": "2", "recipientOrganization": None}
    for name, grants, code in (("a.json", [GRANT], 0), ("b.json", [GRANT, person], 1)):
        (tmp_path / name).write_text(json.dumps({"grants": grants}))
        line = ["import", str(tmp_path / name), "--write", "--registry", str(root)]
        assert run(line) == code
    text = (root / "partnerships/grant-one.yaml").read_text("utf-8")
    assert "amount: 1234.5" in text
    assert "signed: 2021-03-04" in text
    assert "{organisation: a-trust, role: funder}" in text
    assert "identifiers:" in (root / "organisations/a-charity.yaml").read_text("utf-8")
    assert "persons are not recorded" in capsys.readouterr().out


# --- a first mapping


def test_suggestions(tmp_path, capsys):
    (tmp_path / "l.csv").write_text(
        "Kommunkod;Medlem;Land;Anslöt;Avgift;Övrigt\n0380;Uppsala;SE;15.3.2014;12 500,00;x\n",
        "utf-8",
    )
    assert run(["import", "--suggest", str(tmp_path / "l.csv")]) == 0
    text = capsys.readouterr().out
    assert "key: {scheme: SE-SCB, column: Kommunkod, width: 4}" in text
    assert 'decimal: ","' in text
    assert "date: DMY" in text
    assert "# Övrigt: x" in text
    assert "network: =ID" in text


def test_the_plan_on_paper(lists):
    lists.put(LIST)
    run(["import", str(lists.root / "imports/map.yaml"), "--registry", str(lists.root)])
    out = lists.capsys.readouterr().out
    assert out.startswith("Dry run of ")
    assert "4 add" in out
    assert "+member: umea" in out


def test_names_in_parties_are_looked_up(lists):
    made_registry(lists.root, {"partnerships/x.yaml": partnership("labels: {imported: R1}\n")})
    lists.put("Ref;Title;Who;From;To;Sum\nR1;Sample;b club;2020;2023;5\n", GRANTS)
    _, rows, _ = lists.run()
    told = [(row["action"], row["field"], row["after"]) for row in rows]
    assert ("change", "parties.0.role", "funder") in told
    assert ("change", "parties.1.role", "recipient") in told
    assert not [field for _, field, _ in told if field == "parties.2"]


# --- what an attack found

ODD_CELLS = [
    ('<c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "holds an error"),
    ('<c r="A2"><f>A1</f></c>', "formula without a value"),
    ("<c r='A2'><f>A1</f><v> </v></c>", "formula without a value"),
    ("<c><f>A1</f></c>", "formula without a value"),
    ('<c r="A2"><v>nan</v></c>', "no number"),
    ('<c r="A2"><v>1e999</v></c>', "no number"),
    ('<c r="A2"><v>123456789012345678.67</v></c>', "more digits"),
    ('<c r="A99999999" t="n"><v>1</v></c>', "which there cannot be"),
    ('<c r="XFD1048576" t="n"><v>1</v></c>', "reaches to row"),
]


def sheet_with(cell: str) -> bytes:
    raw = workbook(lambda _, sheet: [sheet.write(0, 0, "Name"), sheet.write(1, 0, "MARK")])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as packed:
        for name in old.namelist():
            whole = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                start = whole.index(b'<c r="A2"')
                end = whole.index(b"</c>", start) + 4
                whole = whole[:start] + cell.encode() + whole[end:]
            packed.writestr(name, whole)
    return out.getvalue()


@pytest.mark.parametrize(("cell", "said"), ODD_CELLS)
def test_odd_cells_of_workbooks(cell, said):
    rows = from_workbook(sheet_with(cell), sheet=None, header=1)
    assert said in rows.faults[0].message


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"amountAwarded": True}, "no number"),
        ({"recipientOrganization": [{"name": "A"}, {"name": "B"}]}, "more than one"),
        ({"title": "x" * 40_000}, "letters"),
        ({"title": "\\ud800"}, "half a character"),
        ({"amountAwarded": "1e5"}, "no number"),
    ],
)
def test_odd_grants(write, capsys, tmp_path, change, said):
    text = json.dumps({"grants": [{**GRANT, **change}]}).replace("\\\\ud800", "\\ud800")
    (tmp_path / "g.json").write_text(text)
    root = write()
    before = files(root)
    assert run(["import", str(tmp_path / "g.json"), "--write", "--registry", str(root)]) == 1
    assert said in capsys.readouterr().out
    assert files(root) == before


@pytest.mark.parametrize("amount", ["1e999999999", "1e5000", "9" * 5000, "1e99999999999999999999"])
def test_amounts_beyond_measure(write, capsys, tmp_path, amount):
    text = json.dumps({"grants": [GRANT]}).replace("1234.5", amount)
    (tmp_path / "g.json").write_text(text)
    assert run(["import", str(tmp_path / "g.json"), "--registry", str(write())]) == 1
    assert "refuse" in capsys.readouterr().out


@pytest.mark.parametrize("encoding", ["undefined", "punycode", "utf-7", "unicode_escape", "rot13"])
def test_odd_encodings(lists, encoding):
    lists.put(
        b"Name;Land;Joined;Fee\n\\ud800X\xff;se;2020;1\n", MAPPING + f"encoding: {encoding}\n"
    )
    code, rows, _ = lists.run()
    assert code == 1
    assert rows[0]["action"] == "refuse"


@pytest.mark.parametrize("field", ["labels", "references", "references.id", "decisions", "period"])
def test_fields_that_no_column_can_say(lists, field):
    mapping = MAPPING.replace("fields: {", f"fields: {{{field}: Joined, ")
    lists.put(LIST, mapping)
    code, rows, _ = lists.run("--write")
    assert code == 1
    assert rows[0]["action"] == "refuse"


def test_currency_beside_lines_is_kept(lists):
    mapping = MAPPING.replace(
        "fields: {", "fields: {funding.currency: =EUR, funding.vat: =excluded, "
    )
    lists.put(LIST, mapping)
    assert lists.run("--write")[0] == 0
    text = (lists.root / "memberships/umea-c-network.yaml").read_text("utf-8")
    assert "currency: EUR" in text
    assert "vat: excluded" in text
    assert {action for _, action in lists.actions("--write")} == {"same"}


def test_a_refused_row_makes_no_record_gone(lists):
    lists.put(LIST)
    lists.run("--write")
    lists.put(LIST.replace("2020-01-02", "soon"))
    assert "gone" not in [action for _, action in lists.actions()]


def test_a_bad_name_refuses_its_row_alone(lists):
    lists.put("Name;Land;Joined;Fee\nGood;se;2020;1\nB\u202ead;se;2020;1\n")
    assert lists.run("--write", "--partial")[0] == 1
    assert (lists.root / "memberships/good-c-network.yaml").exists()


@pytest.mark.skipif(not hasattr(Path, "symlink_to"), reason="links")
def test_no_link_is_followed_to_a_list(lists, tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/list.csv").write_text(LIST)
    lists.put("x", MAPPING.replace("list.csv", "lnk/list.csv"))
    (lists.root / "imports/lnk").symlink_to(tmp_path / "outside")
    assert lists.run()[0] == 3
