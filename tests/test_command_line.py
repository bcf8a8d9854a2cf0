"""A command line that is read quickly has the values that typer reads from it."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerreg.cli import option_groups
from partnerreg.cli.app import command
from partnerreg.cli.main import COMMANDS, command_module
from partnerreg.cli.option_groups import parameters_of
from partnerreg.cli.quick import parameter_of, values_of

VALUES = (
    "x",
    "a=b",
    "1",
    "0",
    "-1",
    "007",
    "1.5",
    "",
    "-",
    "--",
    "-h",
    "--help",
    "=",
    "å b",
    "-o",
    "no/such",
)


def lines(name):
    names = [
        option
        for one in parameters_of(command_module(name).run)
        for option in parameter_of(one).names
        if not parameter_of(one).declared.is_argument
    ]
    words = st.sampled_from(
        [*VALUES, *names, *(f"{option}=x" for option in names), *(f"{option}=" for option in names)]
    )
    pairs = (
        st.tuples(st.sampled_from(names), st.sampled_from(VALUES)).map(list)
        if names
        else st.just([])
    )
    return st.lists(st.one_of(words.map(lambda word: [word]), pairs), max_size=4).map(
        lambda parts: [word for part in parts for word in part]
    )


@pytest.mark.parametrize("name", COMMANDS)
@given(data=st.data())
def test_it_reads_what_typer_reads(name, data):
    line = data.draw(lines(name))
    found = values_of(command_module(name).run, line)
    if found is None:
        return
    asked = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(option_groups, "run_with", lambda _run, values: asked.update(values))
        command(name).main(args=list(line), prog_name=name, standalone_mode=False)
    assert asked == found
    assert {key: type(value) for key, value in asked.items()} == {
        key: type(value) for key, value in found.items()
    }


USUAL = (
    ["overview"],
    ["validate", "--strict", "registry"],
    [
        "totals",
        "--by",
        "recipient,source",
        "--year=2020..2022",
        "--party",
        "a",
        "--party",
        "b",
        "--top",
        "3",
    ],
    ["list", "organisations", "--country", "SE", "-o", "a.csv"],
    ["show", "x", "--format", "json"],
    ["diff", "main", "HEAD"],
    ["fmt", "--check", "a", "b"],
    ["report", "--public", "-o", "a.html"],
)


@pytest.mark.parametrize("line", USUAL)
def test_usual_lines_are_read_quickly(line):
    assert values_of(command_module(line[0]).run, line[1:]) is not None


UNUSUAL = (
    ["overview", "--help"],
    ["totals", "--year", "2020", "--year", "2021"],
    ["totals", "--top", "many"],
    ["list", "--sort", "-id"],
    ["show"],
    ["show", "x", "y"],
    ["totals", "--nonsense"],
    ["overview", "--verbose=yes"],
    ["totals", "--by"],
)


@pytest.mark.parametrize("line", UNUSUAL)
def test_all_others_are_left_to_typer(line):
    assert values_of(command_module(line[0]).run, line[1:]) is None


HEAVY = (
    "typer",
    "rich",
    "jsonschema",
    "ssl",
    "stdnum",
    "concurrent.futures",
    "tempfile",
    "inspect",
    "typing_extensions",
    "dataclasses",
    "difflib",
    "pickle",
    "altair",
    "jinja2",
    "xlsxwriter",
    "duckdb",
    "icalendar",
)


@pytest.mark.parametrize("name", ["overview", "totals", "list", "expiring", "validate"])
def test_nothing_heavy_is_imported(name, write):
    """Of a small registry without faults, off a terminal; findings need libyaml for their places."""
    heavy = HEAVY if name in {"overview", "validate"} else (*HEAVY, "ruamel.yaml")
    program = (
        "import sys\nfrom partnerreg.cli.main import run\n"
        f"code = run(['{name}', '--registry', {str(write())!r}, '--no-cache'])\n"
        f"print(code, [one for one in {heavy!r} if one in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stderr.splitlines()[-1] == "0 []"
