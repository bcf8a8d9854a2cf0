"""Completion: the shells' scripts run in their shells, and what they offer is accepted."""

import shutil
import subprocess
from pathlib import Path

import pytest

from partnerreg.cli.app import command
from partnerreg.cli.completion import SHELLS, words
from partnerreg.cli.main import COMMANDS, run
from partnerreg.cli.shells import script

ROOT = Path(__file__).parents[1]
WORDS = words({name: command(name) for name in COMMANDS}, COMMANDS)

BASH = """
source "$SCRIPT"
try() {
  COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
  _partnerreg
  printf '%s\\n' "${COMPREPLY[@]}"
}
try "$@"
"""
COMPLETED = [
    (["li"], ["list"]),
    (["totals", "--fund"], ["--funding-kind"]),
    (["totals", "--spread", "p"], ["payments"]),
    (
        ["totals", "--by", "recipient,theme,sou"],
        ["recipient,theme,source", "recipient,theme,source-type"],
    ),
    (["totals", "--format", "=", "m"], ["markdown"]),
    (["totals", "--party", "um"], ["umea-kommun"]),
    (["show", "gda"], ["gdansk", "gdansk-zespol"]),
    (["list", "m"], ["memberships"]),
    (["rule", "PR20"], [f"PR20{n}" for n in range(1, 10)]),
    (["help", "rep"], ["report", "reports"]),
    (["totals", "--year", ""], []),
    (["validate", "registry/set"], ["registry/settings.yaml"]),
]


def completed(tmp_path, shell: str, typed: list[str], cwd: Path = ROOT, **more) -> list[str]:
    path = tmp_path / f"completion.{shell}"
    path.write_text(script(shell, WORDS), "utf-8")
    env = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "SCRIPT": str(path), **more}
    if shell == "bash":
        done = ["bash", "--noprofile", "--norc", "-c", BASH, "-", "partnerreg", *typed]
    else:
        line = " ".join(["partnerreg", *typed])
        done = ["fish", "--no-config", "-c", f'source $SCRIPT; complete -C "{line}"']
    found = subprocess.run(done, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert found.stderr == ""
    return [line.partition("\t")[0] for line in found.stdout.splitlines() if line]


@pytest.mark.parametrize(("typed", "expected"), COMPLETED)
def test_bash(tmp_path, typed, expected):
    found = completed(tmp_path, "bash", typed)
    assert sorted(found) == sorted(expected)


@pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed here")
@pytest.mark.parametrize(
    ("typed", "expected"), [one for one in COMPLETED if "," not in one[0][-1] and "=" not in one[0]]
)
def test_fish(tmp_path, typed, expected):
    assert sorted(completed(tmp_path, "fish", typed)) == sorted(expected)


@pytest.mark.skipif(not shutil.which("zsh"), reason="zsh is not installed here")
def test_zsh_reads_its_script(tmp_path):
    path = tmp_path / "_partnerreg"
    path.write_text(script("zsh", WORDS), "utf-8")
    loads = (
        f"autoload -U compinit; compinit -u -d {tmp_path}/dump; source {path}; which _partnerreg"
    )
    done = subprocess.run(["zsh", "-f", "-c", loads], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert "_arguments" in done.stdout


def test_ids_come_from_below_from_the_variable_and_from_the_option(tmp_path):
    below = ROOT / "registry" / "organisations"
    assert completed(tmp_path, "bash", ["show", "gdansk-"], below) == ["gdansk-zespol"]
    there = {"PARTNERREG_REGISTRY": str(ROOT)}
    assert completed(tmp_path, "bash", ["show", "gdansk-"], tmp_path, **there) == ["gdansk-zespol"]
    given = ["show", "--registry", str(ROOT / "registry"), "gdansk-"]
    assert completed(tmp_path, "bash", given, tmp_path) == ["gdansk-zespol"]
    assert completed(tmp_path, "bash", ["show", "gdansk-"], tmp_path) == []


def test_file_names_run_nothing(tmp_path):
    """A checkout's file names are data: what is no id is not offered, and nothing is expanded."""
    folder = tmp_path / "registry" / "organisations"
    folder.mkdir(parents=True)
    (tmp_path / "registry" / "settings.yaml").write_text("title: T\n")
    for name in ("a$(touch PWNED)", "a`touch PWNED`", "a;touch PWNED", "a b", "aa", "a*"):
        (folder / f"{name}.yaml").write_text("")
    for shell in ("bash", *(["fish"] if shutil.which("fish") else [])):
        assert completed(tmp_path, shell, ["show", "a"], tmp_path) == ["aa"]
    assert not list(tmp_path.rglob("PWNED"))


def test_values_are_accepted(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    for word in WORDS:
        for option in word.options:
            for value in option.values[:8]:
                if (
                    value.startswith("@")
                    or option.names[-1] == "--as-of"
                    or value in {"xlsx", "png"}
                ):
                    continue
                more = {
                    "--rate": ["--in", "EUR"],
                    "--csv-dialect": ["--format", "csv"],
                    "--alarm": ["--format", "ics"],
                }
                more = more.get(option.names[-1], [])
                if word.name in {"show", "history"}:
                    more = ["umea-kommun", *more]
                if word.name in {
                    "new",
                    "init",
                    "renew",
                    "end",
                    "rename",
                    "schemas",
                    "import",
                    "export",
                    "query",
                }:
                    continue  # these write
                if word.name in {"fmt", "validate", "diff"} and option.names[-1] != "--format":
                    continue
                if word.name == "report" and option.names[-1] == "--csv-dialect":
                    continue  # it writes no CSV
                code = run([word.name, *more, option.names[-1], value])
                said = capsys.readouterr().err
                # Where the tests run without git's own folder, revisions cannot be read.
                assert code in (0, 1) or "git repository" in said, (
                    word.name,
                    option.names,
                    value,
                    said,
                )
                capsys.readouterr()


@pytest.mark.parametrize("shell", SHELLS)
def test_command(shell, capsys):
    assert run(["completion", shell]) == 0
    assert capsys.readouterr().out == script(shell, WORDS)


def test_unknown_shell(capsys):
    assert run(["completion", "csh"]) == 2
    assert "csh is not known" in capsys.readouterr().err
