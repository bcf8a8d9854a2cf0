"""Hooks, the action and the manual's pipelines are well formed and name what there is."""

import re
from pathlib import Path

from partnerreg.cli.main import COMMANDS
from partnerreg.reading.yaml_reader import read

ROOT = Path(__file__).parents[1]


def test_hooks():
    from ruamel.yaml import YAML

    hooks = YAML(typ="safe", pure=True).load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [hook["id"] for hook in hooks] == ["partnerreg-fmt", "partnerreg-validate"]
    assert [hook.get("pass_filenames", True) for hook in hooks] == [True, False]
    assert all(hook["entry"].split()[1] in COMMANDS for hook in hooks)
    files = re.compile(hooks[0]["files"])
    assert files.search("registry/partnerships/sub/x.yaml")
    assert not files.search("docs/x.yaml")


def test_action():
    document, problems = read((ROOT / "action.yml").read_bytes())
    assert not problems
    steps = document.data["runs"]["steps"]
    for step in steps:
        # Inputs reach the shell through its environment, never through its text.
        assert "${{" not in step.get("run", "")
    used = set(re.findall(r"inputs\.([\w-]+)", (ROOT / "action.yml").read_text("utf-8")))
    assert used == set(document.data["inputs"])


def test_pipelines_of_the_manual():
    from ruamel.yaml import YAML

    text = (ROOT / "src/partnerreg/manual/ci.md").read_text("utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert len(blocks) == 3
    for block in blocks:
        assert YAML(typ="safe", pure=True).load(block)
    for command in re.findall(r"partnerreg (\w+) ", text):
        assert command in {*COMMANDS, "which"} or command == "judges", command
