"""Every command works where the system lacks what Unix has (as on Windows)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import partnership
from partnerreg.cli.main import COMMANDS

WITHOUT = """
import os, sys
sys.modules["fcntl"] = None
for name in ("fork", "O_NOFOLLOW", "O_DIRECTORY", "O_NONBLOCK", "O_CLOEXEC", "geteuid", "getuid",
             "sched_getaffinity", "memfd_create", "getppid", "fchmod", "fchown", "chown"):
    if hasattr(os, name):
        delattr(os, name)
os.supports_dir_fd = set()
os_open = os.open
def plain_open(path, flags, mode=0o777, *, dir_fd=None):
    assert dir_fd is None, "no folder can be opened here"
    return os_open(path, flags, mode)
os.open = plain_open
from partnerreg.cli.main import main
main()
"""
LINES = {
    "overview": "overview",
    "validate": "validate --format concise",
    "rule": "rule PR203",
    "list": "list",
    "show": "show sample",
    "totals": "totals --explain",
    "expiring": "expiring --within 9y",
    "diff": "diff HEAD",
    "fmt": "fmt",
    "history": "history sample",
    "export": "export --to out --tables agreements",
    "report": "report -o page.html",
    "query": "query --tables",
    "new": "new organisation --name New --type other --dry-run",
    "renew": "renew sample --dry-run",
    "end": "end sample --date 2022 --reason other --dry-run",
    "rename": "rename a-town a-city --dry-run",
    "schemas": "schemas --check",
}


@pytest.fixture
def repository(write) -> Path:
    files = {"partnerships/sample.yaml": partnership("period: {end: 2023, start: 2020}\n")}
    root = write({**files, "partnerships/link.txt": "x"})
    os.symlink("sample.yaml", root / "partnerships/linked.yaml")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-C", str(root.parent)]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-qm", "All"], check=True)
    return root


def answer(root: Path, program: list[str], line: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, *program, *line.split(), "--registry", root, "--as-of", "2022-06-15"],
        capture_output=True,
        text=True,
        check=False,
        cwd=root,
    )
    return done.returncode, done.stdout, done.stderr


def test_no_command_is_forgotten():
    no_registry = {"help", "completion", "init", "import"}
    assert set(LINES) == set(COMMANDS) - no_registry


@pytest.mark.parametrize("command", LINES)
def test_the_same_answer_without(repository, command, tmp_path):
    if not shutil.which("git"):  # pragma: no cover
        pytest.fail("git is needed")
    before = answer(repository, ["-m", "partnerreg"], LINES[command])
    (repository / "partnerships/sample.yaml").write_text(
        partnership("period: {end: 2023, start: 2020}\n"), "utf-8"
    )
    assert answer(repository, ["-c", WITHOUT], LINES[command]) == before
    assert before[0] in {0, 1}
    assert "Traceback" not in before[2]
