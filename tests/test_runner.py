"""The action and the recipes, run as a runner does, in the checkout of a hostile pull request.

Nothing of the checkout is executed, overwritten or posted. Only pip and gh are stand-ins: both
write down what they are asked for.
"""

import os
import re
import stat
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from conftest import BASE, partnership

ROOT = Path(__file__).parents[1]
BASH = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]
PWNED = "import pathlib, os\npathlib.Path(os.environ['PWNED']).touch()\nraise SystemExit(7)\n"


def load(text: str):
    return YAML(typ="safe", pure=True).load(text)


class Runner:
    """A runner's folders and environment; `outputs` are what its steps have said."""

    def __init__(self, tmp: Path, head: str) -> None:
        self.tmp, self.temp, self.checkout = tmp, tmp / "temp", tmp / "checkout"
        self.pwned, self.log = tmp / "PWNED", tmp / "log"
        self.outputs: dict[str, dict[str, str]] = {}
        for folder in (self.temp, self.checkout, tmp / "bin", tmp / "home"):
            folder.mkdir()
        self._stand_ins()
        self._repository(head)

    def _stand_ins(self) -> None:
        site = sysconfig.get_paths()["purelib"]
        source = str(ROOT / "src")
        # The real venv module, then paths to what pip would have installed, and a pip that notes.
        program = self.tmp / "bin/python"
        program.write_text(
            f"""#!/usr/bin/env bash
set -e
if [ "$2 $3" != "-m venv" ]; then exec "{sys.executable}" "$@"; fi
"{sys.executable}" "$1" -m venv --without-pip "$4"
site=$(echo "$4"/lib/python*/site-packages)
mkdir -p "$site/pip" && touch "$site/pip/__init__.py"
printf '%s\\n' "{source}" "{site}" > "$site/there.pth"
echo 'import sys; open("{self.log}", "a").write("pip " + " ".join(sys.argv[1:]) + "\\n")' > "$site/pip/__main__.py"
""",
            "utf-8",
        )
        gh = self.tmp / "bin/gh"
        gh.write_text(
            f'#!/usr/bin/env bash\necho "gh $*" >> "{self.log}"\n'
            'while [ $# -gt 0 ]; do if [ "$1" = --body-file ]; then '
            f'cat "$2" >> "{self.log}"; fi; shift; done\n',
            "utf-8",
        )
        for path in (program, gh):
            path.chmod(0o755)

    def _repository(self, head: str) -> None:
        git = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-C", str(self.checkout)]
        for path, text in BASE.items():
            target = self.checkout / "registry" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
        subprocess.run([*git, "init", "-q", "-b", "main"], check=True)
        subprocess.run([*git, "add", "-A"], check=True)
        subprocess.run([*git, "commit", "-qm", "Base"], check=True)
        subprocess.run([*git, "update-ref", f"refs/remotes/origin/{head}", "HEAD"], check=True)
        self._hostile()
        subprocess.run([*git, "add", "-Af"], check=True)
        subprocess.run([*git, "commit", "-qm", "A stranger's change"], check=True)

    def _hostile(self) -> None:
        """What a pull request may bring."""
        names = ("venv", "sitecustomize", "usercustomize", "logging", "json", "pip", "typer")
        for name in names:
            (self.checkout / f"{name}.py").write_text(PWNED, "utf-8")
        for name in ("partnerreg", "msgspec", "encodings"):
            (self.checkout / name).mkdir()
            (self.checkout / name / "__init__.py").write_text(PWNED, "utf-8")
            (self.checkout / name / "__main__.py").write_text(PWNED, "utf-8")
        (self.checkout / "pip.conf").write_text("[global]\nindex-url = file:///nowhere\n", "utf-8")
        (self.checkout / "pyproject.toml").write_text("[build-system]\nrequires = ['pwned']\n")
        (self.checkout / "setup.py").write_text(PWNED, "utf-8")
        victim = self.temp / "partnerreg/bin/partnerreg"
        for name in ("change.md", "expiring.md", "partnerreg-out", "partnerreg-change.md"):
            os.symlink(victim, self.checkout / name)
        (self.checkout / "summary.md").write_text("posted by the pull request", "utf-8")
        text = partnership(
            'title: "New agreement; touch PWNED; exit 0 #"\nperiod: {end: 2022-07-01}\n'
        )
        (self.checkout / "registry/partnerships").mkdir()
        (self.checkout / "registry/partnerships/new.yaml").write_text(text, "utf-8")

    def step(self, step: dict, inputs: dict[str, str], name: str = "") -> int:
        """Run one step as the runner does; return its exit code."""

        def fill(text: str) -> str:
            return re.sub(r"\$\{\{ *([\w.]+) *\}\}", lambda m: self._value(m[1], inputs), str(text))

        files = {key: self.tmp / key.lower() for key in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for path in files.values():
            path.touch()
        environ = {
            "PATH": f"{self.tmp / 'bin'}:/usr/bin:/bin",
            "HOME": str(self.tmp / "home"),
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_ACTIONS": "true",
            "PWNED": str(self.pwned),
            "PYTHONPATH": str(self.checkout),  # the worst that a workflow may have set
            **{key: str(path) for key, path in files.items()},
            **{key: fill(value) for key, value in step.get("env", {}).items()},
        }
        folder = fill(step.get("working-directory", self.checkout))
        done = subprocess.run(
            [*BASH, step["run"]],
            cwd=folder,
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        said = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines())
        self.outputs[step.get("id", name)] = said
        self.said = done.stdout + done.stderr
        files["GITHUB_OUTPUT"].unlink()
        return done.returncode

    def _value(self, name: str, inputs: dict[str, str]) -> str:
        known = {
            "runner.temp": str(self.temp),
            "github.action_path": str(ROOT),
            "github.token": "token",
            "github.repository": "owner/registry",
            "github.event.number": "7",
        }
        if name.startswith("inputs."):
            return inputs[name.removeprefix("inputs.")]
        if name.startswith("steps."):
            _, step, _, output = name.split(".")
            return self.outputs.get(step, {}).get(output, "")
        return known[name]

    def untouched(self) -> bool:
        """Whether the checkout is as it was committed, and nothing of it has run."""
        done = subprocess.run(
            ["git", "-C", str(self.checkout), "status", "--porcelain"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return not done.stdout and not self.pwned.exists()


@pytest.mark.parametrize("branch", ["main", "feature/a;b&c", "x$(id)"])
def test_the_action(tmp_path, branch):
    action = load((ROOT / "action.yml").read_text("utf-8"))
    runner = Runner(tmp_path, branch)
    inputs = {name: str(one.get("default", "")) for name, one in action["inputs"].items()}
    inputs["base"] = f"origin/{branch}"
    steps = [step for step in action["runs"]["steps"] if "run" in step]
    for step in steps[:2]:
        assert runner.step(step, inputs) == 0, runner.said
    assert runner.step(steps[2], inputs) == 0, runner.said
    assert "no findings" in runner.said or "checked" in runner.said
    summary = Path(runner.outputs["diff"]["summary"])
    assert summary.parent == runner.temp
    assert "New agreement" in summary.read_text("utf-8")
    assert f"pip --isolated install --quiet {ROOT}" in runner.log.read_text("utf-8")
    program = runner.temp / "partnerreg/bin/python"
    assert program.exists()
    assert runner.untouched()


def test_the_action_without_a_base_says_nothing_of_changes(tmp_path):
    action = load((ROOT / "action.yml").read_text("utf-8"))
    runner = Runner(tmp_path, "main")
    inputs = {name: str(one.get("default", "")) for name, one in action["inputs"].items()}
    for step in action["runs"]["steps"]:
        if "run" in step:
            assert runner.step(step, {**inputs, "strict": "true"}) in {0, 1}, runner.said
    assert "summary" not in runner.outputs["diff"]


def recipes() -> list:
    text = (ROOT / "src/partnerreg/manual/ci.md").read_text("utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    return [load(block) for block in blocks[:3]]


def test_the_expiring_recipe(tmp_path):
    _, github, _ = recipes()
    runner = Runner(tmp_path, "main")
    for step in github["jobs"]["expiring"]["steps"]:
        if "run" not in step:
            continue
        found = runner.outputs.get("expiring", {}).get("found")
        if "if" not in step or found == "yes":
            text = step["run"].replace("--within 90d", "--within 90d --as-of 2022-06-15")
            assert runner.step({**step, "run": text}, {}, "other") == 0, runner.said
    assert runner.outputs["expiring"]["found"] == "yes"
    log = runner.log.read_text("utf-8")
    assert "gh issue create" in log
    assert "New agreement" in log
    assert "posted by" not in log
    assert runner.untouched()


def test_the_comment_is_the_runners_own_file(tmp_path):
    _, github, _ = recipes()
    runner = Runner(tmp_path, "main")
    steps = github["jobs"]["check"]["steps"]
    (runner.temp / "partnerreg-change.md").write_text("### ours\n", "utf-8")
    runner.outputs["partnerreg"] = {"summary": str(runner.temp / "partnerreg-change.md")}
    assert runner.step(steps[-1], {}) == 0, runner.said
    assert "### ours" in runner.log.read_text("utf-8")
    assert "hashFiles" not in str(github)
    assert runner.untouched()


def test_the_gitlab_recipe(tmp_path):
    _, _, gitlab = recipes()
    runner = Runner(tmp_path, "main")
    script = "\n".join(gitlab["registry"]["script"])
    step = {"run": script, "env": {"CI_MERGE_REQUEST_DIFF_BASE_SHA": "origin/main"}}
    assert runner.step(step, {}) == 0, runner.said
    out = runner.checkout / "partnerreg-out"
    assert stat.S_ISDIR(os.lstat(out).st_mode)
    assert "New agreement" in (out / "change.md").read_text("utf-8")
    assert not runner.pwned.exists()


def test_actions_are_named_by_hash():
    _, github, _ = recipes()
    action = load((ROOT / "action.yml").read_text("utf-8"))
    jobs = [step for job in github["jobs"].values() for step in job["steps"]]
    for step in [*jobs, *action["runs"]["steps"]]:
        if "uses" in step and not step["uses"].startswith("OWNER/"):
            assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", step["uses"]), step
