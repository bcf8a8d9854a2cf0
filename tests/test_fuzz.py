"""Anything at all through the reader, the rules, the reports and every writer.

Brief here; `PARTNERREG_EXAMPLES=20000 pytest tests/test_fuzz.py` goes on for long.
"""

import json
import os
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import BASE
from partnerreg.base.layout import RATES, Item, Place
from partnerreg.calc.rates import read_rates
from partnerreg.checks.check_file import File, check_file
from partnerreg.loading.loader import findings, load
from partnerreg.model.schema_files import schema
from partnerreg.output import csv, markdown, terminal, text
from partnerreg.output import json as json_writer
from partnerreg.reading.yaml_reader import read
from partnerreg.reports.agreements import listing
from partnerreg.reports.changes.report import Side, diff
from partnerreg.reports.expiring import expiring
from partnerreg.reports.overview import overview
from partnerreg.reports.show import show
from partnerreg.reports.totals.dimensions import Grouping
from partnerreg.reports.totals.report import totals
from partnerreg.reports.totals.selection import MoneySelection
from test_hostile import is_printable

EXAMPLES = int(os.environ.get("PARTNERREG_EXAMPLES", "50"))
AS_OF = date(2022, 6, 15)
KINDS = ("organisation", "partnership", "membership")


class Memory:
    """A registry in memory."""

    root = Path("/registry")

    def __init__(self, files: dict[str, bytes]) -> None:
        self._files = files

    def items(self):
        return (Item(path, "file") for path in self._files if path != RATES)

    def read(self, path: str, limit: int):
        raw = self._files.get(path)
        return None if raw is None else raw[: limit + 1]


# Pieces of which YAML is made, so that a good part of what is drawn can be read.
PIECES = st.sampled_from(
    [
        "a",
        ": ",
        "\n",
        "  ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "#",
        " # c",
        "'",
        '"',
        "|",
        ">",
        "\\u202e",
        "&x ",
        "*x",
    ]
    + [
        "!!str ",
        "? ",
        "---",
        "...",
        "%YAML",
        "0380",
        "1_0",
        "1e9",
        ".inf",
        "2020",
        "19.99",
        "é",
        "e\u0301",
        "\u202e",
        "\t",
        "\r\n",
        "\x00",
    ]
)
YAML_TEXTS = st.lists(PIECES, max_size=40).map("".join)


@given(st.binary(max_size=400) | YAML_TEXTS.map(str.encode))
@settings(max_examples=EXAMPLES * 4, deadline=None)
def test_reader(raw):
    document, problems = read(raw)
    for problem in problems:
        assert problem.span.line >= 1
        assert len(problem.message) < 200
    if document is not None:
        document.span(("a", "b", 0, "c"))


def parts(node: dict, definitions: dict, depth: int = 0):
    """Values near what a schema wants: mostly right, sometimes anything."""
    while "$ref" in node:
        node = {
            **definitions[node["$ref"].removeprefix("#/$defs/")],
            **{k: v for k, v in node.items() if k != "$ref"},
        }
    wrong = st.sampled_from(
        [True, -1, Decimal("2020.0"), "", "x\u200b", "=1", "0380", "2023-02-30", "811228-9874"]
    )
    if "enum" in node:
        return st.sampled_from(node["enum"][:8]) | wrong
    kinds = node.get("type", "string")
    if kinds == "object" and depth < 5:
        names = list(node.get("properties", {}))
        fields = {
            name: parts(node["properties"][name], definitions, depth + 1)
            for name in names
            if node["properties"][name] is not False
        }
        required = {name: fields[name] for name in node.get("required", ()) if name in fields}
        optional = {name: value for name, value in fields.items() if name not in required}
        if not fields:
            extra = node.get("additionalProperties")
            inner = (
                parts(extra, definitions, depth + 1) if isinstance(extra, dict) else st.just("x")
            )
            return st.dictionaries(st.sampled_from(["sv", "a", "culture-board"]), inner, max_size=2)
        chosen = st.fixed_dictionaries(required, optional=optional)
        return chosen | wrong if depth else chosen
    if kinds == "array" and depth < 5:
        return st.lists(parts(node["items"], definitions, depth + 1), max_size=3) | wrong
    dates = st.sampled_from(
        [2019, 2020, 2022, "2020-06", "2021-12-31", "unknown", "open", "P1Y", "P6M", "P0D"]
    )
    ids = st.sampled_from(
        ["a-town", "a-town/culture-board", "b-club", "c-network", "nobody", "x", "press"]
    )
    amounts = st.integers(0, 10**15 - 1) | st.decimals(0, 10**6, places=2)
    return dates | ids | amounts | st.text("aé 1,|<&@#`*[]:-\n", max_size=8) | wrong


def written(value) -> str:
    """YAML in flow style; what is not a number is quoted as JSON has it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)}: {written(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    return json.dumps(value)


@st.composite
def records(draw, kind: str) -> bytes:
    whole = schema(kind)
    value = draw(parts(whole, whole["$defs"]))
    lines = [f"{key}: {written(inner)}\n" for key, inner in value.items()]
    return "".join(lines).encode() or b"title: x\n"


@st.composite
def registries(draw) -> Memory:
    files = {path: text_.encode() for path, text_ in BASE.items()}
    for kind in KINDS:
        for number in range(draw(st.integers(0, 2))):
            files[f"{kind}s/{kind[0]}{number}.yaml"] = draw(records(kind))
    if draw(st.booleans()):
        files["settings.yaml"] = draw(records("settings"))
    return Memory(files)


@given(kind=st.sampled_from(KINDS), data=st.data())
@settings(max_examples=EXAMPLES, deadline=None)
def test_rules(kind, data):
    check_file(File(Place(f"{kind}s/x.yaml", kind, "x"), data.draw(records(kind)), "SEK"))


@given(registries(), registries(), st.sampled_from([AS_OF, date(9999, 12, 31), date(1000, 1, 1)]))
@settings(max_examples=EXAMPLES, deadline=None)
def test_reports_and_writers(source, other, as_of):
    loaded = load(source)
    registry = loaded.registry
    every = findings(loaded, as_of)
    before = load(other).registry
    reports = [
        overview(registry, every, as_of),
        listing(registry, as_of, missing=("end",)),
        expiring(registry, as_of, overdue=True),
        totals(
            registry,
            as_of,
            grouping=Grouping("theme"),
            wanted=MoneySelection(stage="all", spread="days"),
        ),
        totals(registry, as_of, explain=True),
        diff(Side(before, "a"), Side(registry, "b"), as_of),
        *(show(registry, as_of, one.id) for one in registry.agreements),
    ]
    for report in reports:
        json.loads(json_writer.render(report))
        for writer in (json_writer, csv, markdown, text):
            assert is_printable(writer.render(report))
        assert is_printable(terminal.render(report, 60, colour=False))
    for row in totals(registry, as_of).to_dicts():
        assert isinstance(row["amount"], Decimal)
        assert row["amount"] >= 0


@given(st.binary(max_size=200) | st.text("Date,SEKN/A0123456789.-\n", max_size=200).map(str.encode))
@settings(max_examples=EXAMPLES, deadline=None)
def test_rates(raw):
    read_rates(raw)
