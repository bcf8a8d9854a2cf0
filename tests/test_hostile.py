"""Hostile files, file systems, arguments and outputs: one clear line each, and no harm."""

import json
import os
import re
import socket
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from conftest import AS_OF, BASE, partnership
from partnerreg.cli.main import run
from partnerreg.loading.loader import findings, load_folder
from partnerreg.output import markdown

REPORTS = ("overview", "list", "totals", "expiring", "validate", "list organisations")
SLOW = ("show x", "totals --spread days --explain", "fmt --check")
"""What once took long on one file or another."""
FORMATS = ("table", "json", "csv", "markdown")
HEAD = "title: T\nform: iop\nparties: [{organisation: a-town}]\nperiod: {}\n"

BYTES = {
    "alias-bomb": "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "merge-bomb": "a: &a {x: 1}\nb: {<<: *a}\n",
    "deep-flow": "notes: " + "[" * 30_000,
    "deep-flow-maps": "notes: " + "{a: " * 15_000,
    "deep-block": "".join(" " * n + "a:\n" for n in range(300)),
    "deep-sequence": "notes: " + "- " * 30_000,
    "deep-keys": "? " * 30_000,
    "huge-key": "k" * 60_000 + ": 1\n",
    "huge-quoted-key": '"' + "k" * 60_000 + '": 1\n',
    "huge-scalar": HEAD + "notes: " + "n" * 60_000 + "\n",
    "huge-comment": HEAD + "# " + "c" * 60_000 + "\n",
    "huge-number": HEAD + "notes: " + "9" * 60_000 + "\n",
    "lookalike": HEAD + "notes: " + "1" * 60_000 + "x\n",
    "underscores": HEAD + "notes: 1" + "_" * 60_000 + "\n",
    "exponent": HEAD + "funding: {lines: [{source: a-town, year: 2020, amount: 1e999999999}]}\n",
    "digits-5000": HEAD + "funding: {lines: [{source: a-town, year: 2020, amount: " + "9" * 5000 + "}]}\n",
    "decimals-5000": HEAD + "funding: {lines: [{source: a-town, year: 2020, amount: 1." + "9" * 5000 + "}]}\n",
    "infinity": HEAD + "funding: {lines: [{source: a-town, year: 2020, amount: .inf}]}\n",
    "not-a-number": HEAD + "funding: {lines: [{source: a-town, year: 2020, amount: .nan}]}\n",
    "arabic-digits": HEAD + "funding: {lines: [{source: a-town, year: ٢٠٢٠, amount: 1}]}\n",
    "underscore-amount": HEAD + "funding: {lines: [{source: a-town, year: 2020, amount: 1_000}]}\n",
    "year-as-fraction": HEAD.replace("{}", "{start: 2020.0}"),
    "duplicate-nfc": "é: 1\ne\u0301: 2\n",
    "tag-python": "a: !!python/object/apply:os.system [ls]\n",
    "directive": "%TAG ! tag:x,2020:\n---\na: 1\n",
    "two-documents": HEAD + "---\n" + HEAD,
    "empty": "",
    "spaces": "   \n\n",
    "scalar": "text\n",
    "list": "- a\n- b\n",
    "utf-16": HEAD.encode("utf-16"),
    "utf-32": HEAD.encode("utf-32"),
    "bom": b"\xef\xbb\xbf" + HEAD.encode(),
    "broken-utf-8": HEAD.encode() + b"notes: \xff\xfe\n",
    "overlong": b"a: \xc0\xaf\n",
    "surrogates": b"a: \xed\xa0\x80\n",
    "escaped-surrogate": 'a: "\\ud800"\n',
    "nul": b"a: x\x00y\n",
    "escaped-nul": 'a: "\\0"\n',
    "escape": b"a: \x1b[31mred\n",
    "escaped-escape": 'a: "\\e[31m"\n',
    "c1": "a: \x9b31m\n",
    "bidi": "title: a\u202eb\n",
    "escaped-bidi": 'title: "\\u2066"\n',
    "line-separator": "title: a\u2028b\n",
    "next-line": "title: a\x85b\n",
    "lone-cr": b"a: 1\rb: 2\n",
    "tabs": "a:\n\t\tb: 1\n",
    "many-nodes": "notes: [" + "a," * 6000 + "]\n",
    "too-large": "# " + "x" * 70_000,
    "random": bytes(range(256)) * 40,
    "stated": HEAD + "funding: {lines: [{source: a-town, year: 2020, amount: 1, stated: " + "1 000 " * 9000 + "}]}\n",
    "personal": HEAD + "notes: '" + "811228-9874 " * 4000 + "'\n",
    "address": HEAD + "references: [{id: a, title: b, url: 'http://" + "a" * 60_000 + " '}]\n",
    "centuries": HEAD.replace("{}", "{start: 1000, end: 9999}")
    + "funding: {budget: [{per: year, amount: 1}], lines: ["
    + ", ".join(f"{{source: a-town, per: year, amount: 1, what: w{n}}}" for n in range(300))
    + "]}\n",
    "term-of-centuries": HEAD.replace("{}", "{start: 1000, end: 9999}")
    + "funding: {lines: ["
    + ", ".join(f"{{source: a-town, per: term, amount: 1, what: w{n}}}" for n in range(300))
    + "]}\n",
    "brackets-in-notes": HEAD + "notes: " + "[" * 31 + "]" * 31 + "\n",
    "unknown-followed": HEAD + "follows: [" + ", ".join(f"un-{n:04}" for n in range(4700)) + "]\n",
    "fractions-followed": HEAD + "follows: [" + "1.5, " * 4800 + "]\n",
    "many-strangers": HEAD.replace("[{organisation: a-town}]", "[" + ", ".join(f"{{organisation: x{n}}}" for n in range(1600)) + "]"),
    "many-figures-of-one-document": HEAD.replace("{}", "{start: 1950, end: 2022}")
    + "references: [{id: r, title: '" + "Document " * 2000 + "'}]\nfunding: {lines: ["
    + ", ".join(f"{{source: a-town, per: year, amount: 1, what: w{n}, reference: r}}" for n in range(30))
    + "]}\n",
    "comments-beside-a-list": HEAD + "themes:\n" + "  # c\n  - education # d\n" * 2000,
    "private-letters": '"' + "\ue000" * 300 + '": 1\n',
    "arabic-fraction": HEAD + "funding: {lines: [{source: a-town, year: 2020, amount: ٢.٥}]}\n",
    "other-kinds-keys": HEAD + "member: [x]\nnetwork: {a: b}\nadmitted: {}\n",
    "empty-lines": HEAD + "funding: {lines: [" + "{}," * 4800 + "]}\n",
    "unknown-keys": "".join(f"fundingperiod{n}: v\n" for n in range(2400)),
    "schema-key": HEAD + "$schema: https://example.org/evil.json\n$ref: file:///etc/passwd\n",
}  # fmt: skip


@pytest.mark.parametrize("name", BYTES)
def test_bytes(name, write, capsys):
    """An answer from every command; what is wrong has a line, a code and a hint-sized message."""
    content = BYTES[name]
    root = write(
        {"partnerships/x.yaml": content if isinstance(content, bytes) else content.encode()}
    )
    found = [one for one in findings(load_folder(root), AS_OF) if one.path == "partnerships/x.yaml"]
    for one in found:
        assert len(one.message) < 200
        assert one.span.line >= 1
    bad = {one.code[:3] for one in found if one.severity == "error"}
    for command in REPORTS:
        fails = bool(bad if command == "validate" else bad - {"PR3"})
        code = run([*command.split(), "--registry", str(root), "--as-of", "2022-06-15"])
        out, err = capsys.readouterr()
        assert code == int(fails and "organisations" not in command), (command, err)
        assert not err
        assert is_printable(out)
    for command in SLOW:
        run([*command.split(), "--registry", str(root), "--as-of", "2022-06-15"])
        assert len(capsys.readouterr().out) < 1_000_000


RATES = {
    "short-lines": ("Date,SEK\n" + "x\n" * 40_000, 100),
    "empty-lines": ("Date,SEK\n" + "\n" * 300_000, 1),
    "one-rate": ("Date,SEK\n2020-01-02," + "1" * 300_000 + "\n", 1),
    "commas": ("Date,SEK\n2020-01-02" + "," * 300_000 + "\n", 1),
    "wide-header": ("Date" + "," * 300_000 + "\n", 1),
    "few-cells": ("Date,SEK,PLN\n2020-01-02,10.5\n", 1),
    "no-head": ("Date,SEK,\n2020-01-02,10.5,7\n", 1),
    "as-the-bank-has-it": ("Date,SEK,\n2020-01-02,10.5,\n", 0),
    "line-separator": ("Date,SEK\n2020-01-02,10.5\u20282020-01-03,10.6\n", 1),
    "escape": ("Date,SEK\n2020-01-02,\x1b[31m\n", 1),
    "zero": ("Date,SEK\n2020-01-02,0.000\n", 1),
    "negative": ("Date,SEK\n2020-01-02,-1\n", 1),
    "arabic-digits": ("Date,SEK\n2020-01-02,١\n", 1),
    "no-day": ("Date,SEK\n2020-02-30,1\n2020-02,1\n20200203,1\n", 3),
    "twice": ("Date,SEK\n2020-01-02,1\n2020-01-02,2\n", 1),
    "crlf": ("Date,SEK\r\n2020-01-02,10.5\r\n", 0),
}


@pytest.mark.parametrize("name", RATES)
def test_rates(name, write, capsys):
    text, number = RATES[name]
    root = write({"rates/ecb.csv": text})
    found = [one for one in findings(load_folder(root), AS_OF) if one.path == "rates/ecb.csv"]
    assert [one.code for one in found] == ["PR004"] * number
    assert run(["validate", "--registry", str(root)]) == (1 if number else 0)
    assert is_printable(capsys.readouterr().out)


def is_printable(text: str) -> bool:
    """No control, bidi or invisible character but line ends."""
    if set("\u115f\u3164\uffa0\ufe0f\u034f") & set(text):
        return False
    return not any(
        unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} for c in text if c != "\n"
    )


@pytest.mark.parametrize("name", BYTES)
@pytest.mark.parametrize("file", ["settings.yaml", "rates/ecb.csv", "organisations/a-town.yaml"])
def test_bytes_in_other_files(name, file, write, capsys):
    content = BYTES[name]
    root = write({file: content if isinstance(content, bytes) else content.encode()})
    for command in ("validate", "totals", "totals --in EUR", "list organisations"):
        code = run([*command.split(), "--registry", str(root), "--as-of", "2022-06-15"])
        out, err = capsys.readouterr()
        assert code in {0, 1}, (command, err)
        assert is_printable(out + err)


HOSTILE = "\\u200b\\u3164\\ufe0f<b>=1+1|x</b> @all #1 ::error::x [a](http://e.org) `c` [red]r[/x] :tada: ##[add-mask]"


@pytest.mark.parametrize("style", FORMATS)
@pytest.mark.parametrize("command", [*REPORTS, "show x", "rule"])
def test_outputs(command, style, write, capsys, monkeypatch):
    """What data says is text in every output."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    text = f'"{HOSTILE}"'
    root = write(
        {
            "settings.yaml": f"title: {text}\ncurrency: SEK\n",
            "organisations/a-town.yaml": f"name: {text}\ntype: municipality\n",
            "partnerships/x.yaml": f"title: {text}\nform: iop\nsummary: {text}\n"
            "parties: [{organisation: a-town}]\nperiod: {start: 2020, end: 2022-07}\n"
            f"labels: {{k: {text}}}\nnotes: {text}\n"
            f"funding: {{lines: [{{source: a-town, year: 2020, amount: 1, what: {text}}}]}}\n",
        }
    )
    run([*command.split(), "--registry", str(root), "--as-of", "2022-06-15", "--format", style])
    out, err = capsys.readouterr()
    assert is_printable(out + err)
    assert not re.search(r"(?m)^\s*::", out + err)
    assert "##[" not in out + err
    if style == "markdown":
        assert "<b>" not in out
        assert "@all" not in out
        assert "](http" not in out
        assert ":tada:" not in out
    if style == "csv":
        assert not re.search(r"(?m)(^|,)\"?[=+@]", out)
    if style == "json":
        json.loads(out)


@pytest.mark.parametrize("columns", [1, 20, 80, 160])
@pytest.mark.parametrize("colour", [True, False])
def test_terminal(columns, colour, write):
    from partnerreg.output import terminal
    from partnerreg.reports.agreements import listing
    from partnerreg.reports.totals.report import totals

    root = write(
        {
            "partnerships/x.yaml": partnership(
                f'title: "{HOSTILE}"\nfunding: {{lines: [{{source: a-town, year: 2020, amount: 1}}]}}\n'
            )
        }
    )
    registry = load_folder(root).registry
    for report in (listing(registry, AS_OF), totals(registry, AS_OF, explain=True)):
        out = terminal.render(report, columns, colour=colour)
        assert is_printable(re.sub(r"\x1b\[[0-9;]*m", "", out) if colour else out)
        assert (
            "[red]r[/x]" in out.replace("\n", "")
            or columns < 80
            or report.title.startswith("Funding")
        )


def test_file_system(write, capsys, tmp_path):
    root = write()
    folder = root / "partnerships"
    folder.mkdir(exist_ok=True)
    outside = tmp_path / "outside.yaml"
    outside.write_text(partnership("title: Outside\n"), "utf-8")
    (folder / "link.yaml").symlink_to(outside)
    (folder / "dangling.yaml").symlink_to("nowhere.yaml")
    (folder / "circle").symlink_to(folder)
    (folder / "elsewhere").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.yaml")
    (folder / "folder.yaml").mkdir()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(folder / "s.yaml"))
    (folder / "new\nline.yaml").write_text("title: x\n", "utf-8")
    (folder / "\x1b[31m.yaml").write_text("title: x\n", "utf-8")
    (folder / "Upper.yaml").write_text("title: x\n", "utf-8")
    (folder / "x.YAML").write_text("title: x\n", "utf-8")
    (folder / "x.yml").write_text("title: x\n", "utf-8")
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.yaml")).write_text("title: x\n", "utf-8")
    (folder / "readme.txt").write_text("\x00", "utf-8")
    (folder / ".hidden.yaml").write_text("[", "utf-8")
    code = run(
        ["validate", "--registry", str(root), "--format", "concise", "--as-of", "2022-06-15"]
    )
    listener.close()
    out, err = capsys.readouterr()
    assert code == 1
    assert not err
    assert is_printable(out)
    lines = [line for line in out.splitlines() if "PR310" not in line]
    assert len(lines) == 14
    assert sum("PR001" in line for line in lines) == 7
    assert sum("PR002" in line for line in lines) == 6
    assert "Outside" not in out
    assert run(["list", "--registry", str(root)]) == 1


def test_unreadable(write, capsys, monkeypatch):
    """Permissions do not bind every user: what the system says is put in its place."""
    root = write({"partnerships/x.yaml": partnership("")})
    real_open, real_scandir = os.open, os.scandir

    def refusing_open(path, *arguments, **keywords):
        if str(path).endswith("x.yaml"):
            raise PermissionError(13, "Permission denied")
        return real_open(path, *arguments, **keywords)

    def refusing_scandir(path):
        if str(path).endswith("memberships"):
            raise PermissionError(13, "Permission denied")
        return real_scandir(path)

    (root / "memberships").mkdir()
    monkeypatch.setattr(os, "open", refusing_open)
    monkeypatch.setattr(os, "scandir", refusing_scandir)
    assert run(["validate", "--registry", str(root), "--format", "concise"]) == 1
    out = capsys.readouterr().out
    assert (
        "partnerships/x.yaml:1:1: PR001 unreadable-file: cannot be read: permission denied" in out
    )
    assert "memberships:1:1: PR001 unreadable-file: cannot be looked into" in out


def test_folder_linked_from_outside(write, capsys, tmp_path):
    root = write({"partnerships/x.yaml": partnership("")})
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/ecb.csv").write_text("Date,SEK\nsecret\n", "utf-8")
    (tmp_path / "outside/y.yaml").write_text("secret: 1\n", "utf-8")
    (root / "rates").symlink_to(tmp_path / "outside")
    (root / "memberships").symlink_to(tmp_path / "outside")
    assert run(["validate", "--registry", str(root), "--format", "concise"]) == 1
    out = capsys.readouterr().out
    assert "rates:1:1: PR001 unreadable-file: a link is not followed" in out
    assert "memberships:1:1: PR001 unreadable-file: a link is not followed" in out
    assert "secret" not in out
    assert run(["totals", "--in", "EUR", "--registry", str(root)]) == 1
    assert "secret" not in "".join(capsys.readouterr())


def test_vanishing(write, capsys, monkeypatch):
    root = write({"partnerships/x.yaml": partnership("")})
    real_open = os.open

    def vanishing(path, *arguments, **keywords):
        if str(path).endswith("x.yaml"):
            raise FileNotFoundError(2, "No such file or directory")
        return real_open(path, *arguments, **keywords)

    monkeypatch.setattr(os, "open", vanishing)
    assert run(["totals", "--registry", str(root)]) == 1
    assert "invalid-left-out" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "../../etc/passwd"],
        ["show", "--", "-x"],
        ["show", "a\nb"],
        ["show", "\x1b[2J"],
        ["history", "--", "-x"],
        ["list", "--as-of", "0000-01-01"],
        ["list", "--as-of", "2023-02-29"],
        ["list", "--as-of", "٢٠٢٢-٠١-٠١"],
        ["list", "--active-on", "10000-01-01"],
        ["totals", "--year", "٢٠٢٢"],
        ["totals", "--year", "2022..2020"],
        ["expiring", "--within", "-5d"],
        ["expiring", "--within", "99999999999y"],
        ["expiring", "--from", "2022"],
        ["validate", "/etc/passwd"],
        ["validate", "../.."],
        ["list", "--party", "=1+1"],
        ["totals", "--in", "\x1b]0;x\x07"],
        ["list", "--label", "x"],
        ["list", "-o", "x.\x1b"],
    ],
)
def test_arguments(arguments, write, capsys, monkeypatch):
    root = write()
    monkeypatch.chdir(root.parent)
    code = run(arguments)
    out, err = capsys.readouterr()
    assert code in {2, 3} or (code == 0 and arguments[:2] == ["validate", "../.."])
    if code:
        assert not out
        assert err.startswith("partnerreg: error: ")
        assert len(err.splitlines()) <= 2
    assert is_printable(err)


@pytest.mark.parametrize("day", ["9999-12-31", "1000-01-01"])
def test_edges_of_time(day, write, capsys):
    root = write(
        {
            "partnerships/x.yaml": partnership(
                "period: {start: 1000, end: 9999}\nnotice: P9999Y\nrenewal: {mode: tacit, term: P9999Y}\n"
            )
        }
    )
    for command in (
        ["expiring", "--within", "9999y"],
        ["overview"],
        ["totals", "--spread", "days"],
        ["show", "x"],
    ):
        assert run([*command, "--registry", str(root), "--as-of", day]) == 0


@pytest.fixture
def program(write):
    root = write(
        {
            "partnerships/x.yaml": partnership("title: Łódź\n"),
            "organisations/a-town.yaml": "name: Åmål\ntype: other\n",
        }
    )

    def _program(shell: str, **environ: str) -> subprocess.CompletedProcess:
        line = shell.replace("partnerreg", f"{sys.executable} -m partnerreg")
        env = {**os.environ, "PARTNERREG_REGISTRY": str(root), **environ}
        return subprocess.run(["bash", "-c", line], env=env, capture_output=True, check=False)

    return _program


def test_closed_pipe(program):
    done = program("set -o pipefail; partnerreg rule | head -1")
    assert done.stderr == b""
    assert done.returncode == 0


@pytest.mark.parametrize(
    "line", ["overview", "validate --format json", "--help", "totals --help", "--version", "rule"]
)
def test_a_reader_that_has_gone(program, line):
    done = program(f"partnerreg {line} | true; echo ${{PIPESTATUS[0]}}")
    assert (done.stdout, done.stderr) == (b"0\n", b"")


def test_closed_error_output(program):
    assert program("partnerreg lits 2>&-").returncode == 2
    assert program("partnerreg list --format csv 2>&-").returncode == 0


def test_closed_output(program):
    done = program("partnerreg list >&-")
    assert (done.returncode, done.stderr) == (0, b"")


def test_full_disk(program):
    done = program("partnerreg list > /dev/full")
    assert done.returncode == 3
    assert done.stderr.decode().startswith("partnerreg: error: cannot write standard output")


def test_ascii_terminal(program):
    done = program(
        "partnerreg list",
        LC_ALL="C",
        PYTHONUTF8="0",
        PYTHONIOENCODING="ascii",
        PYTHONCOERCECLOCALE="0",
    )
    assert done.returncode == 0
    assert b"\\u0141\\xf3d\\u017a" in done.stdout


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_formats_have_an_encoding_of_their_own(program, encoding):
    """JSON is valid in any encoding; CSV, Markdown and XML are UTF-8."""
    environ = {"PYTHONUTF8": "0", "PYTHONIOENCODING": encoding, "LC_ALL": "C"}
    done = program("partnerreg list --format json", **environ)
    assert done.stdout.isascii()
    assert json.loads(done.stdout)["rows"][0]["title"] == "Łódź"
    for style in ("csv", "markdown"):
        done = program(f"partnerreg list --format {style}", **environ)
        assert "Łódź" in done.stdout.decode("utf-8")


def test_output_to_a_circle_of_links(write, capsys, tmp_path):
    (tmp_path / "a.csv").symlink_to("b.csv")
    (tmp_path / "b.csv").symlink_to("a.csv")
    assert run(["list", "--registry", str(write()), "-o", str(tmp_path / "a.csv")]) == 3
    assert "is a link" in capsys.readouterr().err
    assert (tmp_path / "a.csv").is_symlink()


def test_a_folder_without_permission(write, capsys, monkeypatch):
    (folder := write() / "none").mkdir()
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    assert run(["list", "--registry", str(folder)]) == 3
    assert "permission denied" in capsys.readouterr().err


def test_semicolons_are_cells_too(write, capsys):
    root = write({"partnerships/x.yaml": partnership('title: "a;=1+1; @x"\n')})
    assert run(["list", "--registry", str(root), "--format", "csv"]) == 0
    assert "a;'=1+1;' @x" in capsys.readouterr().out


@pytest.mark.parametrize(
    "text", ["GH-1", "gh-1", "deadbeef1", "a" * 40, "!1", "%m1", "~label", "$1", "&1", "@a", "#1"]
)
def test_references_of_forges(text):
    shown = markdown.safe(text)
    assert text not in shown
    assert text not in shown.replace("\\", "").replace("&amp;", "&")
    bare = shown.replace("<!-- -->", "").replace("\\", "").replace("&amp;", "&")
    assert bare == text
    parts = shown.split("<!-- -->")
    assert not any(re.search(r"\b[0-9a-f]{7,40}\b", part) for part in parts)


def test_a_long_title_pads_no_other_row(write, capsys):
    files = {f"partnerships/x{n}.yaml": partnership("title: Short\n") for n in range(50)}
    files["partnerships/y.yaml"] = partnership(f"title: {'w' * 60_000}\n")
    assert run(["list", "--registry", str(write(files))]) == 0
    assert len(capsys.readouterr().out) < 100_000


def test_output_file(write, capsys, tmp_path):
    root = write()
    target = tmp_path / "out.csv"
    target.write_text("old", "utf-8")
    target.chmod(0o604)
    assert run(["list", "--registry", str(root), "-o", str(target)]) == 0
    assert target.read_text("utf-8").startswith("id,kind")
    assert target.stat().st_mode & 0o777 == 0o604
    assert run(["list", "--registry", str(root), "-o", str(tmp_path / "no/such/out.csv")]) == 3
    assert run(["list", "--registry", str(root), "-o", "/dev/full", "--format", "csv"]) == 3
    assert not [one for one in os.listdir(tmp_path) if one.startswith(".partnerreg")]


def test_the_registrys_own_schemas_are_nothing(write):
    root = write(
        {
            "schemas/partnership.schema.json": '{"$ref": "https://example.org/x"}',
            "partnerships/x.yaml": "title: 5\n",
        }
    )
    assert any(one.path == "partnerships/x.yaml" for one in findings(load_folder(root), AS_OF))


def test_nothing_is_fetched(write, monkeypatch):
    def refuse(*_arguments, **_keywords):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert (
        run(["validate", "--registry", str(write({"partnerships/x.yaml": BYTES["schema-key"]}))])
        == 1
    )


def test_killed_while_writing(write):
    """Every file is whole, old or new, and the next run clears what a killed one left."""
    layout = "form: iop\ntitle: T{n}\nparties: [{{organisation: a-town}}]\nperiod: {{}}\n"
    old = {f"partnerships/p{n}.yaml": layout.format(n=n) for n in range(120)}
    root = write(old)
    allowed = {}
    for name, text in old.items():
        from partnerreg.authoring.format import formatted

        allowed[name] = {text.encode(), formatted(text.encode(), "partnership")}
        (root / name).chmod(0o640)
    command = [sys.executable, "-m", "partnerreg", "fmt", "--registry", str(root)]
    for attempt in range(6):
        for name, text in old.items():
            (root / name).write_text(text, "utf-8")
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=0.15 + attempt * 0.04)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for name in old:
            assert (root / name).read_bytes() in allowed[name]
            assert (root / name).stat().st_mode & 0o777 == 0o640
    assert run(["fmt", "--registry", str(root)]) == 0
    assert not [name for name in os.listdir(root / "partnerships") if name.startswith(".")]


def test_a_file_that_changed_is_not_overwritten(write, monkeypatch, capsys):
    from partnerreg.store import atomic as edit

    root = write(
        {
            "partnerships/x.yaml": "form: iop\ntitle: T\nparties: [{organisation: a-town}]\nperiod: {}\n"
        }
    )
    path = root / "partnerships/x.yaml"
    real = edit.rewrite

    def late(*given):
        path.write_text("title: Somebody else's\n", "utf-8")
        real(*given)

    monkeypatch.setattr("partnerreg.store.atomic.rewrite", late)
    assert run(["fmt", "--registry", str(root)]) == 3
    assert "changed meanwhile" in capsys.readouterr().err
    assert path.read_text("utf-8") == "title: Somebody else's\n"


def test_the_other_files_are_written(write, monkeypatch, capsys):
    """One file that cannot be written is named; it keeps no other from being laid out."""
    from partnerreg.store import atomic as edit

    text = "form: iop\ntitle: T\nparties: [{organisation: a-town}]\nperiod: {}\n"
    root = write({f"partnerships/{name}.yaml": text for name in "xyz"})
    real = edit.replace

    def refusing(path, whole, folder):
        if path == "y.yaml":
            raise OSError(28, "No space left on device")
        real(path, whole, folder)

    monkeypatch.setattr(edit, "replace", refusing)
    assert run(["fmt", "--registry", str(root)]) == 3
    out, err = capsys.readouterr()
    assert "y.yaml: no space left on device" in err
    assert "2 files changed" in out
    assert (root / "partnerships/y.yaml").read_text("utf-8") == text
    assert (root / "partnerships/z.yaml").read_text("utf-8") != text


def test_two_writers_agree(write):
    """A file that another run has already laid out is no problem."""
    from partnerreg.store.atomic import rewrite

    root = write({"partnerships/x.yaml": "new\n"})
    rewrite(root, "partnerships/x.yaml", b"old\n", b"new\n")
    assert (root / "partnerships/x.yaml").read_bytes() == b"new\n"


def test_base_is_clean():
    assert all(text.endswith("\n") for text in BASE.values())
