"""The README is true: its commands run and answer as it says, its tables are the project's own."""

import re
import shlex
from pathlib import Path

from made_parts import MARKED, part
from partnerreg.cli.main import run

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)


def made_anew(text: str, capsys, monkeypatch) -> str:
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("PARTNERREG_REGISTRY", raising=False)

    def block(match: re.Match[str]) -> str:
        command = match[1].split("\n", 1)[0]
        assert command.startswith("$ partnerreg ")
        run(shlex.split(command)[2:])
        captured = capsys.readouterr()
        return f"```console\n{command}\n{captured.out}{captured.err}```"

    text = CONSOLE.sub(block, text)
    return MARKED.sub(lambda match: f"<!-- {match[1]} -->\n{part(match[1])}\n<!-- end -->", text)


def test_readme(capsys, monkeypatch, request):
    text = README.read_text("utf-8")
    anew = made_anew(text, capsys, monkeypatch)
    if request.config.getoption("--update"):
        README.write_text(anew, "utf-8")
    assert README.read_text("utf-8") == anew


def test_example_in_readme_is_valid(write):
    from conftest import AS_OF
    from partnerreg.loading.loader import findings, load_folder

    text = README.read_text("utf-8").replace("\n   ", "\n").partition("## In CI")[0]
    settings, organisation, agreement, membership = re.findall(
        r"```yaml\n(.*?)```", text, re.DOTALL
    )
    root = write(
        {
            "settings.yaml": settings,
            "organisations/eccar.yaml": "name: ECCAR\ntype: network\n",
            "memberships/umea-eccar.yaml": membership,
            "organisations/umea-kommun.yaml": organisation,
            "organisations/van-i-umea.yaml": "name: Vän i Umeå\ntype: association\n",
            "partnerships/sample.yaml": agreement,
        }
    )
    found = findings(load_folder(root), AS_OF)
    assert {one.code for one in found} == {"PR310"}  # the three organisations of every test
