"""Formats for CI, against their published schemas and as their readers read them."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerreg.base.printable import is_plain
from partnerreg.cli.main import run
from partnerreg.output.json import dumped

FORMATS = Path(__file__).parent / "formats"
HOSTILE = 'title: "a%0A::error::b, c:d <x> & ]]> | @e"\nform: nope\n'


@pytest.fixture
def registry(write, monkeypatch):
    root = write(
        {
            "partnerships/one.yaml": HOSTILE,
            "partnerships/two.yaml": "title: Two\nform: iop\nparties: [{organisation: a-twon}]\nperiod: {}\n",
            "partnerships/::error::x.yaml": "title: x\n",
            **{f"organisations/o{n}.yaml": f"name: O{n}\ntype: xx\n" for n in range(12)},
        }
    )
    monkeypatch.chdir(root.parent)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return root


def output(capsys, *arguments: str) -> str:
    run(["validate", "--as-of", "2022-06-15", *arguments])
    return capsys.readouterr().out


def test_sarif(registry, capsys):
    from jsonschema import Draft7Validator

    whole = json.loads(output(capsys, "--format", "sarif"))
    schema = json.loads((FORMATS / "sarif-2.1.0.json").read_text("utf-8"))
    assert not list(Draft7Validator(schema).iter_errors(whole))
    results = whole["runs"][0]["results"]
    rules = whole["runs"][0]["tool"]["driver"]["rules"]
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in results)
    uris = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in results}
    assert "registry/partnerships/%3A%3Aerror%3A%3Ax.yaml" in uris


def test_junit(registry, capsys):
    import xmlschema

    text = output(capsys, "--format", "junit")
    xmlschema.XMLSchema(FORMATS / "junit-10.xsd").validate(text)
    assert text.count("<failure") == len(
        json.loads(output(capsys, "--format", "json"))["rows"]
    ) - text.count("PR310")


def test_junit_of_nothing(write, capsys, monkeypatch):
    import xmlschema

    monkeypatch.chdir(write({"organisations/a-town.yaml": "name: A\ntype: other\n"}).parent)
    text = output(capsys, "--format", "junit", "registry/settings.yaml")
    xmlschema.XMLSchema(FORMATS / "junit-10.xsd").validate(text)


def test_gitlab(registry, capsys):
    issues = json.loads(output(capsys, "--format", "gitlab"))
    for issue in issues:
        assert {"description", "check_name", "fingerprint", "severity", "location"} <= set(issue)
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"]["lines"]["begin"] >= 1
    prints = [issue["fingerprint"] for issue in issues]
    assert len(set(prints)) == len(prints)


def test_gitlab_fingerprints_do_not_move_with_lines(registry, capsys):
    before = {one["fingerprint"] for one in json.loads(output(capsys, "--format", "gitlab"))}
    path = registry / "partnerships/two.yaml"
    path.write_text("# a new line\n" + path.read_text("utf-8"), "utf-8")
    assert {
        one["fingerprint"] for one in json.loads(output(capsys, "--format", "gitlab"))
    } == before


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Read workflow commands as GitHub's runner does."""
    found = []
    for line in text.splitlines():
        match = re.match(r"\s*::(\w+)(?: ([^:]*))?::(.*)$", line)
        if match:
            pairs = dict(pair.split("=", 1) for pair in (match[2] or "").split(",") if pair)
            found.append((match[1], pairs, match[3]))
    return found


def test_github(registry, capsys, monkeypatch, tmp_path):
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    text = output(capsys)
    found = commands(text)
    kinds = [kind for kind, *_ in found]
    assert kinds == sorted(kinds, key=["error", "warning", "notice"].index)
    assert kinds.count("error") == 10
    assert kinds.count("notice") <= 10
    assert found[-1][2].startswith("and ")
    for kind, pairs, _ in found[:-1]:
        assert kind in {"error", "warning", "notice"}
        assert set(pairs) <= {"file", "line", "col", "endLine", "endColumn", "title"}
    rows = [line for line in summary.read_text("utf-8").splitlines() if line.startswith("| ")]
    assert len(rows) - 2 == len(json.loads(output(capsys, "--format", "json"))["rows"])


def test_reports_cannot_speak_to_the_runner(write, capsys, monkeypatch):
    root = write({"settings.yaml": 'title: "::error::owned ##[add-mask]x"\n'})
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    for style in ("table", "json", "markdown", "csv"):
        run(["overview", "--registry", str(root), "--format", style])
        out = capsys.readouterr().out
        assert not commands(out)
        assert "##[" not in out


LETTERS = st.text(st.characters(codec="utf-8", categories=["L", "M", "N", "P", "S"]))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | LETTERS,
        lambda inner: st.lists(inner) | st.dictionaries(LETTERS, inner),
    )
)
def test_json_is_what_the_library_writes(whole):
    """But for letters that cannot be seen, which are escapes, and the runner's commands."""
    text = dumped(whole)
    assert json.loads(text) == whole
    plain = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    if is_plain(plain.replace("\n", "")) and "##[" not in plain:
        assert text == plain
