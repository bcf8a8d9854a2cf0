"""Writing records: init, new, renew, end, rename, schemas; all of a change or none of it."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from conftest import made_registry, partnership
from partnerreg.authoring.compose import composed, scalar
from partnerreg.authoring.edit import with_value
from partnerreg.authoring.format import formatted
from partnerreg.base.slug import free_id, slug
from partnerreg.cli.main import run
from partnerreg.loading.loader import load_folder
from partnerreg.model.dates import LOOKS_LIKE_DATE
from partnerreg.reading.yaml_reader import read
from partnerreg.store import change
from test_trials import money

AS_OF = ["--as-of", "2022-06-15"]


def at(root: Path) -> list[str]:
    return ["--registry", str(root)]


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


# --- what is written reads back as what was meant

MISREAD = [
    *("NO", "no", "yes", "null", "~", "true", "0380", "1_000", "1e3", "0x1f", ".inf", "2015-12-31"),
    *("=1+1", "a: b", "# x", "a #x", "- x", "* x", "& x", "! x", "[x", "{x}", "x, y", "'x'", '"x"'),
    *(
        "x" * 90,
        "two\nlines",
        "two\n\nlines\n",
        "\ttab",
        " blank",
        "blank ",
        "%x",
        "@x",
        "`x`",
        "?",
    ),
    *(
        "åäö Łódź",
        "x:y",
        "x:",
        ":x",
        "12:30",
        "1.5",
        "-1",
        "+46",
        "1,5",
        "https://a.b/c?d=e#f",
        "…",
    ),
]


@pytest.mark.parametrize("text", MISREAD)
def test_text_is_quoted_where_it_could_be_misread(text):
    for data in (
        {"title": text},
        {"labels": {"k": text}},
        {"labels": {text.strip() or "k": "v"}},
        {"contacts": [{"role": text, "name": text}]},
    ):
        raw = composed(data, "partnership")
        document, problems = read(raw)
        assert (document.data, problems) == (data, ())
        assert formatted(raw, "partnership") == raw
        assert max(map(len, raw.decode().splitlines())) <= 100 or len(text) > 80


def test_other_readers_read_the_same():
    from ruamel.yaml import YAML

    for version in ((1, 1), (1, 2)):
        for text in MISREAD:
            yaml = YAML(typ="safe", pure=True)
            yaml.version = version
            found = yaml.load(f"a: {scalar(text, alone=True)}\nb: [{scalar(text)}]\n")
            assert found == {"a": text, "b": [text]}, (version, text)


LETTERS = st.text("ab: #'\"\\-[]{},|>&*!%@`~?=\n\té0", min_size=1, max_size=12)
VALUES = st.recursive(
    LETTERS | st.integers(0, 10**15 - 1) | st.booleans() | st.decimals("0.01", "999.99", places=2),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(st.text("abc", min_size=1, max_size=3), inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)


@given(
    data=st.dictionaries(st.text("abcd", min_size=1, max_size=3), VALUES, min_size=1, max_size=4)
)
@settings(max_examples=300, deadline=None)
def test_composed_is_canonical_and_says_the_same(data):
    raw = composed(data, "partnership")
    document, problems = read(raw)
    assume(not problems)  # characters that no file may hold
    assert str(document.data) == str(data)
    assert formatted(raw, "partnership") == raw


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Łódź", "lodz"),
        ("Umeå kommun – Vän i Umeå", "umea-kommun-van-i-umea"),
        ("  Straße 5!  ", "strasse-5"),
        ("Þór & Æsir", "thor-aesir"),
        ("!!!", ""),
        ("x" * 90, "x" * 80),
        ("word " * 30, "-".join(["word"] * 16)),
    ],
)
def test_slug(text, made):
    assert slug(text) == made


def test_a_taken_id_gets_a_number():
    assert free_id("a", {"a", "a-2"}) == "a-3"
    assert free_id("x" * 80, {"x" * 80}) == "x" * 78 + "-2"


# --- one value set in a file

WHOLE = """\
# above
title: X  # beside
form: iop
parties: [{organisation: a-town}]
period: {start: 2020, end: 2023}
labels: {k: v}
"""


@pytest.mark.parametrize(
    ("way", "value", "line"),
    [
        (("title",), "Y: z", 'title: "Y: z"  # beside'),
        (("ended",), {"date": 2022}, "ended: {date: 2022}"),
        (("summary",), "S", "summary: S"),
        (("labels", "new"), "w", "labels: {k: v, new: w}"),
        (("period", "end"), 2024, "period: {start: 2020, end: 2024}"),
        (("parties", 1), {"organisation": "b"}, "  - {organisation: b}"),
    ],
)
@pytest.mark.parametrize("crlf", [False, True])
@pytest.mark.parametrize("canonical", [False, True])
def test_one_value(way, value, line, crlf, canonical):
    raw = WHOLE.encode()
    if canonical:
        raw = formatted(raw, "partnership")
    raw = raw.replace(b"\n", b"\r\n") if crlf else raw
    now = with_value(raw, "partnership", way, value)
    text = now.decode().replace("\r\n", "\n")
    assert ("\r\n" in now.decode()) is crlf
    assert line.rpartition("  #")[0] in text or line in text
    assert "# above" in text
    assert "# beside" in text
    document, problems = read(now)
    assert not problems
    node = document.data
    for step in way:
        node = node[step]
    assert node == value


# --- init


def test_init(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    more = ["--example", "--ci", "github"]
    assert run(["init", "--title", "A: #1", "--currency", "sek", *more]) == 0
    assert "next: partnerreg new organisation" in capsys.readouterr().err
    assert run(["validate", "--strict"]) == 0
    assert run(["fmt", "--check"]) == 0
    assert run(["schemas", "--check"]) == 0
    before = files(tmp_path)
    capsys.readouterr()
    assert run(["init", *more, "--format", "json"]) == 0
    assert {row["action"] for row in json.loads(capsys.readouterr().out)["rows"]} == {"kept"}
    assert files(tmp_path) == before


def test_init_adds_what_is_missing_and_overwrites_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "registry").mkdir()
    (tmp_path / "registry/settings.yaml").write_text("title: Mine\n")
    assert run(["init"]) == 0
    assert (tmp_path / "registry/settings.yaml").read_text() == "title: Mine\n"
    assert (tmp_path / "schemas/common.schema.json").exists()


def test_init_beside_a_folder_that_is_the_registry(tmp_path):
    made_registry(tmp_path / "ours", {"settings.yaml": "title: Ours\n"})
    assert run(["init", str(tmp_path / "ours")]) == 0
    assert (tmp_path / "schemas").is_dir()
    assert not (tmp_path / "ours/registry").exists()


@pytest.mark.parametrize("forge", ["github", "gitlab"])
def test_pipelines_are_yaml(tmp_path, forge):
    from ruamel.yaml import YAML

    run(["init", str(tmp_path), "--ci", forge])
    path = {"github": ".github/workflows/registry.yml", "gitlab": ".gitlab-ci.yml"}[forge]
    text = (tmp_path / path).read_text("utf-8")
    assert YAML(typ="safe", pure=True).load(text)
    assert "VERSION" not in text
    assert "PYTHON " not in text
    assert "partnerreg validate" in str(YAML(typ="safe", pure=True).load(text))


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_init_writes_through_no_link(tmp_path, monkeypatch, capsys):
    outside = tmp_path / "outside"
    outside.mkdir()
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    (checkout / "schemas").symlink_to(outside)
    monkeypatch.chdir(checkout)
    assert run(["init"]) == 3
    assert "is a link" in capsys.readouterr().err
    assert not list(outside.iterdir())


# --- new


def new(root: Path, *line: str) -> int:
    return run(["new", *line, *at(root), *AS_OF])


def test_new_records(write, capsys):
    root = write()
    assert new(root, "organisation", "--name", "Łódź, miasto", "--type", "municipality") == 0
    assert (
        new(
            root,
            *("partnership", "--title", "Avtal: ett", "--form", "grant-agreement"),
            *("--party", "Łódź, miasto:funder", "--party", "b-club:recipient"),
            *("--start", "2024", "--end", "2026-06-30", "--theme", "health", "--notice", "P6M"),
            *("--renewal", "mode=tacit term=P1Y", "--responsible", "a-town/culture-board"),
            *(
                "--line",
                "source='Łódź, miasto' year=2024 amount=10.50 currency=PLN stated='10,50 zł'",
            ),
            *("--reference", "id=press title='A: b' url=https://example.org/x?y=1"),
        )
        == 0
    )
    assert run(["validate", "--strict", *at(root), "--as-of", "2025-01-01"]) == 0
    assert run(["fmt", "--check", *at(root)]) == 0


def test_new_partnership_as_written(write):
    root = write()
    line = "source=a-town year=2024 amount=10.50 stated='10,50 kr' reference=press"
    assert (
        new(
            root,
            *("partnership", "--title", "Avtal: ett", "--form", "iop", "--stage", "planned"),
            *("--party", "A-Town:funder", "--party", "b club", "--start", "2024"),
            *("--line", line, "--reference", "id=press title='A: b' url=https://example.org/x?y=1"),
        )
        == 0
    )
    assert (root / "partnerships/avtal-ett.yaml").read_text("utf-8") == (
        'title: "Avtal: ett"\n'
        "form: iop\n"
        "stage: planned\n"
        "parties:\n"
        "  - {organisation: a-town, role: funder}\n"
        "  - {organisation: b-club}\n"
        "period: {start: 2024, end: unknown}\n"
        "funding:\n"
        "  lines:\n"
        "    - {source: a-town, year: 2024, amount: 10.50, stated: 10,50 kr, reference: press}\n"
        "references:\n"
        '  - {id: press, title: "A: b", url: "https://example.org/x?y=1"}\n'
    ).replace("stated: 10,50 kr", 'stated: "10,50 kr"')


def test_ids_that_are_taken_get_a_number_and_memberships_are_made_once(write, capsys):
    root = write()
    line = ["partnership", "--title", "T", "--form", "iop", "--party", "a-town"]
    assert (new(root, *line), new(root, *line)) == (0, 0)
    assert (root / "partnerships/t-2.yaml").exists()
    member = ["--member", "a-town", "--network", "c-network", "--stage", "applied"]
    assert new(root, "membership", *member) == 0
    capsys.readouterr()
    assert new(root, "membership", *member) == 1
    assert "there is a membership a-town-c-network already" in capsys.readouterr().err
    assert [path.name for path in root.glob("memberships/*")] == ["a-town-c-network.yaml"]


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("partnership --title T", 2, "needs --form, --party"),
        ("membership --member a-town", 2, "needs --network, --stage"),
        ("organisation --name A --type town", 1, "PR104"),
        ("organisation --name A --type other --title X", 2, "--title is not for organisation"),
        ("organisations --name A", 2, "did you mean organisation"),
        ("organisation a-town --name A --type other", 2, "a record a-town already"),
        ("organisation A --name A --type other", 2, "not an id"),
        ("organisation --name !!! --type other", 2, "no id can be made"),
        ("organisation --name A --type other --identifier X", 2, "SCHEME:ID"),
        ("membership --member a-town --network nope --stage applied", 1, "PR302"),
        ("membership --member a-town --network Nope --stage applied", 1, "no organisation Nope"),
        ("partnership --title T --form iop --party a-town:fundr", 2, "did you mean funder"),
        ("partnership --title T --form iop --party a-town --line source", 2, "no equals sign"),
        (
            "partnership --title T --form iop --party a-town --line sorce=a",
            2,
            "did you mean source",
        ),
        ("partnership --title T --form iop --party a-town --start 2024-13", 1, "no month 13"),
        ("partnership --from - --title T", 2, "whole record"),
    ],
)
def test_what_cannot_be_made(write, capsys, line, code, said):
    root = write()
    before = files(root)
    assert new(root, *line.split()) == code
    assert said in capsys.readouterr().err
    assert files(root) == before


def test_new_makes_organisations_on_the_way(write):
    root = write()
    line = ["membership", "--member", "a-town", "--network", "New Net", "--stage", "applied"]
    assert new(root, *line, "--organisation", "name='New Net' type=network") == 0
    assert (root / "organisations/new-net.yaml").exists()
    assert (root / "memberships/a-town-new-net.yaml").exists()


def test_dry_run_writes_nothing(write, capsys):
    root = write()
    before = files(root)
    assert new(root, "organisation", "--name", "N", "--type", "other", "--dry-run") == 0
    assert '+name: "N"' in capsys.readouterr().out
    assert files(root) == before


def test_from_a_file_and_standard_input(write, tmp_path, monkeypatch):
    import io

    root = write()
    (tmp_path / "x.yaml").write_text("type: other\n# kept\nname: From file\n")
    assert new(root, "organisation", "--from", str(tmp_path / "x.yaml")) == 0
    assert (root / "organisations/from-file.yaml").read_text() == (
        "# kept\nname: From file\ntype: other\n"
    )
    stdin = io.TextIOWrapper(io.BytesIO(b"name: From input\ntype: other\n"))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert new(root, "organisation", "--from", "-") == 0
    assert (root / "organisations/from-input.yaml").exists()


def test_edit(write, tmp_path, monkeypatch, capsys):
    root = write()
    editor = tmp_path / "editor"
    editor.write_text(
        f"#!{sys.executable}\nimport sys\nopen(sys.argv[1], 'a').write('type: other\\n')\n"
    )
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.delenv("VISUAL", raising=False)
    assert new(root, "organisation", "--name", "Edited", "--edit") == 0
    assert "type: other" in (root / "organisations/edited.yaml").read_text()
    monkeypatch.setenv("EDITOR", "/nowhere")
    assert new(root, "organisation", "--name", "E", "--edit") == 3
    assert "set EDITOR" in capsys.readouterr().err


# --- prompts, at a real terminal


def asked(tmp_path: Path, root: Path, line: str, answers: list[str], *, stop: bool = False):
    """Answer the questions of a command in a pseudo terminal; return code and screen."""
    import pty
    import select
    import signal

    env = {**os.environ, "TERM": "xterm", "HOME": str(tmp_path), "COLUMNS": "80"}
    env.pop("CI", None)
    parent, child = pty.openpty()
    # A job in the background may have been told to ignore interrupts.
    program = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    program += "from partnerreg.cli.main import main; main()"
    command = [sys.executable, "-c", program, *line.split(), *at(root), *AS_OF]
    process = subprocess.Popen(
        command,
        stdin=child,
        stdout=child,
        stderr=child,
        env=env,
    )
    os.close(child)
    screen, waiting = "", list(answers)
    while True:
        interrupted = stop and screen.endswith("typed")
        ready, _, _ = select.select([parent], [], [], 0.5 if interrupted else 20)
        if interrupted and not ready:  # readline sees an interrupt only while it waits
            process.send_signal(signal.SIGINT)
            continue
        assert ready, screen
        try:
            part = os.read(parent, 4096).decode("utf-8", "replace")
        except OSError:
            part = ""
        if not part:
            break
        screen += part
        if screen.endswith((": ", "? ")) and (waiting or stop):
            os.write(parent, (waiting.pop(0) + "\r").encode() if waiting else b"typed")
        elif stop and not waiting and screen.endswith("typed"):
            process.send_signal(signal.SIGINT)
    os.close(parent)
    return process.wait(20), screen


@pytest.mark.skipif(os.name == "nt", reason="pseudo terminals")
def test_questions(write, tmp_path):
    root = write()
    answers = [
        *("Language café", "iop", "A-Town", "public-partner", "The Circle", "y", "", "association"),
        *("SE", "", "civil-society-partner", "", "2024", "2024-02-30", "2026", "culture, language"),
        *("a-town", "y", "", "2025", "1 000 kr", "1 000", "", "n"),
    ]
    code, screen = asked(tmp_path, root, "new partnership", answers)
    assert code == 0, screen
    assert "there is no day 2024-02-30" in screen
    assert (root / "partnerships/language-cafe.yaml").read_text("utf-8") == (
        "title: Language café\n"
        "form: iop\n"
        "parties:\n"
        "  - {organisation: a-town, role: public-partner}\n"
        "  - {organisation: the-circle, role: civil-society-partner}\n"
        "themes: [culture, language]\n"
        "period: {start: 2024, end: 2026}\n"
        "responsible: a-town\n"
        "funding:\n"
        "  lines:\n"
        "    - {source: a-town, year: 2025, amount: 1000}\n"
    )
    assert "country: SE" in (root / "organisations/the-circle.yaml").read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="pseudo terminals")
def test_tab_completes_ids_and_ctrl_c_writes_nothing(write, tmp_path):
    root = write()
    before = files(root)
    code, screen = asked(
        tmp_path, root, "new membership", ["a-t\t", "c-n\t", "admitted"], stop=True
    )
    assert code == 130, screen
    assert "a-town" in screen
    assert files(root) == before


# --- renew


RENEWED = [
    ("period: {start: 2020, end: 2022}", {"start": 2023, "end": 2025}),
    ("period: {start: 2020-01, end: 2022-06}", {"start": "2022-07", "end": "2024-12"}),
    ("period: {start: 2020-07-01, end: 2022-06-30}", {"start": "2022-07-01", "end": "2024-06-30"}),
    ("period: {start: 2019-03-01, end: 2024-02-29}", {"start": "2024-03-01", "end": "2029-02-28"}),
    ("period: {start: 2020-01-15, end: 2022-08-02}", {"start": "2022-08-03", "end": "2025-02-18"}),
    (
        "period: {start: 2020, end: 2021}\nrenewal: {mode: tacit, term: P1Y}",
        {"start": 2023, "end": 2024},
    ),
    ("period: {start: 2020, length: P3Y, end: unknown}", {"start": 2023, "end": 2025}),
]


@pytest.mark.parametrize(("body", "period"), RENEWED)
def test_renew(write, body, period):
    root = write({"partnerships/old.yaml": partnership(f"title: Old\n{body}\n")})
    assert run(["renew", "old", "--id", "next", *at(root), *AS_OF]) == 0
    document, problems = read((root / "partnerships/next.yaml").read_bytes())
    assert not problems
    assert document.data["period"] == period
    assert document.data["follows"] == ["old"]


def test_renew_copies_what_goes_on(write):
    body = (
        "title: Old\nperiod: {start: 2020, end: 2021}\nthemes: [health]\nsigned: 2019-12-01\n"
        "notice: P3M\nrenewal: {mode: express, term: P1Y, decide_by: P2M}\n"
        "responsible: a-town/culture-board\ndecisions: [{date: 2019-11-01, body: Board}]\n"
        "references: [{id: r, title: R}]\n"
        + money(
            "year: 2020, amount: 5, stage: paid, reference: r, stated: 5 kr",
            "year: 2021, amount: 6, payments: [{due: 2021-01-31, amount: 6}]",
            "per: term, from: 2020-01-01, to: 2020-06-30, amount: 7, kind: in-kind",
            "year: 2021, amount: 1, repayment: true",
        )
    )
    root = write({"partnerships/old.yaml": partnership(body)})
    line = ["renew", "old", "--stage", "planned", "--copy-funding", *at(root), *AS_OF]
    assert run(line) == 0
    data = read((root / "partnerships/old-2.yaml").read_bytes())[0].data
    assert "decisions" not in data
    assert "references" not in data
    assert "signed" not in data
    assert data["stage"] == "planned"
    assert data["renewal"] == {"mode": "express", "term": "P1Y", "decide_by": "P2M"}
    assert data["funding"]["lines"] == [
        {"source": "a-town", "year": 2022, "amount": 5},
        {"source": "a-town", "year": 2023, "amount": 6},
        {
            "source": "a-town",
            "per": "term",
            "from": "2022-01-01",
            "to": "2022-06-30",
            "kind": "in-kind",
            "amount": 7,
        },
    ]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("period: {start: 2020, end: open}", "the end of old is open"),
        ("period: {start: 2020, end: unknown}", "the end of old is unknown"),
        ("period: {start: unknown, end: 2022}", "the start of old is unknown"),
    ],
)
def test_a_renewal_that_needs_dates(write, capsys, body, said):
    root = write({"partnerships/old.yaml": partnership(f"{body}\n")})
    assert run(["renew", "old", *at(root), *AS_OF]) == 2
    assert said in capsys.readouterr().err
    dates = ["--start", "2023", "--end", "2024"]
    assert run(["renew", "old", *dates, *at(root), *AS_OF]) == 0


# --- end


def test_end(write, capsys):
    text = partnership("# keep\ntitle: T\nperiod: {start: 2020, end: 2023}\nnotice: P3M\n")
    root = write({"partnerships/x.yaml": text})
    line = ["end", "x", "--date", "2022-03-31", "--reason", "terminated", "--note", "a: b"]
    assert run([*line, *at(root), *AS_OF]) == 0
    now = (root / "partnerships/x.yaml").read_text()
    assert 'ended: {date: 2022-03-31, reason: terminated, note: "a: b"}' in now
    assert "# keep" in now
    capsys.readouterr()
    assert run([*line, *at(root), *AS_OF]) == 2
    assert "has ended already" in capsys.readouterr().err
    assert run(["end", "x", *at(root)]) == 2
    assert run(["end", "y", "--date", "2022", "--reason", "other", *at(root)]) == 2
    assert run(["end", "a-town", "--date", "2022", "--reason", "other", *at(root)]) == 2


# --- rename

NAMING = {
    "organisations/a-town.yaml": (
        "# a-town in a comment\nname: a-town\ntype: municipality\n"
        "units:\n  a-town: {name: a-town}\n  b: {name: B}\n"
    ),
    "organisations/d.yaml": "name: D\ntype: network\npart_of: a-town\nnetwork: {founded_by: [a-town, a-town etc.]}\n",
    "partnerships/x.yaml": (
        "title: a-town\nform: iop\nparties:\n"
        "  - organisation: 'a-town'\n    units: [a-town, b]\n  - {organisation: b-club}\n"
        'period: {}\nresponsible: "a-town/a-town"\nfollows: [y]\n'
        "funding: {lines: [{source: a-town/b, year: 2020, amount: 1, to: a-town}, "
        "{source: a-town, per: year, from: 2020, to: 2021, amount: 2}]}\n"
        "notes: a-town/b\nlabels: {a-town: a-town}\n"
    ),
    "partnerships/y.yaml": partnership("title: Y\n").replace("\n", "\r\n"),
    "memberships/m.yaml": "member: a-town # a-town\nnetwork: d\nstage: applied\n",
}


def test_rename_changes_ids_and_nothing_else(write, capsys):
    root = write(NAMING)
    before = files(root)
    assert run(["rename", "a-town", "z-city", *at(root)]) == 0
    text = (root / "partnerships/x.yaml").read_text()
    assert "title: a-town\n" in text
    assert "organisation: 'z-city'\n    units: [a-town, b]" in text
    assert 'responsible: "z-city/a-town"' in text
    assert "source: z-city/b, year: 2020, amount: 1, to: z-city" in text
    assert "notes: a-town/b\nlabels: {a-town: a-town}" in text
    assert (
        "part_of: z-city\nnetwork: {founded_by: [z-city, a-town etc.]}"
        in (root / "organisations/d.yaml").read_text()
    )
    assert (root / "memberships/m.yaml").read_text().startswith("member: z-city # a-town")
    assert (root / "organisations/z-city.yaml").read_bytes() == before["organisations/a-town.yaml"]
    assert run(["rename", "z-city", "a-town", *at(root)]) == 0
    assert files(root) == before
    assert run(["rename", "a-town/b", "a-town/c", *at(root)]) == 0
    assert "units: [a-town, c]" in (root / "partnerships/x.yaml").read_text()
    assert run(["rename", "a-town/c", "a-town/b", *at(root)]) == 0
    assert files(root) == before
    assert run(["rename", "y", "yy", *at(root)]) == 0
    assert "follows: [yy]" in (root / "partnerships/x.yaml").read_text()
    assert run(["rename", "yy", "y", *at(root)]) == 0
    assert files(root) == before


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a-town b-club", "a record b-club already"),
        ("a-town a-town", "its id already"),
        ("nope x", "no record nope"),
        ("a-town A", "not an id"),
        ("a-town a-town/b", "one names a unit"),
        ("a-town/culture-board b-club/x", "stays with its organisation"),
        ("a-town/nope a-town/x", "no unit of a-town nope"),
        ("a-town/culture-board a-town/school-board", "has a unit school-board already"),
    ],
)
def test_renames_that_cannot_be_meant(write, capsys, line, said):
    root = write()
    before = files(root)
    assert run(["rename", *line.split(), *at(root)]) == 2
    assert said in capsys.readouterr().err
    assert files(root) == before


IDS = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,3})?", fullmatch=True)


@example(new="12345")
@example(new="null")
@example(new="1e5")
@given(new=IDS)
@settings(max_examples=40, deadline=None)
def test_there_and_back_is_the_identity(tmp_path_factory, new):
    assume(new not in {"a-town", "b-club", "c-network", "d", "x", "y", "m"})
    assume(not LOOKS_LIKE_DATE(new))  # `to: 2020` is a year
    from conftest import BASE

    root = made_registry(tmp_path_factory.mktemp("r"), {**BASE, **NAMING})
    before = files(root)
    codes = {one.code for one in load_folder(root).problems}
    assert run(["rename", "a-town", new, *at(root)]) == 0
    assert {one.code for one in load_folder(root).problems} == codes
    assert run(["rename", new, "a-town", *at(root)]) == 0
    assert files(root) == before


# --- all or nothing


class Killed(BaseException):
    pass


@pytest.mark.parametrize("at_write", range(1, 7))
def test_a_change_that_is_killed_is_finished_by_the_same_command(
    write, capsys, monkeypatch, at_write
):
    root = write(NAMING)
    before = files(root)
    real, count = change.replace, 0

    def killed(*given, **options):
        nonlocal count
        count += 1
        if count == at_write:
            raise Killed
        return real(*given, **options)

    monkeypatch.setattr(change, "replace", killed)
    with pytest.raises(Killed):
        run(["rename", "a-town", "z-city", *at(root)])
    monkeypatch.setattr(change, "replace", real)
    capsys.readouterr()
    if at_write == 1:  # before anything was written
        assert files(root) == before
        return
    for line in ("list", "totals", "validate", "fmt", "end x --date 2022 --reason other"):
        assert run([*line.split(), *at(root)]) == 1
        assert "run again: partnerreg rename a-town z-city" in capsys.readouterr().err
    assert run(["rename", "a-town", "other", *at(root)]) == 1
    assert run(["rename", "a-town", "z-city", *at(root)]) == 0
    assert not (root / change.UNFINISHED).exists()
    assert run(["rename", "z-city", "a-town", *at(root)]) == 0
    assert files(root) == before


@pytest.mark.parametrize(
    "whole",
    [
        "x",
        "[]",
        '{"command": "partnerreg rename a b"}',
        '{"command": "partnerreg rename a b", "changes": [["../evil.yaml", null, "x"]]}',
        '{"command": "partnerreg rename a b", "changes": [["imports/../../evil", null, "x"]]}',
        '{"command": "partnerreg rename a b", "changes": [[1]]}',
    ],
)
def test_a_dot_file_that_somebody_else_wrote_writes_nothing(write, capsys, whole):
    root = write()
    (root / change.UNFINISHED).write_text(whole)
    before = files(root.parent)
    assert run(["rename", "a", "b", *at(root)]) == 1
    assert files(root.parent) == before


def test_a_change_that_is_too_large_writes_nothing(write, capsys, monkeypatch):
    root = write({"partnerships/x.yaml": partnership("")})
    before = files(root)
    monkeypatch.setattr(change, "_MOST", 100)
    assert run(["rename", "a-town", "z-city", *at(root)]) == 3
    assert "too large to be made as one" in capsys.readouterr().err
    assert files(root) == before


def test_a_file_that_changed_meanwhile_is_not_overwritten(write, capsys, monkeypatch):
    root = write({"partnerships/x.yaml": partnership("")})
    real = change.make

    def meanwhile(*given):
        (root / "partnerships/x.yaml").write_text(partnership("title: Other\n"))
        real(*given)

    from partnerreg.cli import writing

    monkeypatch.setattr(writing, "make", meanwhile)
    line = ["end", "x", "--date", "2022", "--reason", "other"]
    assert run([*line, *at(root)]) == 3
    assert "changed meanwhile" in capsys.readouterr().err
    assert "Other" in (root / "partnerships/x.yaml").read_text()


# --- schemas


def test_schemas_have_the_registrys_ids_and_refuse_nothing(write, capsys, tmp_path):
    root = write({"partnerships/x.yaml": partnership("")})
    assert run(["schemas", *at(root)]) == 0
    common = json.loads((root.parent / "schemas/common.schema.json").read_text("utf-8"))["$defs"]
    assert common["organisation_id"]["examples"] == ["a-town", "b-club", "c-network"]
    assert "a-town/culture-board" in common["organisation_or_unit"]["examples"]
    assert common["agreement_id"]["examples"] == ["x"]
    assert "enum" not in common["organisation_id"]
    assert run(["schemas", "--check", *at(root)]) == 0
    assert new(root, "organisation", "--name", "N", "--type", "other") == 0
    assert run(["schemas", "--check", *at(root)]) == 0
    (root / "organisations/by-hand.yaml").write_text("name: H\ntype: other\n")
    assert run(["schemas", "--check", *at(root)]) == 1


def test_schemas_that_somebody_else_made_are_left_alone(write, capsys):
    root = write()
    mine = root.parent / "schemas/common.schema.json"
    mine.parent.mkdir()
    mine.write_text("{}")
    assert run(["schemas", *at(root)]) == 2
    assert "not made by partnerreg" in capsys.readouterr().err
    assert new(root, "organisation", "--name", "N", "--type", "other") == 0
    assert mine.read_text() == "{}"


def test_amounts_are_exact():
    assert composed({"a": Decimal("10.50")}, "partnership") == b"a: 10.50\n"


# --- what an attack found


def test_two_changes_at_once_leave_a_valid_registry(write, capsys, monkeypatch):
    """What a change was checked with must still hold when it is made."""
    root = write()
    real = change.make

    def meanwhile(*given):
        monkeypatch.setattr(writing, "make", real)
        assert run(["rename", "c-network", "z-network", *at(root)]) == 0
        real(*given)

    from partnerreg.cli import writing

    monkeypatch.setattr(writing, "make", meanwhile)
    line = ["membership", "--member", "a-town", "--network", "c-network", "--stage", "applied"]
    assert new(root, *line) == 3
    assert "changed meanwhile" in capsys.readouterr().err
    assert not list(root.glob("memberships/*"))


def test_a_dry_run_finishes_nothing(write, capsys):
    root = write(NAMING)
    command = "partnerreg rename a-town z-city"
    told = {"command": command, "changes": [["organisations/new.yaml", None, "name: N\n"]]}
    (root / change.UNFINISHED).write_text(json.dumps(told))
    before = files(root)
    assert run(["rename", "a-town", "z-city", "--dry-run", *at(root)]) == 1
    assert run(["init", str(root)]) == 1
    assert files(root) == before


@pytest.mark.parametrize(
    "path",
    [
        "organisations/../../../evil.yaml",
        "organisations/../x.yaml",
        "imports/.x.yaml",
        "imports/x.txt",
    ],
)
def test_a_dot_file_names_nothing_outside(write, path):
    root = write()
    told = {
        "command": "partnerreg rename a b",
        "changes": [[path, None, "x\n"], [path, None, "x\n"]],
    }
    (root / change.UNFINISHED).write_text(json.dumps(told))
    before = files(root.parent)
    assert run(["rename", "a", "b", *at(root)]) == 1
    assert files(root.parent) == before


def test_the_command_of_a_dot_file_is_no_text_of_its_own(write, capsys):
    root = write()
    (root / change.UNFINISHED).write_text('{"command": "rm -rf ~", "changes": []}')
    assert run(["list", *at(root)]) == 1
    assert "rm -rf" not in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_schemas_are_not_written_through_a_link(write, tmp_path, monkeypatch):
    root = write()
    outside = tmp_path / "outside"
    assert run(["schemas", "--to", str(outside), *at(root)]) == 0
    (root.parent / "schemas").symlink_to(outside)
    before = files(outside)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert new(root, "organisation", "--name", "Zed", "--type", "other") == 0
    assert run(["schemas", *at(root)]) == 3
    assert files(outside) == before


def test_rename_changes_the_mappings_of_lists(write):
    mapping = (
        "from: l.csv\ninto: membership\norganisation: {name: =a-town}\n"
        'fields: {network: "=a-town"}\nlines: [{source: =a-town/culture-board, amount: X}]\n'
        "same: {A: a-town}\n"
    )
    root = write({"imports/m.yaml": mapping})
    assert run(["rename", "a-town", "b-town", *at(root)]) == 0
    assert (root / "imports/m.yaml").read_text() == (
        mapping.replace('"=a-town"', '"=b-town"')
        .replace("=a-town/", "=b-town/")
        .replace("A: a-town", "A: b-town")
    )
    assert run(["rename", "b-town", "a-town", *at(root)]) == 0
    assert (root / "imports/m.yaml").read_text() == mapping


@pytest.mark.parametrize(
    ("body", "period"),
    [
        (
            "period: {start: 2018, end: 2021}\nrenewal: {mode: tacit, term: P6M}",
            {"start": "2022-07", "end": "2026-06"},
        ),
        ("period: {start: 2019-03-01, end: 2022}", {"start": 2023, "end": "2026-10"}),
        ("period: {start: 2020-03-15, end: 2022-08}", {"start": "2022-09", "end": "2025-02-16"}),
    ],
)
def test_a_renewal_is_as_exact_as_it_must_be(write, body, period):
    root = write({"partnerships/old.yaml": partnership(f"title: Old\n{body}\n")})
    assert run(["renew", "old", "--id", "next", *at(root), *AS_OF]) == 0
    assert read((root / "partnerships/next.yaml").read_bytes())[0].data["period"] == period


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("renew old --start unknown", 2),
        ("renew old --start 2024-13-01", 2),
        ("renew old --end garbage", 2),
        ("renew last", 2),
        ("end old --date \udcff --reason other", 1),
        ("end old --date 2030 --reason other", 1),
        ("end old --date 2022 --reason other --note \udcff", 1),
        ("new organisation --name \udcff --type other", 2),
        ("new organisation --name x\udcff --type other", 1),
        ("new partnership --form iop --party a-town --title " + "x" * 70_000, 1),
    ],
)
def test_odd_values_get_one_line(write, capsys, line, code):
    root = write(
        {
            "partnerships/old.yaml": partnership("title: Old\n"),
            "partnerships/last.yaml": partnership("period: {start: 2020, end: 9999-12-31}\n"),
        }
    )
    before = files(root)
    assert run([*line.split(), *at(root), *AS_OF]) == code
    assert "partnerreg: error:" in capsys.readouterr().err
    assert files(root) == before


def test_a_follow_up_is_made_once(write, capsys):
    root = write({"partnerships/old.yaml": partnership("title: Old\n")})
    assert run(["renew", "old", *at(root), *AS_OF]) == 0
    assert run(["renew", "old", *at(root), *AS_OF]) == 1
    assert "is followed by old-2 already" in capsys.readouterr().err
    assert run(["renew", "old", "--id", "another", *at(root), *AS_OF]) == 0
