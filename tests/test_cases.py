"""Commands as users give them: a registry, a command line, and all that it answers.

A case is a folder with `cmd`, `registry/` and `expected`. `pytest --update` writes `expected`
anew, to be read in review.
"""

import os
import shlex
from pathlib import Path

import pytest

from partnerreg.cli.main import run

CASES = Path(__file__).parent / "cases"
NAMES = sorted(path.parent.name for path in CASES.glob("*/cmd"))


def answer(case: Path, capsys, monkeypatch) -> str:
    monkeypatch.chdir(case)
    for name in ("PARTNERREG_REGISTRY", "NO_COLOR", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    program, *arguments = shlex.split((case / "cmd").read_text("utf-8"))
    assert program == "partnerreg"
    code = run(arguments)
    captured = capsys.readouterr()
    parts = [captured.out, "--- standard error\n" + captured.err if captured.err else ""]
    return "".join(part for part in parts if part) + f"--- exit {code}\n"


@pytest.mark.parametrize("name", NAMES)
def test_case(name, capsys, monkeypatch, request):
    case = CASES / name
    given = answer(case, capsys, monkeypatch)
    expected = case / "expected"
    if request.config.getoption("--update"):
        expected.write_text(given, "utf-8")
    assert given == expected.read_text("utf-8")


def test_there_are_cases():
    assert len(NAMES) > 30
    assert os.listdir(CASES)
