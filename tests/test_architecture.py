"""The layout holds: one direction, no printing below the commands, everything registered."""

import ast
from pathlib import Path

import partnerreg
from partnerreg.cli import COMMANDS
from partnerreg.rules import NAMES

PACKAGE = Path(partnerreg.__file__).parent
FILES = {path.relative_to(PACKAGE).as_posix(): path for path in PACKAGE.rglob("*.py")}
RIM = {"cli.py", "options.py", "output.py"}
TOUCH_DISK = {"source.py", "output.py", "edit.py", "git.py", "record_log.py", "schema_files.py"}
TOUCH_DISK |= {"findings.py", "options.py", "api.py", "cli.py", "cache.py", "cores.py"}
TOUCH_DISK |= {"answers.py", "opening.py", "progress.py"}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_typer_stays_at_the_rim():
    for name, path in FILES.items():
        if name not in RIM and not name.startswith("commands/"):
            assert not any(module.split(".")[0] == "typer" for module in imports(path)), name


def test_nothing_below_imports_commands_or_the_command_line():
    for name, path in FILES.items():
        if name.startswith("commands/") or name in {"__main__.py", "cli.py"}:
            continue
        for module in imports(path):
            assert not module.startswith(("partnerreg.commands", "partnerreg.cli")), name


def test_writers_do_not_read_and_reports_do_not_write():
    for name, path in FILES.items():
        if name.startswith("reports/"):
            assert not any(
                m.startswith(("partnerreg.render", "partnerreg.output")) for m in imports(path)
            ), name
        if name.startswith("render/"):
            assert not any(
                m.startswith(("partnerreg.reports", "partnerreg.pipeline")) for m in imports(path)
            ), name


def test_nothing_else_touches_the_disk():
    for name, path in FILES.items():
        if name not in TOUCH_DISK and not name.startswith("commands/"):
            assert not imports(path) & {
                "os",
                "shutil",
                "tempfile",
                "subprocess",
                "fcntl",
                "socket",
                "urllib.request",
            }, name
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    assert node.func.id not in {"open", "print", "input"}, name
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    assert not node.func.attr.startswith(("read_", "write_")), name


def test_every_command_and_every_rule_is_registered():
    commands = {path.stem for path in (PACKAGE / "commands").glob("*.py")} - {"__init__"}
    assert commands == set(COMMANDS)
    rules = {path.stem for path in (PACKAGE / "rules").glob("*.py")} - {"__init__"}
    assert rules == set(NAMES)
    assert len(NAMES) == len(rules)


def test_files_are_short():
    long = {
        name: n
        for name, path in FILES.items()
        if (n := len(path.read_text("utf-8").splitlines())) > 230
    }
    assert not long
