"""The README is true: its commands run and answer as it says, and it stays short."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

from partnerreg.cli.main import run
from partnerreg.cli.manual import PAGES

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
MOST = 12 * 1024


def made_anew(text: str, capsys, monkeypatch) -> str:
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("PARTNERREG_REGISTRY", raising=False)

    def block(match: re.Match[str]) -> str:
        command = match[1].split("\n", 1)[0]
        assert command.startswith("$ partnerreg ")
        run(shlex.split(command)[2:])
        captured = capsys.readouterr()
        return f"```console\n{command}\n{captured.out}{captured.err}```"

    return CONSOLE.sub(block, text)


def test_readme(capsys, monkeypatch, request):
    text = README.read_text("utf-8")
    anew = made_anew(text, capsys, monkeypatch)
    if request.config.getoption("--update"):
        README.write_text(anew, "utf-8")
    assert README.read_text("utf-8") == anew


def test_readme_is_short_and_names_every_page():
    text = README.read_text("utf-8")
    assert len(text.encode()) <= MOST
    assert set(re.findall(r"\(src/partnerreg/manual/([a-z]+)\.md\)", text)) == set(PAGES)


def test_a_registry_in_a_minute(tmp_path):
    text = README.read_text("utf-8").partition("in a minute")[2]
    script = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)[0]
    program = tmp_path / "partnerreg"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m partnerreg "$@"\n')
    program.chmod(0o755)
    env = {"PATH": f"{tmp_path}:/usr/bin:/bin", "HOME": str(tmp_path)}
    done = subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "checked: no findings" in done.stdout
    assert "Sheltered housing" in done.stdout
