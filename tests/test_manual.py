"""The manual is true: its records are valid, its commands answer as it says."""

import re
import shlex
from pathlib import Path

import pytest

from conftest import made_registry
from partnerreg.cli.main import run

MANUAL = Path(__file__).parents[1] / "src/partnerreg/manual"
YAML = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)


def files(block: str) -> dict[str, str]:
    parts = re.split(r"^# (\S+\.yaml)\n", block, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def sections(page: Path) -> list[str]:
    return re.split(r"(?m)^(?=## )", page.read_text("utf-8"))


def made_anew(base: dict[str, str], section: str, folder: Path, capsys, monkeypatch) -> str:
    """Return a section with the answers that its commands give on its own records."""
    own = {name: text for block in YAML.findall(section) for name, text in files(block).items()}
    made_registry(folder / "registry", {**base, **own})
    monkeypatch.chdir(folder)
    monkeypatch.delenv("PARTNERREG_REGISTRY", raising=False)
    if own:
        run(["validate", "--format", "concise"])
        said = capsys.readouterr().out.splitlines()
        assert [line for line in said[:-1] if "PR310" not in line] == []
        assert run(["fmt", "--check"]) == 0, capsys.readouterr().out
        capsys.readouterr()

    def answered(match: re.Match[str]) -> str:
        text = ""
        for line in match[1].splitlines():
            if line.startswith("$ "):
                command = shlex.split(line)[1:]
                assert command[0] == "partnerreg"
                assert run(command[1:]) == 0, line
                captured = capsys.readouterr()
                text += f"{line}\n{captured.out}{captured.err}\n"
        return f"```console\n{text.rstrip()}\n```"

    return CONSOLE.sub(answered, section)


@pytest.mark.parametrize("name", ["recording.md"])
def test_page(name, tmp_path, capsys, monkeypatch, request):
    page = MANUAL / name
    first, *rest = sections(page)
    base = {name: text for block in YAML.findall(first) for name, text in files(block).items()}
    anew = [first]
    for number, section in enumerate(rest):
        folder = tmp_path / str(number)
        folder.mkdir()
        anew.append(made_anew(base, section, folder, capsys, monkeypatch))
    if request.config.getoption("--update"):
        page.write_text("".join(anew), "utf-8")
    assert page.read_text("utf-8") == "".join(anew)
