"""The layout holds: one direction, one door to the disk, everything registered."""

import ast
from pathlib import Path

import pytest

import partnerreg
from partnerreg.checks.rules import NAMES
from partnerreg.cli.main import COMMANDS

PACKAGE = Path(partnerreg.__file__).parent
FILES = {path.relative_to(PACKAGE).as_posix(): path for path in PACKAGE.rglob("*.py")}

# What each package may import, besides itself. The order is the order of the floors.
ALLOWED = {
    "base": set(),
    "store": {"base"},
    "reading": {"base"},
    "model": {"base"},
    "calc": {"base", "model"},
    "checks": {"base", "reading", "model", "calc"},
    "loading": {"base", "store", "reading", "model", "calc", "checks"},
    "output": {"base", "model", "checks"},
    "reports": {"base", "store", "reading", "model", "calc", "checks", "output"},
    "authoring": {"base", "store", "reading", "model", "calc", "checks"},
    "export": {"base", "model", "calc", "reports", "output"},
    "cli": {
        "base",
        "store",
        "reading",
        "model",
        "calc",
        "checks",
        "loading",
        "output",
        "reports",
        "authoring",
        "export",
    },
}
# Files beside the packages.
ALLOWED["api.py"] = ALLOWED["cli"]
ALLOWED["__init__.py"] = {"api.py"}
ALLOWED["__main__.py"] = {"cli"}
# Narrower than a package: reports know what a report is, not how it is written.
ONLY = {
    ("reports", "output"): {"output/report.py", "output/chart.py"},
    ("reports", "store"): {"store/git_log.py"},
}
TOUCHES_DISK = {"store", "loading", "cli"}
DISK = {"os", "shutil", "tempfile", "subprocess", "fcntl", "socket", "urllib.request"}
EXCEPT = {"checks/findings.py", "model/schema_files.py"}  # the working directory; our own schemas
CALLS = {"open", "print", "input"}


def place(name: str) -> str:
    return name.partition("/")[0]


def imports(path: Path) -> set[str]:
    """Every module that a file names in an import, at its top or inside a function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert not node.level, path  # whole names: a search finds them
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def targets(path: Path) -> set[str]:
    """The files of the package that a file imports."""
    found = set()
    for module in imports(path):
        inside = module.removeprefix("partnerreg").lstrip(".").replace(".", "/")
        if module.split(".")[0] == "partnerreg":
            found |= {f"{inside}.py"} & FILES.keys()
    return found


def test_every_package_is_in_the_plan():
    assert {place(name) for name in FILES} <= set(ALLOWED)


@pytest.mark.parametrize("name", sorted(FILES))
def test_imports_run_one_way(name):
    own = place(name)
    for target in targets(FILES[name]):
        assert place(target) in {own, *ALLOWED[own]}, f"{name} imports {target}"
        assert target in ONLY.get((own, place(target)), {target}), f"{name} imports {target}"


def test_typer_and_rich_stay_where_they_are_used():
    for name, path in FILES.items():
        modules = {module.split(".")[0] for module in imports(path)}
        assert "typer" not in modules or place(name) == "cli", name
        assert "rich" not in modules or name in {"output/terminal.py", "cli/progress.py"}, name


def test_only_some_touch_the_disk():
    for name, path in FILES.items():
        if place(name) in TOUCHES_DISK or name in EXCEPT or name == "api.py":
            continue
        assert not imports(path) & DISK, name
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in CALLS, name


def test_every_command_and_every_rule_is_registered():
    commands = (
        {path.stem.rstrip("_") for path in (PACKAGE / "cli/commands").glob("*.py")}
        - {""}
        - {"__init"}
    )
    assert commands == set(COMMANDS)
    rules = {path.stem for path in (PACKAGE / "checks/rules").glob("*.py")} - {"__init__"}
    assert rules == set(NAMES)
    assert len(NAMES) == len(rules)


def test_every_package_says_what_it_is_for():
    for name, path in FILES.items():
        if name.endswith("/__init__.py"):
            assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), name
