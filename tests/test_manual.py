"""The manual is true: its records are valid, its commands answer as it says."""

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import made_registry
from made_parts import MARKED, part
from partnerreg.cli.main import COMMANDS, command_module, run
from partnerreg.cli.manual import PAGES

ROOT = Path(__file__).parents[1]
MANUAL = ROOT / "src/partnerreg/manual"
YAML = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
PYTHON = re.compile(r"```python\n(.*?)```\n\n```\n(.*?)```", re.DOTALL)
GIT = {
    "GIT_AUTHOR_NAME": "An officer",
    "GIT_AUTHOR_EMAIL": "officer@example.org",
    "GIT_COMMITTER_NAME": "An officer",
    "GIT_COMMITTER_EMAIL": "officer@example.org",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_SYSTEM": "/dev/null",
}
NETWORK = "name: City Network\ntype: network\n"
WITH_RECORDS = ("recording", "reports")
"""Pages whose sections are run on the records that stand in them."""


def files(block: str) -> dict[str, str]:
    parts = re.split(r"^# (\S+\.yaml)\n", block, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def sections(text: str) -> list[str]:
    return re.split(r"(?m)^(?=## )", text)


def records(section: str) -> dict[str, str]:
    return {name: text for block in YAML.findall(section) for name, text in files(block).items()}


def are_right(base: dict[str, str], own: dict[str, str], folder: Path, capsys) -> None:
    """Check that a section's records are valid and laid out canonically."""
    made_registry(folder / "registry", {**base, **own})
    if own:
        run(["validate", "--format", "concise"])
        said = capsys.readouterr().out.splitlines()
        assert [line for line in said[:-1] if "PR310" not in line] == []
        assert run(["fmt", "--check"]) == 0, capsys.readouterr().out
        capsys.readouterr()


def answered(section: str, capsys) -> str:
    """Return a section with the answers that its commands give now."""

    def block(match: re.Match[str]) -> str:
        text = ""
        for line in match[1].splitlines():
            if line.startswith("$ "):
                command = shlex.split(line)[1:]
                assert command[0] == "partnerreg"
                assert run(command[1:]) == 0, line
                captured = capsys.readouterr()
                text += f"{line}\n{captured.out}{captured.err}\n"
        return f"```console\n{text.rstrip()}\n```"

    return CONSOLE.sub(block, section)


def walked(text: str, capsys, monkeypatch) -> str:
    """Return a page whose blocks are run one after the other in one folder."""
    env = {**os.environ, **GIT}

    def block(match: re.Match[str]) -> str:
        kind, body = match[1], match[2]
        if kind == "sh":
            for line in body.splitlines():
                if line.startswith("cd "):
                    monkeypatch.chdir(line.removeprefix("cd "))
                else:
                    subprocess.run(line, shell=True, check=True, env=env)
        elif kind.startswith("yaml file="):
            return f"```{kind}\n{Path(kind.removeprefix('yaml file=')).read_text('utf-8')}```"
        elif kind == "console":
            return answered(match[0], capsys)
        return match[0]

    return re.sub(r"```([^\n]*)\n(.*?)```", block, text, flags=re.DOTALL)


@pytest.mark.parametrize("name", PAGES)
def test_page(name, tmp_path, capsys, monkeypatch, request):
    page = MANUAL / f"{name}.md"
    text = page.read_text("utf-8")
    monkeypatch.delenv("PARTNERREG_REGISTRY", raising=False)
    monkeypatch.chdir(ROOT)
    anew = MARKED.sub(lambda m: f"<!-- {m[1]} -->\n{part(m[1])}\n<!-- end -->", text)
    if name in WITH_RECORDS:
        parts = sections(anew)
        shared = [one for one in parts if one is parts[0] or one.startswith("## The records\n")]
        base = {key: value for one in shared for key, value in records(one).items()}
        made = []
        for number, section in enumerate(parts):
            folder = tmp_path / str(number)
            folder.mkdir()
            monkeypatch.chdir(folder)
            are_right(base, records(section), folder, capsys)
            made.append(answered(section, capsys))
        anew = "".join(made)
    elif name == "import":
        monkeypatch.chdir(tmp_path)
        base = {"settings.yaml": "title: Lists\n", "organisations/city-network.yaml": NETWORK}
        made_registry(tmp_path / "registry", base)
        for path, body in re.findall(r"```\w+ file=(\S+)\n(.*?)```", anew, re.DOTALL):
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_text(body, "utf-8")
        anew = answered(anew, capsys)
    elif name == "start":
        monkeypatch.chdir(tmp_path)
        anew = walked(anew, capsys, monkeypatch)
    else:
        anew = answered(anew, capsys)
    if request.config.getoption("--update"):
        page.write_text(anew, "utf-8")
    assert page.read_text("utf-8") == anew


def test_every_page_is_listed():
    assert {page.stem for page in MANUAL.glob("*.md")} == set(PAGES)


def test_every_command_is_told():
    told = re.findall(r"<!-- options: ([a-z]+) -->", (MANUAL / "commands.md").read_text("utf-8"))
    assert set(told) == set(COMMANDS) - {"overview"}


def test_links_lead_somewhere():
    for page in MANUAL.glob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (MANUAL / target).exists(), (page.name, target)


def test_python_examples(monkeypatch):
    monkeypatch.chdir(ROOT)
    text = (MANUAL / "python.md").read_text("utf-8")
    code, said = PYTHON.findall(text)[0]
    names: dict = {}
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(code, "python.md", "exec"), names)
    assert out.getvalue() == said
    for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL)[1:]:
        exec(compile(block, "python.md", "exec"), names)


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_of_help(name, monkeypatch, tmp_path, capsys):
    """What `--help` shows as examples is accepted on the shipped registry, or only finds no id."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "registry", tmp_path / "registry")
    (tmp_path / "members.csv").write_text("Medlem\nUmeå kommun\n", "utf-8")
    (tmp_path / "grants.json").write_text('{"grants": []}', "utf-8")
    (tmp_path / "registry/imports").mkdir()
    mapping = "from: members.csv\ninto: organisation\norganisation: {name: Medlem, type: =region}\n"
    (tmp_path / "registry/imports/members.yaml").write_text(mapping, "utf-8")
    (tmp_path / "registry/imports/members.csv").write_text("Medlem\nNytt län\n", "utf-8")
    for line in ("init -q -b main", "add -A", "commit -q -m x"):
        subprocess.run(["git", *line.split()], check=True, env={**os.environ, **GIT})
    for line, answer in getattr(command_module(name), "EXAMPLES", ()):
        command, *arguments = shlex.split(line.partition(" > ")[0])
        assert command == name
        code = run([command, *arguments])
        said = capsys.readouterr()
        asks = command == "new" and len(arguments) == 1
        assert code in ((2,) if asks else (0, 1)), (line, said.err)
        assert answer


def test_man_pages(request):
    from man_pages import man_pages

    folder = MANUAL / "man"
    made = man_pages()
    if request.config.getoption("--update"):
        folder.mkdir(exist_ok=True)
        for name, text in made.items():
            (folder / name).write_text(text, "utf-8")
    assert {page.name: page.read_text("utf-8") for page in folder.glob("*.1")} == made
